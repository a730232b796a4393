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

  var isObject: Bool { document.isObject(root) }

  /// All values and names below the root.
  var range: Range<Int> { root + 1..<Int(document.nodes[root].next) }

  /// All strings with what stands between them, as a range of the document's storage.
  var strings: Range<Int> {
    var start = UInt32.max
    var end: UInt32 = 0
    for index in range where document.isString(index) {
      start = min(start, document.nodes[index].contentStart)
      end = max(end, document.nodes[index].contentEnd)
    }
    return start < end ? Int(start)..<Int(end) : 0..<0
  }

  /// The value of the member that is called as the list's name at a position.
  private func member(_ position: Int, of names: TextList, in object: Int) -> Int? {
    let nodes = document.nodes.span
    let storage = document.storage.span
    let wanted = names.bytes.span.extracting(names.range(position))
    let first = names.firstWords[position]
    var name = object + 1
    for _ in 0..<nodes[object].count {
      let place = Int(nodes[name].contentStart)..<Int(nodes[name].contentEnd)
      if place.count == wanted.count, firstWord(of: storage, place) == first,
        place.count <= 8 || areEqual(storage.extracting(place), wanted)
      {
        return name + 1
      }
      name = Int(nodes[name + 1].next)
    }
    return nil
  }

  /// The way from the root to a value, or to the name of one.
  func steps(to target: Int) -> [PreparedPath.Step] {
    var steps: [PreparedPath.Step] = []
    var index = root
    while index < target {
      let isObject = document.isObject(index)
      let next = document.children(of: index).enumerated().first { _, child in
        target < Int(document.nodes[isObject ? child + 1 : child].next)
      }
      guard let (position, child) = next else { return steps }
      steps.append(isObject ? .name(Array(document.content(child))) : .index(position))
      index = isObject ? child + 1 : child
    }
    return steps
  }

  /// Where a path leads.
  func place(of path: borrowing PreparedPath) -> ValuePlace {
    var index = root
    for position in path.indices.indices {
      guard let next = child(position, of: path, in: index) else {
        return missing(path, at: position, parent: index)
      }
      index = next
    }
    return .call(index)
  }

  private func child(_ step: Int, of path: borrowing PreparedPath, in parent: Int) -> Int? {
    let number = path.indices[step]
    if number < 0 { return document.isObject(parent) ? member(step, of: path.names, in: parent) : nil }
    guard document.isArray(parent), number < Int(document.nodes[parent].count) else { return nil }
    return document.children(of: parent).dropFirst(number).first { _ in true }
  }

  /// A default takes the place of what an object does not have; under another kind of value there is nothing.
  private func missing(_ path: borrowing PreparedPath, at position: Int, parent: Int) -> ValuePlace {
    guard !path.defaults.isEmpty, path.defaults[position] != nil, document.isObject(parent) else {
      return .missing
    }
    return .byDefault(position)
  }
}

extension JSONDocument {
  // Spelt out, for `==` of another module's enumeration is a call.
  func isObject(_ node: Int) -> Bool { if case .object = nodes[node].kind { true } else { false } }
  func isArray(_ node: Int) -> Bool { if case .array = nodes[node].kind { true } else { false } }
  func isString(_ node: Int) -> Bool { if case .string = nodes[node].kind { true } else { false } }
  func isNumber(_ node: Int) -> Bool { if case .number = nodes[node].kind { true } else { false } }
  func isNull(_ node: Int) -> Bool { if case .null = nodes[node].kind { true } else { false } }
}

/// Where the value of a path stands.
enum ValuePlace {
  case missing
  /// A node of the arguments.
  case call(Int)
  /// The root of `PreparedPath.defaults` at this position.
  case byDefault(Int)
}
