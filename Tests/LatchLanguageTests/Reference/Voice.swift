import LatchPolicy

/// A rule or guardrail that could apply to a call, with what its conditions say of it.
struct Voice {
  let rule: RuleModel
  /// Tool, upstream, condition, class, client.
  let specificity: [Int]
  /// Whether `when` holds and `unless` does not.
  let finding: Finding

  init(_ rule: RuleModel, tools: Int, upstreams: Int, _ inquiry: Inquiry) {
    self.rule = rule
    specificity = [
      tools, upstreams, rule.isConditional ? 1 : 0, rule.classes == nil ? 0 : 1, rule.clients == nil ? 0 : 1,
    ]
    let denies = rule.effect != .allow
    let when = rule.when.map { inquiry.ask($0, denies: denies) }
    let unless = rule.unless.map { inquiry.ask($0, denies: !denies).negated }
    finding = .all([when, unless].compactMap(\.self))
  }

  var isGuardrail: Bool { rule.isGuardrail }
  var effect: Effect { rule.effect }

  /// Doubt is on the strict side.
  var matches: Bool { effect == .allow ? finding.answer == .yes : finding.answer != .no }

  /// A conditional allow without `else: fallthrough`.
  var speaksForItsTools: Bool { !isGuardrail && effect == .allow && rule.isConditional && !rule.fallsThrough }

  /// Tool and upstream as one number.
  var names: Int { specificity[0] * 3 + specificity[1] }

  /// Whether a condition reads a path.
  var readsPath: Bool { [rule.when, rule.unless].compactMap(\.self).contains(where: \.readsPath) }

  var owed: OwedLimit? { rule.limit.map { OwedLimit(rule: rule.id, limit: $0.terms) } }
}

extension ConditionModel {
  fileprivate var readsPath: Bool {
    entries.contains { entry in
      switch entry {
      case .test(_, let matcher): matcher.readsPath
      case .anywhere: false
      case .anyOf(let parts), .allOf(let parts), .noneOf(let parts): parts.contains(where: \.readsPath)
      }
    }
  }
}

extension MatcherModel {
  fileprivate var readsPath: Bool {
    guard case .map(let clauses) = self else { return false }
    return clauses.contains { clause in
      switch clause {
      case .text(let kind, _): kind.readsPath
      case .elements(_, let matcher), .not(let matcher): matcher.readsPath
      case .fields(let condition): condition.readsPath
      default: false
      }
    }
  }
}
