import LatchJSON
import LatchPolicy
import LatchSource

/// One entry of `rules:` or `guardrails:`; nothing if it has no id to speak of it by.
func rule(_ node: Node, isGuardrail: Bool, found: inout [Diagnostic]) -> RuleDeclaration? {
  guard let id = node["id"]?.string else { return nil }
  var rule = RuleDeclaration(isGuardrail: isGuardrail, id: id, isWhole: node.isWhole)
  rule.effect = spannedValue(node["effect"])
  rule.upstreams = node["upstream"]?.strings
  rule.tools = node["tool"]?.strings
  rule.classes = node["class"].map { node in
    node.kind == .array ? node.elements.compactMap { spannedValue($0) } : [spannedValue(node)].compactMap(\.self)
  }
  rule.clients = node["client"]?.strings
  var reader = ConditionReader()
  rule.when = node["when"].flatMap { reader.condition($0) }
  rule.unless = node["unless"].flatMap { reader.condition($0) }
  if !reader.found.isEmpty { rule.isWhole = false }
  found += reader.found
  rule.fallsThrough = node["else"].map { Spanned($0.string?.value == "fallthrough", $0.span) }
  rule.description = node["description"]?.string?.value
  rule.reason = node["reason"]?.string?.value
  rule.limit = node["limit"].flatMap { node in limit(node).map { Spanned($0, node.span) } }
  rule.approval = node["approval"].map(approval)
  rule.isEnabled = node["enabled"]?.bool ?? true
  return rule
}
