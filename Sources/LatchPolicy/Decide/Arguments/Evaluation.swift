import LatchAutomata
import LatchJSON

/// The answers of one program about one call: each path is looked up and each atom asked at most once.
struct Evaluation {
  let arguments: Arguments
  private var places = Slots<Int32>()
  private var truths = Slots<UInt8>()

  init(_ arguments: Arguments, _ program: Program) {
    self.arguments = arguments
    places.reserve(program.paths.count)
    truths.reserve(program.atoms.count)
  }

  mutating func place(_ path: Int, in program: Program) -> ValuePlace {
    if places[path] != 0 { return ValuePlace(code: places[path]) }
    let place = arguments.place(of: program.paths[path])
    places[path] = place.code
    return place
  }

  /// Whether the value that a question asks about can be read.
  mutating func isReadable(_ question: Question, in program: Program) -> Bool {
    guard case .call(let node) = place(Int(question.path), in: program) else {
      return isDefaultReadable(question, in: program)
    }
    return Self.isReadable(arguments.document, node, needsString: question.needsString)
  }

  /// The truth of the condition that stands at `position`; -1 is no condition, which holds.
  mutating func truth(at position: Int32, in program: Program) -> Truth {
    guard position >= 0 else { return .yes }
    let node = program.expressions[Int(position)]
    switch node.join {
    case .atom: return truth(ofAtom: Int(node.atom), in: program)
    case .all: return joined(node, from: position + 1, in: program, over: .no)
    case .any: return joined(node, from: position + 1, in: program, over: .yes)
    case .none: return joined(node, from: position + 1, in: program, over: .yes).negated
    }
  }

  /// All parts up to the node's end, where one that says `over` settles it.
  private mutating func joined(
    _ node: ExpressionNode, from start: Int32, in program: Program, over settled: Truth
  ) -> Truth {
    var result = settled.negated
    var position = start
    while position < node.end {
      let part = truth(at: position, in: program)
      if part == settled { return settled }
      if part == .unreadable { result = .unreadable }
      position = program.expressions[Int(position)].end
    }
    return result
  }

  mutating func truth(ofAtom number: Int, in program: Program) -> Truth {
    if let known = Truth(rawValue: truths[number]) { return known }
    let atom = program.atoms[number]
    let truth: Truth =
      switch place(Int(atom.path), in: program) {
      case .missing: .no
      case .call(let node): atom.truth(of: arguments.document, node)
      case .byDefault(let position): atom.truth(ofDefault: program.paths[Int(atom.path)].defaults[position])
      }
    truths[number] = truth.rawValue
    return truth
  }
}

extension Evaluation {
  private mutating func isDefaultReadable(_ question: Question, in program: Program) -> Bool {
    guard case .byDefault(let position) = place(Int(question.path), in: program),
      let document = program.paths[Int(question.path)].defaults[position], document.kind(0) != .null
    else { return true }
    return Self.isReadable(document, 0, needsString: question.needsString)
  }

  /// Numbers so large or small that their value cannot be told are read by no matcher.
  static func isReadable(_ document: JSONDocument, _ node: Int, needsString: Bool) -> Bool {
    let kind = document.kind(node)
    if needsString { return kind == .string }
    return kind != .number || DecimalNumber(document.content(node)) != nil
  }
}

extension PreparedAtom {
  /// A default of null says "not given", which no string matcher is about.
  fileprivate func truth(ofDefault document: JSONDocument?) -> Truth {
    guard let document, !(needsString && document.kind(JSONDocument.root) == .null) else { return .no }
    return truth(of: document, JSONDocument.root)
  }

  fileprivate func truth(of document: JSONDocument, _ node: Int) -> Truth {
    guard Evaluation.isReadable(document, node, needsString: needsString) else { return .unreadable }
    switch matcher {
    case .automaton(let automaton, _):
      return Truth(automaton.accepts(document.storage.span.extracting(document.contentRange(node))))
    case .strings(let strings):
      guard document.kind(node) == .string else { return .no }
      return Truth(strings.hasSorted(document.storage.span.extracting(document.contentRange(node))))
    case .values(let values): return Truth(values.contains { document.isSameJSON(node, as: $0, JSONDocument.root) })
    }
  }
}

extension JSONDocument {
  /// Where the bytes that a string says lie in `storage`.
  func contentRange(_ index: Int) -> Range<Int> { Int(nodes[index].contentStart)..<Int(nodes[index].contentEnd) }
}

extension [[UInt8]] {
  /// Whether a sorted list has the text.
  func hasSorted(_ text: Span<UInt8>) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let candidate = self[middle]
      let order = compared(candidate.span, text)
      if order == 0 { return true }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

/// Byte order: negative, zero or positive.
func compared(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
  for index in 0..<min(left.count, right.count) where left[index] != right[index] {
    return Int(left[index]) - Int(right[index])
  }
  return left.count - right.count
}
