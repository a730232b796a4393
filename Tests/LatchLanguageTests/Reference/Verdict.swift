import LatchPolicy

/// All that is said of a call, in a form in which two who say it can be compared.
struct Verdict: Equatable, Sendable {
  var effect: Effect
  var decidedBy: Decision.DecidedBy
  var rule: String?
  var also: [String] = []
  /// By rule.
  var limits: [OwedLimit] = []
  var approval: ApprovalTerms?
  var resolvesLinks = false
  var voices: [TracedVoice] = []

  init(_ effect: Effect, _ decidedBy: Decision.DecidedBy) {
    self.effect = effect
    self.decidedBy = decidedBy
  }

  /// What the implementation says.
  init(_ policy: Policy, _ call: CallModel) {
    let decision = policy.decide(call.call)
    let trace = policy.trace(call.call)
    self.init(decision.effect, decision.decidedBy)
    rule = decision.rule
    also = decision.also
    limits = decision.obligations.limits.map { OwedLimit(rule: $0.rule, limit: $0.limit) }.sorted { $0.rule < $1.rule }
    approval = decision.obligations.approval
    resolvesLinks = decision.obligations.resolvesLinks
    voices = trace.decision == decision ? trace.entries.map(TracedVoice.init) : []
  }
}

extension Verdict {
  /// What of it is otherwise in the other one, for people.
  func difference(from other: Verdict) -> String {
    var parts = [
      "\(effect.rawValue) by \(decidedBy.rawValue): \(([rule].compactMap(\.self) + also).joined(separator: ", "))"
    ]
    if limits != other.limits { parts.append("limits \(limits.map { "\($0)" })") }
    if approval != other.approval { parts.append("approval \(approval.map { "\($0)" } ?? "none")") }
    if resolvesLinks != other.resolvesLinks { parts.append("links \(resolvesLinks)") }
    for voice in voices where !other.voices.contains(voice) { parts.append(voice.text) }
    if voices.map(\.rule) != other.voices.map(\.rule) { parts.append("voices \(voices.map(\.rule))") }
    return parts.joined(separator: "\n")
  }
}

extension TracedVoice {
  fileprivate var text: String {
    let answers = questions.map { "\($0.path) \($0.matcher): \($0.answer.rawValue)" }.joined(separator: ", ")
    return "\(rule) \(effect.rawValue), \(matched ? "matched" : "silent"), \(specificity): \(answers)"
  }
}

struct OwedLimit: Equatable, Sendable {
  var rule: String
  var limit: CallLimit
}

/// A rule in the trace of a call.
struct TracedVoice: Equatable, Sendable {
  var rule: String
  var isGuardrail: Bool
  var effect: Effect
  var matched: Bool
  var specificity: [Int]
  /// In an order of their own: that in which a condition is laid out says nothing.
  var questions: [AskedQuestion]
}

extension TracedVoice {
  init(_ entry: TraceEntry) {
    self.init(
      rule: entry.rule, isGuardrail: entry.isGuardrail, effect: entry.effect, matched: entry.matched,
      specificity: entry.specificity.map(Int.init),
      questions: entry.conditions.map { question in
        AskedQuestion(
          path: question.path, matcher: question.matcher, answer: Answer(rawValue: question.held.rawValue) ?? .no)
      }.sorted())
  }
}
