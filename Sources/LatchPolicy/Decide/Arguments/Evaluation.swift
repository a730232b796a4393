import LatchAutomata
import LatchJSON

/// What a path is once its links are followed; nil where that cannot be told.
package typealias LinkResolver = (_ path: Span<UInt8>) -> [UInt8]?

/// The answers of one program about one call: each path is looked up and each atom asked at most once.
struct Evaluation {
  let arguments: Arguments
  /// Where there is one, matchers of paths ask about what the path really is.
  let links: LinkResolver?
  private var places = Slots<Int32>()
  private var truths = Slots<UInt8>()

  init(_ arguments: Arguments, _ program: Program, links: LinkResolver? = nil) {
    self.arguments = arguments
    self.links = links
    places.reserve(program.paths.count)
    truths.reserve(program.atoms.count)
  }

  /// `element`: where the paths start, inside `any` and `all`; nil for the call's arguments.
  mutating func place(_ path: Int, in program: Program, of element: Arguments? = nil) -> ValuePlace {
    if let element { return element.place(of: program.paths[path]) }
    if places[path] != 0 { return ValuePlace(code: places[path]) }
    let place = arguments.place(of: program.paths[path])
    places[path] = place.code
    return place
  }

  /// The truth of the condition that stands at `position`; -1 is no condition, which holds.
  mutating func truth(at position: Int32, in program: Program, of element: Arguments? = nil) -> Truth {
    guard position >= 0 else { return .yes }
    let node = program.expressions[Int(position)]
    switch node.join {
    case .atom: return truth(ofAtom: Int(node.atom), in: program, of: element)
    case .all: return joined(node, from: position + 1, in: program, of: element, over: .no)
    case .any: return joined(node, from: position + 1, in: program, of: element, over: .yes)
    case .none: return joined(node, from: position + 1, in: program, of: element, over: .yes).negated
    }
  }

  /// All parts up to the node's end, where one that says `over` settles it.
  private mutating func joined(
    _ node: ExpressionNode, from start: Int32, in program: Program, of element: Arguments?, over settled: Truth
  ) -> Truth {
    var result = settled.negated
    var position = start
    while position < node.end {
      let part = truth(at: position, in: program, of: element)
      if part == settled { return settled }
      if part == .unreadable { result = .unreadable }
      position = program.expressions[Int(position)].end
    }
    return result
  }

  mutating func truth(ofAtom number: Int, in program: Program, of element: Arguments? = nil) -> Truth {
    if element != nil { return asked(program.atoms[number], in: program, of: element) }
    if let known = Truth(rawValue: truths[number]) { return known }
    let truth = asked(program.atoms[number], in: program, of: nil)
    truths[number] = truth.rawValue
    return truth
  }

  private mutating func asked(_ atom: PreparedAtom, in program: Program, of element: Arguments?) -> Truth {
    guard atom.path != PreparedPath.anywhere else { return Truth(atom.holdsAnywhere(in: arguments)) }
    let place = place(Int(atom.path), in: program, of: element)
    if case .present(let isWanted) = atom.matcher {
      if case .call = place { return Truth(isWanted) }
      return Truth(!isWanted)
    }
    switch place {
    case .missing: return .no
    case .call(let node):
      return truth(of: atom, Arguments(document: (element ?? arguments).document, root: node), in: program)
    case .byDefault(let position):
      guard let value = program.paths[Int(atom.path)].defaults[position] else { return .no }
      // A default of null says "not given", which no matcher of another type is about.
      if value.kind(JSONDocument.root) == .null, atom.reading != .value { return .no }
      return truth(of: atom, Arguments(document: value, root: JSONDocument.root), in: program)
    }
  }

  private mutating func truth(of atom: PreparedAtom, _ value: Arguments, in program: Program) -> Truth {
    guard case .elements(let quantifier, let condition, let questions) = atom.matcher else {
      return atom.truth(of: value.document, value.root, links: links)
    }
    guard value.document.kind(value.root) == .array else { return atom.ofUnreadable(value.document, value.root) }
    let settled: Truth = quantifier == .any ? .yes : .no
    var result = value.document.nodes[value.root].count == 0 ? Truth.no : settled.negated
    for node in value.document.children(of: value.root) {
      let element = Arguments(document: value.document, root: node)
      for number in questions where !isReadable(program.boundQuestions[Int(number)], in: program, of: element) {
        return .unreadable
      }
      let truth = truth(at: condition, in: program, of: element)
      if truth == .unreadable { return .unreadable }
      if truth == settled { result = settled }
    }
    return result
  }
}

extension Evaluation {
  /// Whether the value that a question asks about can be read.
  mutating func isReadable(_ question: Question, in program: Program, of element: Arguments? = nil) -> Bool {
    switch place(Int(question.path), in: program, of: element) {
    case .missing: return true
    case .call(let node):
      return isReadable(question, Arguments(document: (element ?? arguments).document, root: node), in: program)
    case .byDefault(let position):
      guard let value = program.paths[Int(question.path)].defaults[position], value.kind(JSONDocument.root) != .null
      else { return true }
      return isReadable(question, Arguments(document: value, root: JSONDocument.root), in: program)
    }
  }

  private mutating func isReadable(_ question: Question, _ value: Arguments, in program: Program) -> Bool {
    if question.reading.accepts(value.document, value.root) {
      return question.atom < 0 || truth(of: program.atoms[Int(question.atom)], value, in: program) != .unreadable
    }
    return question.reading.isOfTolerated(question.tolerated, value.document, value.root)
  }
}
