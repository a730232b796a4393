import LatchJSON
import LatchPolicy
import LatchSource

/// Reads a manifest out of a tree that the schemas have seen: what they refused is left out, the rest is decoded, so
/// that later stages can speak of it too.
func decode(_ tree: Tree) -> Outcome<Manifest> {
  let root = tree.root
  var found: [Diagnostic] = comesLater(in: root)
  var manifest = Manifest(path: tree.source.path, settings: settings(of: root))
  manifest.upstreams = (root["upstreams"]?.members ?? []).map(upstream)
  for (key, isGuardrail) in [("rules", false), ("guardrails", true)] {
    for element in root[key]?.elements ?? [] {
      guard let decoded = rule(element, isGuardrail: isGuardrail, found: &found) else { continue }
      manifest.rules.append(decoded)
    }
  }
  manifest.tests = (root["tests"]?.elements ?? []).compactMap(test)
  manifest.values = (root["values"]?.members ?? []).map(values)
  return Outcome(manifest, found)
}

private func settings(of root: Node) -> Manifest.Settings {
  var settings = Manifest.Settings()
  settings.name = root["name"]?.string
  settings.include = root["include"]?.elements.compactMap(\.string) ?? []
  settings.serial = root["serial"]?.integer ?? 0
  settings.clients = root["clients"]?.elements.compactMap(\.string) ?? []
  if let node = root["defaults"] { settings.defaults = defaults(node) }
  if let node = root["limits"] { settings.limits = limits(node) }
  if let node = root["audit"] { settings.audit = audit(node) }
  return settings
}

private func defaults(_ node: Node) -> Defaults {
  var defaults = Defaults()
  defaults.effect = value(node["effect"]) ?? .deny
  for (key, effect) in node["classes"]?.members ?? [] {
    if let name = ActionClass(rawValue: key.value), let effect: Effect = value(effect) {
      defaults.classes[name] = effect
    }
  }
  defaults.unknownTool = value(node["unknown_tool"]) ?? .deny
  defaults.changedTool = value(node["changed_tool"]) ?? .deny
  defaults.unreadableArgument = value(node["unreadable_argument"]) ?? .deny
  defaults.extraArguments = value(node["extra_arguments"]) ?? .deny
  defaults.invalidArguments = value(node["invalid_arguments"]) ?? .deny
  defaults.protectSelf = node["protect_self"]?.bool ?? true
  defaults.observe = node["observe"].flatMap { node in node.bool.map { Spanned($0, node.span) } }
  if let terms = node["approval"] {
    defaults.approval = approval(terms)
    defaults.approvalKeys = terms["keys"].map(approvalKeys)
  }
  defaults.requireExplicit = node["require_explicit"]?.bool ?? false
  return defaults
}

private func limits(_ node: Node) -> Guard.Limits {
  var limits = Guard.Limits()
  limits.automatonStates = node["automaton_states"]?.integer ?? limits.automatonStates
  limits.messageBytes = node["message_bytes"]?.integer ?? limits.messageBytes
  limits.depth = node["depth"]?.integer ?? limits.depth
  return limits
}

private func values(_ member: (key: Spanned<String>, value: Node)) -> ValuesDeclaration {
  ValuesDeclaration(
    name: member.key,
    elements: member.value.elements.map { Spanned($0.tree.document.value(at: $0.index), $0.span) })
}

private func test(_ node: Node) -> TestDeclaration? {
  guard let name = node["name"]?.string else { return nil }
  let call = node["call"]
  let expected = node["expect"]
  return TestDeclaration(
    name: name, isWhole: node.isWhole, isQuery: node["never"] != nil || node["always"] != nil,
    upstream: call?["upstream"]?.string, tool: call?["tool"]?.string,
    arguments: call?["arguments"].map { Spanned($0.tree.document.value(at: $0.index), $0.span) },
    client: node["client"]?.string, effect: spannedValue(expected?["effect"]), rule: expected?["rule"]?.string,
    decidedBy: spannedValue(expected?["decided_by"]))
}

/// The value of a node that holds one of the words of `Value`.
func value<Value: RawRepresentable>(_ node: Node?) -> Value? where Value.RawValue == String {
  node?.string.flatMap { Value(rawValue: $0.value) }
}

/// The same with its place.
func spannedValue<Value: RawRepresentable>(_ node: Node?) -> Spanned<Value>? where Value.RawValue == String {
  guard let node, let decoded: Value = value(node) else { return nil }
  return Spanned(decoded, node.span)
}
