import LatchJSON

/// What an agent is told of an argument that cannot be read; nothing of its value.
struct UnreadableValue: Sendable, Equatable {
  /// As an author writes it; inside an array with the element's position.
  var path: String
  /// The form that is accepted, and what keeps the value from being of it.
  var form: String
}

extension Evaluation {
  /// Reads once more what a question asks about, to say where it cannot be read and why.
  func unreadable(_ question: Question) -> UnreadableValue { unreadable(question, in: arguments, below: []) }

  private func unreadable(
    _ question: Question, in subject: Arguments, below outer: [PreparedPath.Step]
  ) -> UnreadableValue {
    let steps = outer + program.paths[Int(question.path)].steps
    let path = PreparedPath.text(of: steps)
    guard let (document, node) = value(of: question, in: subject) else {
      return UnreadableValue(path: path, form: question.reading.words)
    }
    if question.reading == .elements {
      let inner = program.atoms[Int(question.atom)].elementQuestions
      guard document.isArray(node) else { return UnreadableValue(path: path, form: arrayForm(asking: inner)) }
      if let element = unreadableElement(of: node, in: document, asking: inner, below: steps) { return element }
    }
    let problem = question.reading.problem(document, node).map { ": \($0)" } ?? ""
    return UnreadableValue(path: path, form: question.reading.words + problem)
  }

  private func value(of question: Question, in subject: Arguments) -> (document: JSONDocument, node: Int)? {
    switch subject.place(of: program.paths[Int(question.path)]) {
    case .missing: nil
    case .call(let node): (subject.document, node)
    case .byDefault(let position):
      program.paths[Int(question.path)].defaults[position].map { ($0, JSONDocument.root) }
    }
  }

  /// The first element of which something inside cannot be read.
  private func unreadableElement(
    of array: Int, in document: JSONDocument, asking questions: Range<Int32>, below outer: [PreparedPath.Step]
  ) -> UnreadableValue? {
    var answers = Answers(program)
    for (position, child) in document.children(of: array).enumerated() {
      let element = Arguments(document: document, root: child)
      for number in questions {
        let question = program.boundQuestions[Int(number)]
        if isReadable(question, of: element, &answers) { continue }
        return unreadable(question, in: element, below: outer + [.index(position)])
      }
    }
    return nil
  }

  /// What stands in place of an array is told what the array's elements are to be.
  private func arrayForm(asking questions: Range<Int32>) -> String {
    let inner = questions.map { program.boundQuestions[Int($0)] }.first { question in
      question.reading != .value && question.reading != .elements
        && program.paths[Int(question.path)].steps.isEmpty
    }
    return "an array" + (inner.map { ", each element of it \($0.reading.words)" } ?? "")
  }
}

extension PreparedAtom {
  /// Positions in `Program.boundQuestions` of what is asked of every element.
  fileprivate var elementQuestions: Range<Int32> {
    switch matcher {
    case .elements(_, _, let questions): questions
    default: 0..<0
    }
  }
}
