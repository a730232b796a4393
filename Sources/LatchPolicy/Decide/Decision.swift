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
  /// What is still to be seen to before the call may go; nothing where it is denied.
  package var obligations: Obligations
  let cause: Reason

  /// For the agent: why, and what it may do instead. Put into words only where somebody asks.
  package var reason: String { cause.text }

  /// For the person who is asked about the call: what the author of the rule says, if it does.
  package var question: String { cause.question }
}

extension Decision {
  init(
    _ effect: Effect, by decidedBy: DecidedBy, rule: String? = nil, also: [String] = [],
    actionClass: ActionClass? = nil, reason: Reason
  ) {
    self.init(
      effect: effect, decidedBy: decidedBy, rule: rule, also: also, actionClass: actionClass,
      obligations: Obligations(), cause: reason)
  }

  /// A decision that is in words already.
  package init(
    _ effect: Effect, by decidedBy: DecidedBy, rule: String? = nil, also: [String] = [],
    actionClass: ActionClass? = nil, saying reason: String
  ) {
    self.init(effect, by: decidedBy, rule: rule, also: also, actionClass: actionClass, reason: .said(reason))
  }

  /// The denial that takes the decision's place where something owed does not hold; `problem` says what.
  package func denied(_ problem: String) -> Decision {
    let speaker = rule.map { "`\($0)`" } ?? "default"
    return Decision(
      .deny, by: decidedBy, rule: rule, actionClass: actionClass,
      reason: .said("Denied under \(speaker): \(problem). Do not repeat the call as it is."))
  }

  /// For a message that is refused before a policy is asked.
  package init(unreadable reason: String) {
    self.init(.deny, by: .unreadable, reason: .said(reason))
  }
}

/// What the proxy fulfils before a call that is not denied goes on; `decide` only names it.
package struct Obligations: Sendable, Equatable {
  /// Limits that count the call: those of the rules that decide, and those of every guardrail that matches.
  package var limits: [LimitObligation] = []
  /// Set where the effect is `require_approval`.
  package var approval: ApprovalTerms?
  /// Set where the call is allowed because of where a path leads: `Policy.holdsBehindLinks` is to be asked.
  package var resolvesLinks = false

  package var isEmpty: Bool { limits.isEmpty && approval == nil && !resolvesLinks }
}

/// A limit and whose it is.
package struct LimitObligation: Sendable, Equatable {
  package var rule: String
  package var limit: CallLimit
  /// Who may let a call pass beyond it, where it says `over: require_approval`.
  package var approval: ApprovalTerms
}
