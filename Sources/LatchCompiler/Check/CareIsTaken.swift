import LatchPolicy
import LatchSource

extension Check {
  /// What cannot be taken back is allowed on conditions, or not without a person.
  static let careIsTaken = Check(
    "L3106", summary: "no unconditional allow of `execute`, `submit` or `transfer_value`"
  ) { model in
    model.rules.filter { $0.isActive && $0.effect == .allow && !$0.declaration.isGuardrail && !$0.isConditional }
      .compactMap { rule in
        let tools = model.reach(of: rule).filter { $0.tool.effectiveClass >= .execute && !isHeldBack($0, in: model) }
        guard let first = tools.first else { return nil }
        return .carelessAllow(rule, tools.map(\.tool.name), first.tool.effectiveClass)
      }
  }
}

/// Whether a rule that always speaks, at least as specific, or a guardrail makes the decision stricter.
func isHeldBack(_ reached: Reached, in model: Model) -> Bool {
  reached.voices.contains { voice in
    let other = model.rules[voice.rule]
    guard other.isActive, other.effect != .allow, !other.isConditional, other.declaration.clients == nil,
      other.declaration.limit == nil
    else {
      return false
    }
    return other.declaration.isGuardrail || !(voice.specificity < reached.specificity)
  }
}

extension Diagnostic {
  fileprivate static func carelessAllow(_ rule: Rule, _ tools: [String], _ actionClass: ActionClass) -> Diagnostic {
    let shown = tools.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
    let more = tools.count > 4 ? " and \(tools.count - 4) more" : ""
    let span = rule.declaration.effect?.span ?? rule.declaration.id.span
    return Diagnostic(
      "L3106", .warning,
      "rule `\(rule.id)` allows \(shown)\(more) whatever the arguments (class `\(actionClass.rawValue)` or above); "
        + "add a `when:`, or ask with `require_approval`", at: span)
  }
}
