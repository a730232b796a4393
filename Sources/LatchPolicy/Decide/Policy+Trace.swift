/// One rule or guardrail that could speak of a call, and what it said.
package struct TraceEntry: Sendable, Equatable {
  /// One question of the rule's conditions, `when` first.
  package struct Question: Sendable, Equatable {
    package enum Answer: String, Sendable { case yes, no, unreadable }

    /// As an author writes it.
    package var path: String
    package var matcher: String
    /// `path:line:column`, where the bundle was read with its provenance.
    package var place: String?
    package var held: Answer
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
    let asked = [candidate.when, candidate.unless].filter { $0 >= 0 }.flatMap { program.expressions.atoms(of: $0) }
    var conditions: [TraceEntry.Question] = []
    for (position, number) in asked.enumerated() {
      let matchers = places?.matchers ?? []
      let place = matchers.indices.contains(position) ? matchers[position] : nil
      conditions.append(question(number, at: place, program, &judgement))
    }
    return TraceEntry(
      rule: id, place: places?.place, isGuardrail: candidate.isGuardrail, matched: judgement.holds(candidate),
      specificity: Specificity(rank: candidate.rank).list, effect: candidate.effect, conditions: conditions)
  }

  private func question(
    _ number: Int32, at place: String?, _ program: Program, _ judgement: inout Judgement
  ) -> TraceEntry.Question {
    let path = program.atoms[Int(number)].path
    return TraceEntry.Question(
      path: path == PreparedPath.anywhere ? "**" : program.paths[Int(path)].text,
      matcher: program.atoms[Int(number)].name, place: place,
      held: TraceEntry.Question.Answer(judgement.truth(ofAtom: number)))
  }
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
