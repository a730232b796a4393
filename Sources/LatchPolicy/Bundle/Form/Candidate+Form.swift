import LatchJSON

extension Candidate {
  var form: JSONValue {
    .object([
      "rule": .integer(rule), "guardrail": .bool(isGuardrail), "effect": .string(effect.rawValue),
      "specificity": .array(specificity.list.map { .integer($0) }), "tools": tools.map(JSONValue.strings),
      "clients": clients.map(JSONValue.strings),
      "when": when?.form, "unless": unless?.form, "else": fallsThrough ? .string("fallthrough") : nil,
      "limit": limit?.form, "approval": approval?.form,
    ])
  }

  init(_ value: LineValue) throws(BundleError) {
    let fields = try value.fields([
      "rule", "guardrail", "effect", "specificity", "tools", "clients", "when", "unless", "else", "limit",
      "approval",
    ])
    if let otherwise = fields["else"], try otherwise.string() != "fallthrough" {
      throw otherwise.failure("`else` can only be `fallthrough`")
    }
    self.init(
      rule: try fields.required("rule").integer(in: 0...Int(Int32.max)), isGuardrail: try fields.boolean("guardrail"),
      effect: try fields.required("effect").choice(),
      specificity: try Specificity(try fields.required("specificity")),
      tools: try Self.optional(fields["tools"]) { (list) throws(BundleError) in try list.strings() },
      clients: try Self.optional(fields["clients"]) { (list) throws(BundleError) in try list.strings() },
      when: try Self.optional(fields["when"], Condition.init),
      unless: try Self.optional(fields["unless"], Condition.init), fallsThrough: fields["else"] != nil,
      limit: try Self.optional(fields["limit"], CallLimit.init),
      approval: try Self.optional(fields["approval"], ApprovalTerms.init))
  }

  private static func optional<Value>(
    _ value: LineValue?, _ read: (LineValue) throws(BundleError) -> Value
  ) throws(BundleError) -> Value? {
    guard let value else { return nil }
    return try read(value)
  }
}

extension Specificity {
  fileprivate init(_ value: LineValue) throws(BundleError) {
    let scores = try value.elements().map { (score) throws(BundleError) in UInt8(try score.integer(in: 0...2)) }
    guard scores.count == 5, scores[2...].allSatisfy({ $0 < 2 }) else {
      throw value.failure("a specificity has five numbers: two up to 2, three up to 1")
    }
    self.init(tool: scores[0], upstream: scores[1], condition: scores[2], actionClass: scores[3], client: scores[4])
  }
}

extension Condition {
  /// An atom as its number, the rest as an object of one member.
  var form: JSONValue {
    switch self {
    case .atom(let index): .integer(index)
    case .all(let parts): .object(["all": .array(parts.map(\.form))])
    case .any(let parts): .object(["any": .array(parts.map(\.form))])
    case .none(let parts): .object(["none": .array(parts.map(\.form))])
    }
  }

  init(_ value: LineValue) throws(BundleError) {
    guard value.document.kind(value.index) == .object else {
      self = .atom(try value.integer(in: 0...Int(Int32.max)))
      return
    }
    let fields = try value.fields(["all", "any", "none"])
    switch (fields["all"], fields["any"], fields["none"]) {
    case (.some, nil, nil): self = .all(try fields.list("all", Condition.init))
    case (nil, .some, nil): self = .any(try fields.list("any", Condition.init))
    case (nil, nil, .some): self = .none(try fields.list("none", Condition.init))
    default: throw value.failure("one of `all`, `any` and `none` is wanted")
    }
  }
}
