import LatchAutomata
import LatchJSON
import LatchPolicy
import LatchSchema

/// What language.md §4 says of a call, written down as plainly as it stands there and with no thought of speed.
struct ReferenceDecision: Equatable {
  var effect: Effect
  var decidedBy: Decision.DecidedBy
  var rule: String?
  var also: [String] = []
}

/// One upstream of a bundle, as the text sees it.
struct ReferencePolicy {
  var bundle: Bundle
  var upstream: UpstreamPolicy

  /// Strings that `latch-self` is to see in this test, whole.
  static let protectedNames = ["latch.yaml", "./latch.lock", ".latch/policy.latch"]

  func decide(tool name: String, arguments given: JSONValue?, client: String?, changed: Bool) -> ReferenceDecision {
    let guarding = bundle.guarding
    let arguments = given ?? .object([])
    if hasColliding(arguments) { return .init(effect: .deny, decidedBy: .unreadable) }

    let tool = upstream.tools.first { $0.name == name }
    var floor: Decision.DecidedBy?
    if tool == nil {
      if guarding.unknownTool == .deny { return .init(effect: .deny, decidedBy: .unknownTool) }
      floor = .unknownTool
    }
    if let tool, tool.hidden { return .init(effect: .deny, decidedBy: .hiddenTool) }
    if changed, tool != nil {
      if guarding.changedTool == .deny { return .init(effect: .deny, decidedBy: .changedTool) }
      floor = .changedTool
    }
    guard case .object(let members) = arguments else { return .init(effect: .deny, decidedBy: .invalidArguments) }
    if let tool, tool.checksSchema, let schema = tool.inputSchema, refuses(schema, arguments, members) {
      return .init(effect: .deny, decidedBy: .invalidArguments)
    }

    let candidates = (tool?.candidates ?? upstream.unknownTool).filter { applies($0, client) }
    let asked = candidates.flatMap { atoms(of: $0) }
    if asked.contains(where: { truth(of: $0, arguments, tool) == nil }) {
      if guarding.unreadableArgument == .deny { return .init(effect: .deny, decidedBy: .unreadableArgument) }
      floor = floor ?? .unreadableArgument
    }
    return decided(candidates, arguments, tool, floor)
  }

  private func decided(
    _ candidates: [Candidate], _ arguments: JSONValue, _ tool: ToolPolicy?, _ floor: Decision.DecidedBy?
  ) -> ReferenceDecision {
    let actionClass = tool?.effectiveClass ?? .execute
    let matching = candidates.filter { matches($0, arguments, tool) }
    let speaking = candidates.filter {
      $0.effect == .allow && $0.isConditional && !$0.fallsThrough && !matches($0, arguments, tool)
    }
    func isSilenced(_ rule: Candidate) -> Bool {
      rule.effect == .allow
        && speaking.contains { speaker in
          (speaker.specificity.tool, speaker.specificity.upstream) > (rule.specificity.tool, rule.specificity.upstream)
        }
    }
    let rules = matching.filter { !$0.isGuardrail && !isSilenced($0) }
    let greatest = rules.map(\.specificity.list).max { $0.lexicographicallyPrecedes($1) }
    let level = rules.filter { $0.specificity.list == greatest }
    var effect = level.map(\.effect).max()
    if effect == nil {
      let asDefault =
        bundle.guarding.classes.first { $0.actionClass == actionClass }?.effect ?? bundle.guarding.effect
      effect = asDefault == .allow && !speaking.isEmpty ? .deny : asDefault
    }
    let guardrails = matching.filter(\.isGuardrail)
    let protects = bundle.guarding.protectSelf && actionClass != .read && namesProtected(arguments)
    let all = [effect ?? .deny, protects ? .deny : .allow, floor == nil ? .allow : .requireApproval]
    let result = (all + guardrails.map(\.effect)).max() ?? .deny
    var speakers = guardrails.filter { $0.effect == result }.map { bundle.rules[$0.rule].id }
    if protects && result == .deny { speakers.append("latch-self") }
    speakers.sort()
    let ids = speakers + level.filter { $0.effect == result }.map { bundle.rules[$0.rule].id }.sorted()
    if let first = ids.first {
      let by: Decision.DecidedBy = speakers.isEmpty ? .rule : .guardrail
      return .init(effect: result, decidedBy: by, rule: first, also: Array(ids.dropFirst()))
    }
    return .init(effect: result, decidedBy: result == .requireApproval ? floor ?? .default : .default)
  }
}

extension ReferencePolicy {
  private func applies(_ candidate: Candidate, _ client: String?) -> Bool {
    guard let clients = candidate.clients else { return true }
    if let client, bundle.guarding.clients.contains(client) { return clients.contains(client) }
    return candidate.effect != .allow
  }

  private func matches(_ candidate: Candidate, _ arguments: JSONValue, _ tool: ToolPolicy?) -> Bool {
    let when = candidate.when.map { truth(of: $0, arguments, tool) } ?? .some(true)
    let unless = candidate.unless.map { truth(of: $0, arguments, tool) } ?? .some(false)
    if when == false || unless == true { return false }
    return when == true && unless == false || candidate.effect != .allow
  }

  /// nil: unreadable.
  private func truth(of condition: Condition, _ arguments: JSONValue, _ tool: ToolPolicy?) -> Bool? {
    switch condition {
    case .atom(let number): return truth(of: number, arguments, tool)
    case .all(let parts):
      let truths = parts.map { truth(of: $0, arguments, tool) }
      return truths.contains(false) ? false : truths.contains(nil) ? nil : true
    case .any(let parts):
      let truths = parts.map { truth(of: $0, arguments, tool) }
      return truths.contains(true) ? true : truths.contains(nil) ? nil : false
    case .none(let parts): return truth(of: .any(parts), arguments, tool).map { !$0 }
    }
  }

  private func truth(of number: Int, _ arguments: JSONValue, _ tool: ToolPolicy?) -> Bool? {
    let atom = upstream.atoms[number]
    var found = value(at: atom.path, in: arguments)
    var isDefault = false
    if found == nil, let schema = tool?.inputSchema, let stated = statedDefault(schema, atom.path, arguments) {
      found = stated
      isDefault = true
    }
    guard let found else { return false }
    switch atom.matcher {
    case .equals(let values): return values.contains { $0.isSameJSON(as: found) }
    case .string(let digest, _):
      if isDefault, case .null = found { return false }
      guard case .string(let text) = found else { return nil }
      return bundle.automata.first { $0.digest == digest }?.automaton.accepts(text)
    }
  }

  private func value(at path: ArgumentPath, in value: JSONValue) -> JSONValue? {
    var value = value
    for step in path.steps {
      switch (step, value) {
      case (.name(let name), .object(let members)):
        guard let member = members.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
        value = member.value
      case (.index(let index), .array(let elements)) where index < elements.count: value = elements[index]
      default: return nil
      }
    }
    return value
  }

  /// In this test defaults stand for the arguments themselves only.
  private func statedDefault(_ schema: JSONValue, _ path: ArgumentPath, _ arguments: JSONValue) -> JSONValue? {
    guard case .name(let name)? = path.steps.first, arguments[name] == nil else { return nil }
    guard let stated = schema["properties"]?[name]?["default"] else { return nil }
    return value(at: ArgumentPath(Array(path.steps.dropFirst())), in: stated)
  }
}

extension ReferencePolicy {
  private func refuses(_ schema: JSONValue, _ arguments: JSONValue, _ members: [JSONValue.Member]) -> Bool {
    if bundle.guarding.invalidArguments == .deny {
      guard let compiled = try? Schema(schema.document()), compiled.isValid(arguments.document()) else { return true }
    }
    guard bundle.guarding.extraArguments == .deny, let properties = schema["properties"] else { return false }
    return members.contains { properties[$0.name] == nil }
  }

  private func hasColliding(_ value: JSONValue) -> Bool {
    switch value {
    case .array(let elements): return elements.contains(where: hasColliding)
    case .object(let members):
      let folded = members.map { foldedForComparison(Array($0.name.utf8)) }
      return Set(folded).count < folded.count || members.contains { hasColliding($0.value) }
    default: return false
    }
  }

  private func namesProtected(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): Self.protectedNames.contains(text)
    case .array(let elements): elements.contains(where: namesProtected)
    case .object(let members):
      members.contains { Self.protectedNames.contains($0.name) || namesProtected($0.value) }
    default: false
    }
  }

  private func atoms(of candidate: Candidate) -> [Int] {
    func atoms(_ condition: Condition) -> [Int] {
      switch condition {
      case .atom(let number): [number]
      case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(atoms)
      }
    }
    return [candidate.when, candidate.unless].compactMap { $0 }.flatMap(atoms)
  }
}
