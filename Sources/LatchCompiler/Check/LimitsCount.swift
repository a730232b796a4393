import LatchPolicy
import LatchSource

extension Check {
  /// A limit counts calls that go through; on what denies them anyway it never does.
  static let limitsCount = Check("L3113", summary: "every limit counts calls that could go through") { model in
    model.rules.filter(\.declaration.isWhole).compactMap { rule in
      guard let limit = rule.declaration.limit, rule.effect == .deny else { return nil }
      if !rule.declaration.isGuardrail {
        return Diagnostic(
          "L3113",
          "rule `\(rule.id)` denies every call that it decides, so its limit counts none; a guardrail with "
            + "`effect: deny` and a limit denies what is beyond it", at: limit.span)
      }
      guard limit.value.over != .deny else { return nil }
      return Diagnostic(
        "L3113",
        "guardrail `\(rule.id)` denies, so nothing beyond its limit can be put to a person; write "
          + "`effect: require_approval`, or leave out `over`", at: limit.span)
    }
  }
}
