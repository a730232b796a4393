import LatchJSON
import LatchPolicy

/// One upstream of a project as the text of language.md §4 sees it: written down as plainly as it stands there, and with
/// no thought of speed.
struct Reference {
  var policy: PolicyModel
  var upstream: UpstreamModel
  var places: PlacesModel

  /// Ids of the clients that rules may name.
  var knownClients: [String] { Self.latchKnows + policy.clients }

  static let latchKnows = ["claude-code", "cursor"]

  func verdict(on call: CallModel) -> Verdict {
    let tool = tool(call.tool)
    let voices = voices(call, tool)
    var verdict = decide(call, tool, voices)
    verdict.voices = trace(call, tool, voices)
    return verdict
  }

  private func tool(_ name: String) -> ToolModel? {
    (upstream.tools + ToolModel.reserved).first { isSame($0.name, name) }
  }

  // MARK: Before any rule

  private func decide(_ call: CallModel, _ tool: ToolModel?, _ voices: [Voice]) -> Verdict {
    let defaults = policy.defaults
    let arguments = call.arguments ?? [:]
    if hasTwoReadings(arguments) { return Verdict(.deny, .unreadable) }
    var floor: Decision.DecidedBy?
    if tool == nil {
      guard defaults.asksForUnknownTools else { return Verdict(.deny, .unknownTool) }
      floor = .unknownTool
    }
    if tool?.isHidden == true { return Verdict(.deny, .hiddenTool) }
    if tool != nil, call.isChanged {
      guard defaults.asksForChangedTools else { return Verdict(.deny, .changedTool) }
      floor = .changedTool
    }
    guard let members = arguments.object else { return Verdict(.deny, .invalidArguments) }
    if let tool, !tool.ignoresSchema, let schema = tool.schema {
      let isInvalid = !defaults.ignoresInvalidArguments && !schema.accepts(arguments)
      let hasExtra = schema.properties != nil && members.contains { schema.property($0.name) == nil }
      if isInvalid || hasExtra && !defaults.ignoresExtraArguments { return Verdict(.deny, .invalidArguments) }
    }
    if voices.contains(where: \.finding.isUnreadable) {
      guard defaults.asksForUnreadableArguments else { return Verdict(.deny, .unreadableArgument) }
      floor = floor ?? .unreadableArgument
    }
    return decide(arguments, tool, voices, floor)
  }

  // MARK: Which rule decides

  private func decide(
    _ arguments: JSONValue, _ tool: ToolModel?, _ voices: [Voice], _ floor: Decision.DecidedBy?
  ) -> Verdict {
    let speakers = voices.filter { $0.speaksForItsTools && !$0.matches }
    let rules = voices.filter { rule in
      !rule.isGuardrail && rule.matches && !(rule.effect == .allow && speakers.contains { $0.names > rule.names })
    }
    let greatest = rules.map(\.specificity).max { $0.lexicographicallyPrecedes($1) }
    let level = rules.filter { $0.specificity == greatest }
    let ruled = level.map(\.effect).max()
    let guardrails = voices.filter { $0.isGuardrail && $0.matches }
    // One that gives beyond its limit what it gives anyway says nothing within it.
    let saying = guardrails.filter { $0.rule.limit == nil || $0.rule.limit?.terms.over != $0.effect }
    let protects = protects(arguments, from: tool)

    let stated = policy.defaults.classes[tool?.actionClass ?? .execute] ?? policy.defaults.effect
    // What no rule of less specificity may allow, no default may either.
    let fallback = stated == .allow && !speakers.isEmpty ? Effect.deny : stated
    let effects =
      [ruled ?? fallback, protects ? .deny : .allow, floor == nil ? .allow : .requireApproval] + saying.map(\.effect)
    let effect = effects.max() ?? .deny

    var guards = saying.filter { $0.effect == effect }.map(\.rule.id)
    if protects, effect == .deny { guards.append("latch-self") }
    let givers = guards.sorted() + level.filter { $0.effect == effect }.map(\.rule.id).sorted()
    var verdict = Verdict(effect, guards.isEmpty ? .rule : .guardrail)
    if givers.isEmpty { verdict.decidedBy = effect == .requireApproval ? floor ?? .default : .default }
    verdict.rule = givers.first
    verdict.also = Array(givers.dropFirst())
    guard effect != .deny else { return verdict }

    let deciding = level.filter { $0.effect == ruled }
    verdict.limits = (guardrails + deciding).compactMap(\.owed).sorted { $0.rule < $1.rule }
    if effect == .requireApproval {
      verdict.approval = policy.defaults.terms(ofAll: (saying + level).filter { $0.effect == effect }.map(\.rule))
    }
    let restsOnPaths = ruled == .allow && deciding.allSatisfy(\.readsPath)
    let forbidsPaths = voices.contains { $0.effect != .allow && $0.readsPath }
    verdict.resolvesLinks = upstream.isLocal && upstream.resolvesLinks && (restsOnPaths || forbidsPaths)
    return verdict
  }
}

// MARK: Who speaks

extension Reference {
  /// Every rule and guardrail that could apply to the call.
  private func voices(_ call: CallModel, _ tool: ToolModel?) -> [Voice] {
    let inquiry = Inquiry(
      arguments: call.arguments ?? [:], schema: tool?.schema, values: policy.values, places: places)
    return policy.rules.compactMap { rule in
      guard rule.isEnabled, let upstreams = score(rule.upstreams, upstream.name),
        let tools = score(rule.tools, call.tool), rule.classes?.contains(tool?.actionClass ?? .execute) != false,
        isAboutClient(rule, call.client)
      else { return nil }
      return Voice(rule, tools: tools, upstreams: upstreams, inquiry)
    }
  }

  /// Literal 2, glob 1, absent or `*` 0, the most specific that matches; nil if none does.
  private func score(_ patterns: [String]?, _ name: String) -> Int? {
    guard let patterns else { return 0 }
    return patterns.filter { PlainNameGlob.matches($0, name) }.map { pattern in
      isSame(pattern, "*") ? 0 : pattern.contains { $0 == "*" || $0 == "?" } ? 1 : 2
    }.max()
  }

  /// An unknown client or none: an allow that names clients is not about it, anything else is.
  private func isAboutClient(_ rule: RuleModel, _ client: String?) -> Bool {
    guard let clients = rule.clients else { return true }
    guard let client, knownClients.contains(where: { isSame($0, client) }) else { return rule.effect != .allow }
    return clients.contains { isSame($0, client) }
  }

  private func trace(_ call: CallModel, _ tool: ToolModel?, _ voices: [Voice]) -> [TracedVoice] {
    guard (call.arguments ?? [:]).object != nil, tool != nil || policy.defaults.asksForUnknownTools else { return [] }
    let sorted = voices.sorted { left, right in
      if left.isGuardrail != right.isGuardrail { return left.isGuardrail }
      if left.specificity != right.specificity { return right.specificity.lexicographicallyPrecedes(left.specificity) }
      return left.rule.id < right.rule.id
    }
    return sorted.map { voice in
      TracedVoice(
        rule: voice.rule.id, isGuardrail: voice.isGuardrail, effect: voice.effect, matched: voice.matches,
        specificity: voice.specificity, questions: voice.finding.questions.sorted())
    }
  }
}

/// Names know `*` and `?` only, `/` being nothing special in them.
enum PlainNameGlob {
  static func matches(_ pattern: String, _ name: String) -> Bool { matches(Text(pattern)[...], Text(name)[...]) }

  private static func matches(_ pattern: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "*" { return (0...name.count).contains { matches(pattern.dropFirst(), name.dropFirst($0)) } }
    guard let scalar = name.first, first == "?" || first == scalar else { return false }
    return matches(pattern.dropFirst(), name.dropFirst())
  }
}
