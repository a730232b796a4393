/// What is said of a question about a call.
enum Answer: String {
  case yes, no, unreadable

  init(_ holds: Bool) { self = holds ? .yes : .no }

  var negated: Answer {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unreadable: .unreadable
    }
  }
}

/// One matcher's question about one argument, and its answer.
struct AskedQuestion: Equatable, Comparable {
  var path: String
  var matcher: String
  var answer: Answer

  static func < (left: Self, right: Self) -> Bool { left.text < right.text }

  private var text: String { "\(path) \(matcher) \(answer.rawValue)" }
}

/// What a condition says of a call, with every question that it asked.
struct Finding {
  var answer: Answer
  var questions: [AskedQuestion]

  var negated: Finding { Finding(answer: answer.negated, questions: questions) }

  /// All hold: one no is enough for no.
  static func all(_ parts: [Finding]) -> Finding {
    let answers = parts.map(\.answer)
    return Finding(
      answer: answers.contains(.no) ? .no : answers.contains(.unreadable) ? .unreadable : .yes,
      questions: parts.flatMap(\.questions))
  }

  /// One holds at least.
  static func any(_ parts: [Finding]) -> Finding { all(parts.map(\.negated)).negated }

  /// Whether something was asked of a value that its matcher cannot read.
  var isUnreadable: Bool { questions.contains { $0.answer == .unreadable } }
}
