/// What a policy says of a call, and who said it.
package struct Decision: Sendable, Equatable {
  package enum DecidedBy: String, Sendable, CaseIterable {
    case rule, guardrail, `default`
    case unknownTool = "unknown_tool"
    case changedTool = "changed_tool"
    case hiddenTool = "hidden_tool"
    case invalidArguments = "invalid_arguments"
    case unreadableArgument = "unreadable_argument"
    case unreadable
  }

  package var effect: Effect
  package var decidedBy: DecidedBy
  /// The smallest id (bytes) among those that give the effect, guardrails first; `latch-self` is one.
  package var rule: String?
  /// The other rules that give the same effect, guardrails first.
  package var also: [String]
  /// nil for a tool that the policy does not know.
  package var actionClass: ActionClass?
  /// For the agent: why, and what it may do instead.
  package var reason: String

  package init(
    _ effect: Effect, by decidedBy: DecidedBy, rule: String? = nil, also: [String] = [],
    actionClass: ActionClass? = nil, reason: String
  ) {
    self.effect = effect
    self.decidedBy = decidedBy
    self.rule = rule
    self.also = also
    self.actionClass = actionClass
    self.reason = reason
  }
}
