import LatchSource

extension Check {
  /// A name glob that matches nothing is a name misspelled.
  static let globsMatchTools = Check("L3105", summary: "every glob of tool names matches a tool") { model in
    model.rules.filter(model.knowsReach).flatMap { rule in
      (rule.tools ?? []).filter { !$0.isLiteral && !model.matchesTool($0, of: rule) }.map { pattern in
        Diagnostic(
          "L3105", .warning, "`\(pattern.text.value)` matches no tool of \(owners(of: rule, in: model))",
          at: pattern.text.span)
      }
    }
  }

  /// Names that exist, but never together: `tool: write_file` with `class: read`.
  static let rulesSpeakOfTools = Check("L3111", summary: "every rule speaks of a tool") { model in
    model.rules.filter { $0.declaration.isWhole && model.knowsReach(of: $0) && model.reach(of: $0).isEmpty }
      .compactMap { rule in
        guard (rule.tools ?? []).allSatisfy({ model.matchesTool($0, of: rule) }) else { return nil }
        return Diagnostic(
          "L3111", .warning,
          "\(rule.kind) `\(rule.id)` speaks of no tool: none of its tools is of its class; it never decides",
          at: rule.declaration.id.span)
      }
  }
}

private func owners(of rule: Rule, in model: Model) -> String {
  let names = model.upstreams(of: rule).map { "`\($0.name)`" }
  return names.count == 1 ? "upstream \(names[0])" : "the upstreams that the rule reaches"
}

extension Rule {
  /// `rule` or `guardrail`.
  var kind: String { declaration.isGuardrail ? "guardrail" : "rule" }
}
