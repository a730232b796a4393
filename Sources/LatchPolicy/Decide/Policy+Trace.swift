/// One rule or guardrail that could speak of a call, and what it said.
package struct TraceEntry: Sendable, Equatable {
  /// One question of the rule's conditions, `when` first.
  package struct Question: Sendable, Equatable {
    package enum Answer: String, Sendable { case yes, no, unreadable }

    /// A word of the rule that an answer goes through before it counts: `not` (which `none_of` is too) and `unless` turn
    /// it round, `any_of` wants one of several.
    package enum Word: String, Sendable {
      case unless, not
      case anyOf = "any_of"
    }

    /// As an author writes it.
    package var path: String
    package var matcher: String
    /// `path:line:column`, where the bundle was read with its provenance.
    package var place: String?
    /// As it is asked, whatever it stands under.
    package var held: Answer
    /// From the outside in.
    package var under: [Word]
  }

  package var rule: String
  /// `path:line:column`, where the bundle was read with its provenance.
  package var place: String?
  package var isGuardrail: Bool
  package var matched: Bool
  /// The conditional allow that speaks for the tool and does not hold, so that this one, which allows too, does not
  /// count.
  package var silencedBy: String?
  package var specificity: [UInt8]
  package var effect: Effect
  package var conditions: [Question]
}

extension Policy {
  /// The decision, and all rules and guardrails that could speak of the call: guardrails first, the most specific
  /// first.
  package func trace(_ call: Call) -> (decision: Decision, entries: [TraceEntry]) {
    let arguments = Arguments(call)
    guard arguments.isObject else { return (decide(call), []) }
    var judgement = judgement(of: call, arguments, tool(named: call.tool))
    let program = judgement.program
    var speaker: PreparedCandidate?
    var entries: [TraceEntry] = []
    for candidate in program.candidates where judgement.applies(candidate) {
      var entry = entry(candidate, program, &judgement)
      if let speaker, entry.matched, candidate.effect == .allow, candidate.names < speaker.names {
        entry.silencedBy = rules[Int(speaker.rule)].id
      }
      if speaker == nil, candidate.speaksForItsTools, !entry.matched { speaker = candidate }
      entries.append(entry)
    }
    return (decide(call), entries)
  }

  private func entry(
    _ candidate: PreparedCandidate, _ program: Program, _ judgement: inout Judgement
  ) -> TraceEntry {
    let id = rules[Int(candidate.rule)].id
    let places = places[id]
    var inquiry = Inquiry(program: program, places: places?.matchers ?? [])
    inquiry.ask(candidate.when, under: [], &judgement)
    inquiry.ask(candidate.unless, under: [.unless], &judgement)
    return TraceEntry(
      rule: id, place: places?.place, isGuardrail: candidate.isGuardrail, matched: judgement.holds(candidate),
      specificity: Specificity(rank: candidate.rank).list, effect: candidate.effect, conditions: inquiry.questions)
  }
}

/// Asks the questions of a candidate's conditions one by one.
private struct Inquiry {
  let program: Program
  /// Of the matchers, in the order of the questions.
  let places: [String]
  var questions: [TraceEntry.Question] = []

  /// All questions of the condition that stands at `position`; -1 is none.
  mutating func ask(_ position: Int32, under words: [TraceEntry.Question.Word], _ judgement: inout Judgement) {
    guard position >= 0 else { return }
    let node = program.expressions[Int(position)]
    let first = questions.count
    switch node.join {
    case .atom: questions.append(question(node.atom, under: words, &judgement))
    case .all: askParts(of: node, from: position + 1, under: words, &judgement)
    case .none: askParts(of: node, from: position + 1, under: words + [.not], &judgement)
    case .any:
      askParts(of: node, from: position + 1, under: words + [.anyOf], &judgement)
      // A list whose paths start at several directories is laid out so too; its author wrote no such word.
      if questions[first...].areOneMatcher {
        for index in first..<questions.count { questions[index].under = words }
      }
    }
  }

  private mutating func askParts(
    of node: ExpressionNode, from start: Int32, under words: [TraceEntry.Question.Word], _ judgement: inout Judgement
  ) {
    var position = start
    while position < node.end {
      ask(position, under: words, &judgement)
      position = program.expressions[Int(position)].end
    }
  }

  private func question(
    _ number: Int32, under words: [TraceEntry.Question.Word], _ judgement: inout Judgement
  ) -> TraceEntry.Question {
    let path = program.atoms[Int(number)].path
    return TraceEntry.Question(
      path: path == PreparedPath.anywhere ? "**" : program.paths[Int(path)].text,
      matcher: program.atoms[Int(number)].name,
      place: places.indices.contains(questions.count) ? places[questions.count] : nil,
      held: TraceEntry.Question.Answer(judgement.truth(ofAtom: number)), under: words)
  }
}

extension TraceEntry.Question {
  /// Whether both are of one matcher as its author wrote it.
  package func isOfSameMatcher(as other: Self) -> Bool {
    place != nil && place == other.place && path.utf8.elementsEqual(other.path.utf8) && matcher == other.matcher
      && under == other.under
  }
}

extension ArraySlice<TraceEntry.Question> {
  fileprivate var areOneMatcher: Bool { first.map { first in allSatisfy(first.isOfSameMatcher) } == true }
}

extension TraceEntry.Question.Answer {
  fileprivate init(_ truth: Truth) {
    switch truth {
    case .yes: self = .yes
    case .no: self = .no
    case .unreadable: self = .unreadable
    }
  }
}
