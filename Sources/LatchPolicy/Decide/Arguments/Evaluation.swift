import LatchAutomata
import LatchJSON

/// What a path is once its links are followed; nil where that cannot be told.
package typealias LinkResolver = (_ path: [UInt8]) -> [UInt8]?

/// What one program asks about one call.
struct Evaluation: ~Copyable {
  /// What has been answered: each atom is asked at most once.
  struct Answers: ~Copyable {
    fileprivate var truths: Slots<UInt8>

    init(_ program: Program) { truths = Slots(count: program.atoms.count) }
  }

  let program: Program
  let arguments: Arguments
  /// Where there is one, matchers of paths ask about what the path really is.
  let links: LinkResolver?

  /// The truth of the condition that stands at `position`; -1 is no condition, which holds.
  ///
  /// `element`: where its paths start, inside `any` and `all`; nil for the call's arguments.
  func truth(at position: Int32, of element: Arguments? = nil, _ answers: inout Answers) -> Truth {
    guard position >= 0 else { return .yes }
    let node = program.expressions[Int(position)]
    switch node.join {
    case .atom: return truth(ofAtom: Int(node.atom), of: element, &answers)
    case .all: return joined(node, from: position + 1, of: element, over: .no, &answers)
    case .any: return joined(node, from: position + 1, of: element, over: .yes, &answers)
    case .none: return joined(node, from: position + 1, of: element, over: .yes, &answers).negated
    }
  }

  /// All parts up to the node's end, where one that says `over` settles it.
  private func joined(
    _ node: ExpressionNode, from start: Int32, of element: Arguments?, over settled: Truth, _ answers: inout Answers
  ) -> Truth {
    var result = settled.negated
    var position = start
    while position < node.end {
      let part = truth(at: position, of: element, &answers)
      if part == settled { return settled }
      if part == .unreadable { result = .unreadable }
      position = program.expressions[Int(position)].end
    }
    return result
  }

  @inline(__always)
  func truth(ofAtom number: Int, of element: Arguments? = nil, _ answers: inout Answers) -> Truth {
    if element == nil, let known = Truth(rawValue: answers.truths[number]) { return known }
    let truth = asked(program.atoms[number], of: element, &answers)
    if element == nil { answers.truths[number] = truth.rawValue }
    return truth
  }

  private func asked(_ atom: borrowing PreparedAtom, of element: Arguments?, _ answers: inout Answers) -> Truth {
    guard atom.path != PreparedPath.anywhere else { return Truth(atom.holdsAnywhere(in: arguments)) }
    if let element { return truth(of: atom, in: element, &answers) }
    return truth(of: atom, in: arguments, &answers)
  }

  private func truth(
    of atom: borrowing PreparedAtom, in subject: Arguments, _ answers: inout Answers
  ) -> Truth {
    switch subject.place(of: program.paths[Int(atom.path)]) {
    case .missing: return Truth(atom.presence == false)
    case .call(let node):
      if let isWanted = atom.presence { return Truth(isWanted) }
      return truth(of: atom, subject.document, node, &answers)
    case .byDefault(let position):
      if let isWanted = atom.presence { return Truth(!isWanted) }
      guard let value = program.paths[Int(atom.path)].defaults[position] else { return .no }
      // A default of null says "not given", which no matcher of another type is about.
      if value.isNull(JSONDocument.root), atom.reading != .value { return .no }
      return truth(of: atom, value, JSONDocument.root, &answers)
    }
  }

  @inline(__always)
  private func truth(
    of atom: borrowing PreparedAtom, _ document: JSONDocument, _ node: Int, _ answers: inout Answers
  ) -> Truth {
    switch atom.matcher {
    case .elements(let quantifier, let condition, let questions):
      guard document.isArray(node) else { return atom.ofUnreadable(document, node) }
      return truth(ofElements: node, in: document, quantifier, at: condition, asking: questions, &answers)
    default: return atom.truth(of: document, node, links: links)
    }
  }

  private func truth(
    ofElements node: Int, in document: JSONDocument, _ quantifier: Quantifier, at condition: Int32,
    asking questions: Range<Int32>, _ answers: inout Answers
  ) -> Truth {
    let settled: Truth = quantifier == .any ? .yes : .no
    var result = document.nodes[node].count == 0 ? Truth.no : settled.negated
    for child in document.children(of: node) {
      let element = Arguments(document: document, root: child)
      for number in questions where !isReadable(program.boundQuestions[Int(number)], of: element, &answers) {
        return .unreadable
      }
      let truth = truth(at: condition, of: element, &answers)
      if truth == .unreadable { return .unreadable }
      if truth == settled { result = settled }
    }
    return result
  }
}

extension Evaluation {
  /// Whether the value that a question asks about can be read.
  func isReadable(_ question: Question, of element: Arguments? = nil, _ answers: inout Answers) -> Bool {
    // Where no link is followed, an atom is unreadable for no other reason; its answer is wanted soon anyway.
    if links == nil { return truth(ofAtom: Int(question.atom), of: element, &answers) != .unreadable }
    if let element { return isReadable(question, in: element, &answers) }
    return isReadable(question, in: arguments, &answers)
  }

  private func isReadable(_ question: Question, in subject: Arguments, _ answers: inout Answers) -> Bool {
    switch subject.place(of: program.paths[Int(question.path)]) {
    case .missing: return true
    case .call(let node): return isReadable(question, subject.document, node, &answers)
    case .byDefault(let position):
      guard let value = program.paths[Int(question.path)].defaults[position], !value.isNull(JSONDocument.root)
      else { return true }
      return isReadable(question, value, JSONDocument.root, &answers)
    }
  }

  private func isReadable(
    _ question: Question, _ document: JSONDocument, _ node: Int, _ answers: inout Answers
  ) -> Bool {
    guard question.reading.accepts(document, node) else {
      return question.reading.isOfTolerated(question.tolerated, document, node)
    }
    guard question.reading == .elements else { return true }
    return truth(of: program.atoms[Int(question.atom)], document, node, &answers) != .unreadable
  }
}
