import LatchPolicy

extension PolicyModel {
  /// The project's `latch.yaml`; `rules` are those that stand in it.
  func manifest(_ rules: [RuleModel], include: String?) -> YAML {
    YAML([
      ("version", .word("1")), ("name", .text("random")), ("include", include.map { YAML([$0]) }),
      ("clients", clients.isEmpty ? nil : YAML(clients)), ("defaults", defaults.yaml(keys: wantsKeys)),
      ("upstreams", .map(upstreams.map { ($0.name, $0.yaml) })), ("rules", .yaml(rules, guardrails: false)),
      ("guardrails", .yaml(rules, guardrails: true)),
      ("values", values.isEmpty ? nil : .map(values.map { ($0.name, .list($0.elements.map(\.yaml))) })),
    ])
  }

  /// A file that `include:` names.
  func included(_ rules: [RuleModel]) -> YAML {
    YAML([
      ("version", .word("1")), ("rules", .yaml(rules, guardrails: false)),
      ("guardrails", .yaml(rules, guardrails: true)),
    ])
  }
}

extension YAML {
  fileprivate static func yaml(_ rules: [RuleModel], guardrails: Bool) -> YAML? {
    let wanted = rules.filter { $0.isGuardrail == guardrails }
    return wanted.isEmpty ? nil : .list(wanted.map(\.yaml))
  }
}

extension DefaultsModel {
  fileprivate func yaml(keys: Bool) -> YAML {
    let asks = YAML.text("require_approval")
    let ignores = YAML.text("ignore")
    return YAML([
      ("effect", .text(effect.rawValue)),
      (
        "classes",
        classes.isEmpty ? nil : .map(classes.map { ($0.key.rawValue, .text($0.value.rawValue)) })
      ),
      ("unknown_tool", asksForUnknownTools ? asks : nil), ("changed_tool", asksForChangedTools ? asks : nil),
      ("unreadable_argument", asksForUnreadableArguments ? asks : nil),
      ("extra_arguments", ignoresExtraArguments ? ignores : nil),
      ("invalid_arguments", ignoresInvalidArguments ? ignores : nil),
      (
        "approval", keys ? (approval ?? ApprovalModel()).yaml(keys: ["ann": PolicyModel.key]) : approval?.yaml()
      ),
      ("protect_self", protectsSelf ? nil : .word("false")),
    ])
  }
}

extension UpstreamModel {
  fileprivate var yaml: YAML {
    let settings = tools.filter { $0.given != nil || $0.isHidden || $0.ignoresSchema }
    return YAML([
      ("command", isLocal ? .text("server") : nil), ("url", isLocal ? nil : .text("https://mcp.example.com/")),
      ("symlinks", resolvesLinks ? nil : .text("ignore")),
      ("tools", settings.isEmpty ? nil : .map(settings.map { ($0.name, $0.yaml) })),
    ])
  }
}

extension ToolModel {
  fileprivate var yaml: YAML {
    YAML([
      ("class", given.map { .text($0.rawValue) }), ("hidden", isHidden ? .word("true") : nil),
      ("schema", ignoresSchema ? .text("ignore") : nil),
    ])
  }
}

extension RuleModel {
  fileprivate var yaml: YAML {
    YAML([
      ("id", .text(id)), ("effect", .text(effect.rawValue)), ("upstream", upstreams.map { YAML(oneOrMore: $0) }),
      ("tool", tools.map { YAML(oneOrMore: $0) }), ("class", classes.map { YAML(oneOrMore: $0.map(\.rawValue)) }),
      ("client", clients.map { YAML(oneOrMore: $0) }), ("when", when?.yaml), ("unless", unless?.yaml),
      ("else", fallsThrough ? .text("fallthrough") : nil), ("limit", limit?.yaml), ("approval", approval?.yaml()),
      ("enabled", isEnabled ? nil : .word("false")),
    ])
  }
}

extension LimitModel {
  fileprivate var yaml: YAML {
    YAML([
      ("calls", .word("\(calls)")), ("per", per.yaml), ("over", over.map { .text($0.rawValue) }),
      ("scope", scope.map { .text($0.rawValue) }),
    ])
  }
}

extension ApprovalModel {
  fileprivate func yaml(keys: [String: String]? = nil) -> YAML {
    YAML([
      ("by", ways.map { YAML($0.map(\.rawValue)) }), ("timeout", timeout?.yaml), ("lease", lease?.yaml),
      ("keys", keys.map { .map($0.map { ($0.key, .text($0.value)) }) }),
    ])
  }
}

extension DurationModel {
  fileprivate var yaml: YAML { .text("\(count)\(unit)") }
}
