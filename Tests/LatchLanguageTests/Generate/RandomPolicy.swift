import LatchJSON
import LatchPolicy
import LatchTestSupport

extension Dice {
  mutating func policy() -> PolicyModel {
    var policy = PolicyModel()
    policy.defaults = defaults()
    policy.clients = one(in: 2) ? ["my-agent"] : []
    policy.values = RandomValues.all(&self)
    policy.upstreams = [upstream("fs", isLocal: true), upstream("web", isLocal: false)]
    let clients = Reference.latchKnows + policy.clients
    for number in 0..<Int.random(in: 1...6, using: &self) {
      policy.rules.append(rule(numbered: number, policy.upstreams, clients))
    }
    return policy
  }

  private mutating func defaults() -> DefaultsModel {
    var defaults = DefaultsModel()
    defaults.effect = pick(Effect.allCases)
    for actionClass in ActionClass.allCases where one(in: 4) { defaults.classes[actionClass] = pick(Effect.allCases) }
    defaults.asksForUnknownTools = one(in: 2)
    defaults.asksForChangedTools = one(in: 2)
    defaults.asksForUnreadableArguments = one(in: 2)
    defaults.ignoresExtraArguments = one(in: 3)
    defaults.ignoresInvalidArguments = one(in: 3)
    defaults.approval = one(in: 3) ? approval() : nil
    defaults.protectsSelf = !one(in: 4)
    return defaults
  }

  // MARK: Upstreams

  private static let tools: [(String, ActionClass)] = [
    ("read_file", .read), ("getPayment", .read), ("write_file", .write), ("send_mail", .send),
    ("run_command", .execute),
    ("zap", .execute), ("submit_form", .submit), ("pay_bill", .transferValue),
  ]

  private mutating func upstream(_ name: String, isLocal: Bool) -> UpstreamModel {
    var upstream = UpstreamModel(name: name, isLocal: isLocal, resolvesLinks: !one(in: 4))
    for (name, inferred) in Self.tools.shuffled(using: &self).prefix(3) {
      upstream.tools.append(
        ToolModel(
          name: name, inferred: inferred, given: one(in: 4) ? pick(ActionClass.allCases) : nil, isHidden: one(in: 20),
          ignoresSchema: one(in: 8), schema: one(in: 6) ? nil : schema()))
    }
    return upstream
  }

  private mutating func schema() -> SchemaModel {
    if one(in: 6) { return SchemaModel(types: [.object]) }
    var schema = SchemaModel(properties: [], form: pick(SchemaModel.Form.allCases))
    for (name, kind) in Kind.arguments where !one(in: 10) {
      schema.properties?.append((name, self.schema(of: kind)))
      if one(in: 30) { schema.required.append(name) }
    }
    return schema
  }

  private mutating func schema(of kind: Kind) -> SchemaModel {
    var schema = SchemaModel(form: pick([.plain, .plain, .allOf]))
    if one(in: 6) { schema.types = pick([kind.types, kind.types + [.null], [.string, .number, .object, .array]]) }
    if one(in: 3) { schema.stated = one(in: 6) ? .null : statedValue(of: kind) }
    switch kind {
    case .list(let element): schema.items = [self.schema(of: element)]
    case .object(let members):
      schema.properties = []
      for (name, kind) in members { schema.properties?.append((name, self.schema(of: kind))) }
    default: break
    }
    return schema
  }

  /// A default as it stands in the bundle, where a schema's numbers are doubles.
  private mutating func statedValue(of kind: Kind) -> JSONValue {
    let value = value(of: kind)
    guard let bytes = try? value.canonicalBytes(), let stated = try? JSONValue(parsing: bytes) else { return value }
    return stated
  }

  // MARK: Rules

  private mutating func rule(numbered number: Int, _ upstreams: [UpstreamModel], _ clients: [String]) -> RuleModel {
    let isGuardrail = one(in: 4)
    var rule = RuleModel(
      id: "\(pick(["a", "k", "x"]))-\(number)", isGuardrail: isGuardrail,
      effect: pick(isGuardrail ? [.deny, .requireApproval] : [.allow, .allow, .requireApproval, .deny]))
    rule.upstreams = pick([nil, nil, nil, ["fs"], ["web"], ["f*"], ["fs", "web"], ["*"], ["w?b", "fs"]])
    rule.tools = tools(of: upstreams)
    rule.classes = one(in: 4) ? Array(Set(many(1...3) { $0.pick(ActionClass.allCases) })) : nil
    rule.clients = one(in: 4) ? Array(Set(many(1...2) { $0.pick(clients) })) : nil
    rule.when = one(in: 3) ? nil : condition(depth: 2)
    rule.unless = one(in: 5) ? condition(depth: 1) : nil
    rule.fallsThrough = !isGuardrail && rule.effect == .allow && one(in: 4)
    rule.limit = limit(of: rule)
    rule.approval = rule.effect == .requireApproval ? one(in: 4) ? nil : approval() : one(in: 6) ? approval() : nil
    rule.isEnabled = !one(in: 15)
    return rule
  }

  private mutating func tools(of upstreams: [UpstreamModel]) -> [String]? {
    let names = upstreams.flatMap { $0.tools.map(\.name) }
    let globs = ["*", "*_file", "*e*", "?ead_file", "@*", "no_*"]
    switch Int.random(in: 0..<8, using: &self) {
    case 0, 1: return nil
    case 2: return [pick(globs)]
    case 3: return [pick(names), pick(globs)]
    case 4: return [pick(ToolModel.reserved.map(\.name) + names)]
    default: return [pick(names)]
    }
  }

  private mutating func limit(of rule: RuleModel) -> LimitModel? {
    guard one(in: 4), rule.isGuardrail || rule.effect != .deny else { return nil }
    let over: Effect? = rule.effect == .deny ? pick([nil, .deny]) : pick([nil, .deny, .requireApproval])
    return LimitModel(
      calls: pick([1, 20]), per: duration(), over: over, scope: pick([nil, .project, .client]))
  }

  private mutating func approval() -> ApprovalModel {
    let ways = ApprovalTerms.Way.allCases.filter { _ in one(in: 3) }
    return ApprovalModel(
      ways: ways.isEmpty || one(in: 8) ? nil : ways, timeout: one(in: 2) ? duration() : nil,
      lease: one(in: 2) ? duration() : nil)
  }

  private mutating func duration() -> DurationModel {
    DurationModel(count: pick([1, 5, 90]), unit: pick(["ms", "s", "m", "h", "d"]))
  }
}
