import LatchPolicy
import LatchSource

extension Check {
  /// A deny of a class gives way to any allow that names a tool; who wants it to hold writes a guardrail.
  static let classDenialsHold = Check("L3107", summary: "no allow overrides a deny of a whole class") { model in
    model.rules.filter(isClassDenial).compactMap { denial in
      for reached in model.reach(of: denial) {
        guard let allow = allow(over: reached, in: model) else { continue }
        return .overridden(denial, by: allow, toward: reached.tool)
      }
      return nil
    }
  }
}

private func isClassDenial(_ rule: Rule) -> Bool {
  rule.isActive && rule.effect == .deny && !rule.declaration.isGuardrail && rule.declaration.classes != nil
    && !rule.isConditional && (rule.tools ?? []).allSatisfy { $0.score == 0 }
}

private func allow(over denied: Reached, in model: Model) -> Rule? {
  denied.voices.first { voice in
    let rule = model.rules[voice.rule]
    return rule.isActive && rule.effect == .allow && !rule.declaration.isGuardrail
      && denied.specificity < voice.specificity
  }.map { model.rules[$0.rule] }
}

extension Diagnostic {
  fileprivate static func overridden(_ denial: Rule, by allow: Rule, toward tool: Tool) -> Diagnostic {
    Diagnostic(
      "L3107", .warning,
      "rule `\(denial.id)` denies a class, but rule `\(allow.id)` allows `\(tool.name)`, and is more specific; if the "
        + "deny is to hold always, make it a guardrail",
      at: denial.declaration.effect?.span ?? denial.declaration.id.span,
      notes: [Note("the allow", at: allow.declaration.id.span)])
  }
}
