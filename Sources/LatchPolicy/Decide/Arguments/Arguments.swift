import LatchJSON

/// A call's arguments, or the `{}` that stands in their place, and where paths lead in them.
struct Arguments: Sendable {
  let document: JSONDocument
  let root: Int

  /// What a call without arguments is judged as.
  static let none = Arguments(
    document: {
      var builder = JSONTreeBuilder()
      builder.open(.object, at: 0)
      builder.close(count: 0, at: 0)
      return builder.finish()
    }(), root: JSONDocument.root)

  init(document: JSONDocument, root: Int) {
    self.document = document
    self.root = root
  }

  init(_ call: Call) {
    self = call.arguments.map { Arguments(document: $0, root: call.root) } ?? .none
  }

  var isObject: Bool { document.kind(root) == .object }

  /// All values and names below the root.
  var range: Range<Int> { root + 1..<Int(document.nodes[root].next) }

  /// The value of the member of that name.
  func member(_ name: [UInt8], of object: Int) -> Int? {
    let nodes = document.nodes.span
    let storage = document.storage.span
    var remaining = nodes[object].count
    var index = object + 1
    while remaining > 0 {
      let node = nodes[index]
      if Int(node.contentEnd &- node.contentStart) == name.count,
        areEqual(storage.extracting(Int(node.contentStart)..<Int(node.contentEnd)), name.span)
      {
        return index + 1
      }
      index = Int(nodes[index + 1].next)
      remaining -= 1
    }
    return nil
  }

  /// Where a path leads.
  func place(of path: PreparedPath) -> ValuePlace {
    var index = root
    for position in path.steps.indices {
      guard let next = child(path.steps[position], of: index) else {
        return missing(path, at: position, parent: index)
      }
      index = next
    }
    return .call(index)
  }

  private func child(_ step: PreparedPath.Step, of index: Int) -> Int? {
    switch step {
    case .name(let name): return document.kind(index) == .object ? member(name, of: index) : nil
    case .index(let number):
      guard document.kind(index) == .array, number < Int(document.nodes[index].count) else { return nil }
      return document.children(of: index).dropFirst(number).first { _ in true }
    }
  }

  /// A default takes the place of what an object does not have; under another kind of value there is nothing.
  private func missing(_ path: PreparedPath, at position: Int, parent: Int) -> ValuePlace {
    guard !path.defaults.isEmpty, path.defaults[position] != nil, document.kind(parent) == .object else {
      return .missing
    }
    return .byDefault(position)
  }
}

/// Where the value of a path stands.
enum ValuePlace {
  case missing
  /// A node of the arguments.
  case call(Int)
  /// The root of `PreparedPath.defaults` at this position.
  case byDefault(Int)

  /// For keeping it in 32 bits; 0 is left for "not looked for yet".
  var code: Int32 {
    switch self {
    case .missing: -1
    case .call(let index): Int32(index) + 1
    case .byDefault(let position): -2 - Int32(position)
    }
  }

  init(code: Int32) {
    switch code {
    case -1: self = .missing
    case 1...: self = .call(Int(code) - 1)
    default: self = .byDefault(-2 - Int(code))
    }
  }
}
