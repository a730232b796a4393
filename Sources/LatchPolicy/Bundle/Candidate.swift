/// A rule or guardrail as it stands toward one tool.
package struct Candidate: Sendable, Equatable {
  /// Index into `Bundle.rules`.
  package var rule: Int
  package var isGuardrail: Bool
  package var effect: Effect
  package var specificity: Specificity
  /// Names and globs of which a tool that the lock does not know must have one, sorted (bytes); nil: any. Toward a tool
  /// that it knows there is none: the compiler has looked them up.
  package var tools: [String]?
  /// Sorted (bytes); nil: any client.
  package var clients: [String]?
  package var when: Condition?
  package var unless: Condition?
  /// `else: fallthrough`.
  package var fallsThrough: Bool
  package var limit: CallLimit?
  /// nil: the terms of `Guard.approval`.
  package var approval: ApprovalTerms?

  package init(
    rule: Int, isGuardrail: Bool = false, effect: Effect, specificity: Specificity, tools: [String]? = nil,
    clients: [String]? = nil, when: Condition? = nil, unless: Condition? = nil, fallsThrough: Bool = false,
    limit: CallLimit? = nil,
    approval: ApprovalTerms? = nil
  ) {
    self.rule = rule
    self.isGuardrail = isGuardrail
    self.effect = effect
    self.specificity = specificity
    self.tools = tools
    self.clients = clients
    self.when = when
    self.unless = unless
    self.fallsThrough = fallsThrough
    self.limit = limit
    self.approval = approval
  }

  package var isConditional: Bool { when != nil || unless != nil }

  /// A guardrail that gives beyond its limit what it would give anyway: within the limit it says nothing.
  package var onlySetsBound: Bool { isGuardrail && limit?.over == effect }
}

/// language.md §4: tool (2, 1, 0), upstream (2, 1, 0), condition, class, client (1, 0), compared in this order.
package struct Specificity: Sendable, Equatable, Comparable {
  package var tool: UInt8
  package var upstream: UInt8
  package var condition: UInt8
  package var actionClass: UInt8
  package var client: UInt8

  package init(tool: UInt8, upstream: UInt8, condition: UInt8, actionClass: UInt8, client: UInt8) {
    self.tool = tool
    self.upstream = upstream
    self.condition = condition
    self.actionClass = actionClass
    self.client = client
  }

  package var list: [UInt8] { [tool, upstream, condition, actionClass, client] }

  /// One number that compares as the five do.
  var rank: UInt16 {
    [condition, actionClass, client].reduce(UInt16(names)) { $0 << 1 | UInt16($1) }
  }

  /// The inverse of `rank`.
  init(rank: UInt16) {
    self.init(
      tool: UInt8(rank >> 5 & 3), upstream: UInt8(rank >> 3 & 3), condition: UInt8(rank >> 2 & 1),
      actionClass: UInt8(rank >> 1 & 1), client: UInt8(rank & 1))
  }

  /// The part that names tool and upstream, as one number.
  var names: UInt8 { tool << 2 | upstream }

  package static func < (left: Specificity, right: Specificity) -> Bool { left.rank < right.rank }
}

/// An expression over numbered atoms.
package indirect enum Condition: Sendable, Equatable {
  case atom(Int)
  case all([Condition])
  case any([Condition])
  case none([Condition])
}
