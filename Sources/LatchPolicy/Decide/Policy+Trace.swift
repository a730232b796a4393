/// One rule or guardrail that could speak of a call, and what it said.
package struct TraceEntry: Sendable, Equatable {
  /// One question of the rule's conditions, `when` first.
  package struct Question: Sendable, Equatable {
    package enum Answer: String, Sendable { case yes, no, unreadable }

    /// As an author writes it.
    package var path: String
    package var matcher: String
    package var held: Answer
  }

  package var rule: String
  /// `path:line:column`, where the bundle was read with its provenance.
  package var place: String?
  package var isGuardrail: Bool
  package var matched: Bool
  package var specificity: [UInt8]
  package var effect: Effect
  package var conditions: [Question]
}

extension Policy {
  /// The decision, and all rules and guardrails that could speak of the call: guardrails first, the most specific
  /// first.
  package func trace(_ call: Call) -> (decision: Decision, entries: [TraceEntry]) {
    let program = tool(named: call.tool)?.program ?? unknownTool
    let arguments = Arguments(call)
    guard arguments.isObject else { return (decide(call), []) }
    var judgement = Judgement(program, arguments, client: clientNumber(call.client))
    let entries = program.candidates.filter { judgement.applies($0) }.map { entry($0, program, &judgement) }
    return (decide(call), entries)
  }

  private func entry(
    _ candidate: PreparedCandidate, _ program: Program, _ judgement: inout Judgement
  ) -> TraceEntry {
    let id = rules[Int(candidate.rule)].id
    var conditions: [TraceEntry.Question] = []
    for start in [candidate.when, candidate.unless] where start >= 0 {
      for node in program.expressions[Int(start)..<Int(program.expressions[Int(start)].end)] where node.join == .atom {
        conditions.append(question(node.atom, program, &judgement))
      }
    }
    return TraceEntry(
      rule: id, place: places[id], isGuardrail: candidate.isGuardrail, matched: judgement.holds(candidate),
      specificity: Specificity(rank: candidate.rank).list, effect: candidate.effect, conditions: conditions)
  }

  private func question(_ number: Int32, _ program: Program, _ judgement: inout Judgement) -> TraceEntry.Question {
    let atom = program.atoms[Int(number)]
    return TraceEntry.Question(
      path: atom.path < 0 ? "**" : program.paths[Int(atom.path)].text, matcher: atom.name,
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
