import LatchJSON

extension Guard {
  var form: JSONValue {
    .object([
      "limits": .object([
        "automaton_states": .integer(limits.automatonStates), "message_bytes": .integer(limits.messageBytes),
        "depth": .integer(limits.depth),
      ]),
      "effect": .string(effect.rawValue),
      "classes": .object(classes.map { JSONValue.Member($0.actionClass.rawValue, .string($0.effect.rawValue)) }),
      "unknown_tool": .string(unknownTool.rawValue), "changed_tool": .string(changedTool.rawValue),
      "unreadable_argument": .string(unreadableArgument.rawValue),
      "extra_arguments": .string(extraArguments.rawValue), "invalid_arguments": .string(invalidArguments.rawValue),
      "approval": approval.form, "approval_keys": .array(approvalKeys.map(\.form)),
      "protect_self": .bool(protectSelf), "observe": .bool(observe), "audit": audit.form,
      "clients": .strings(clients),
      "protected": .array(protected.map(\.form)),
    ])
  }

  init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields([
      "limits", "effect", "classes", "unknown_tool", "changed_tool", "unreadable_argument", "extra_arguments",
      "invalid_arguments", "approval", "approval_keys", "protect_self", "observe", "audit", "clients", "protected",
    ])
    limits = try Limits(try fields.required("limits"))
    effect = try fields.required("effect").choice()
    classes = try Self.classes(try fields.required("classes"))
    unknownTool = try fields.required("unknown_tool").choice()
    changedTool = try fields.required("changed_tool").choice()
    unreadableArgument = try fields.required("unreadable_argument").choice()
    extraArguments = try fields.required("extra_arguments").choice()
    invalidArguments = try fields.required("invalid_arguments").choice()
    approval = try ApprovalTerms(try fields.required("approval"))
    approvalKeys = try fields.list("approval_keys", Approver.init)
    protectSelf = try fields.boolean("protect_self")
    observe = try fields.boolean("observe")
    audit = try AuditTerms(try fields.required("audit"))
    clients = try fields.required("clients").strings()
    protected = try fields.list("protected", ProtectedPath.init)
  }

  private static func classes(_ value: LineValue) throws(BundleError) -> [ClassDefault] {
    let fields = try value.fields(ActionClass.allCases.map(\.rawValue))
    var classes: [ClassDefault] = []
    for actionClass in ActionClass.allCases {
      guard let effect = fields[actionClass.rawValue] else { continue }
      classes.append(ClassDefault(actionClass, try effect.choice()))
    }
    return classes
  }
}

extension Guard.Limits {
  fileprivate init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["automaton_states", "message_bytes", "depth"])
    automatonStates = try fields.required("automaton_states").integer(in: 1...65_535)
    messageBytes = try fields.required("message_bytes").integer(in: 1...Int(Int32.max))
    depth = try fields.required("depth").integer(in: 1...JSONLimits.greatestDepth)
  }
}

extension ProtectedPath {
  fileprivate var form: JSONValue {
    .object([
      "base": .string(base.rawValue), "path": .string(path), "kind": .string(kind.rawValue),
      "pattern": pattern.isEmpty ? nil : .strings(pattern),
    ])
  }

  fileprivate init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields(["base", "path", "kind", "pattern"])
    self.init(
      try fields.required("base").choice(), try fields.string("path"), kind: try fields.required("kind").choice(),
      pattern: try fields["pattern"]?.strings() ?? [])
  }
}
