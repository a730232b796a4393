import LatchPolicy
import LatchSource

/// One entry of `upstreams:`; a broken one keeps its name, so that rules which name it are not blamed.
func upstream(_ member: (key: Spanned<String>, value: Node)) -> UpstreamDeclaration {
  let node = member.value
  var upstream = UpstreamDeclaration(name: member.key, isWhole: node.isWhole)
  upstream.place = node.span
  upstream.keys = node.members.map(\.key)
  upstream.command = node["command"]?.string
  upstream.arguments = node["args"]?.elements.compactMap(\.string) ?? []
  upstream.environment = bindings(node["env"])
  upstream.directory = node["cwd"]?.string
  upstream.url = node["url"]?.string
  upstream.headers = bindings(node["headers"])
  upstream.transport = node["transport"]?.string
  upstream.inherited = node["inherit_env"]?.elements.compactMap(\.string) ?? []
  if let allow = node["allow"] { upstream.allow = allow.elements.compactMap { $0.string?.value } }
  upstream.isEnabled = node["enabled"]?.bool ?? true
  upstream.isInsecure = node["insecure"]?.bool ?? false
  upstream.permitsSecretsInArguments = node["secret_in_args"]?.bool ?? false
  upstream.trustsAnnotations = node["trust_annotations"]?.bool ?? false
  upstream.resolvesLinks = node["symlinks"]?.string?.value != "ignore"
  upstream.timeout = milliseconds(node["timeout"]) ?? upstream.timeout
  upstream.tools = (node["tools"]?.members ?? []).map(tool)
  return upstream
}

private func bindings(_ node: Node?) -> [BindingDeclaration] {
  (node?.members ?? []).compactMap { name, value in
    if let text = value.string {
      return BindingDeclaration(name: name, value: Spanned(.text(text.value), value.span))
    }
    guard let words = value["command"]?.elements.compactMap({ $0.string?.value }), !words.isEmpty else { return nil }
    return BindingDeclaration(name: name, value: Spanned(.output(of: words), value.span))
  }
}

private func tool(_ member: (key: Spanned<String>, value: Node)) -> ToolDeclaration {
  var tool = ToolDeclaration(name: member.key)
  tool.actionClass = spannedValue(member.value["class"])
  tool.because = member.value["because"]?.string
  tool.isHidden = member.value["hidden"]?.bool ?? false
  tool.checksSchema = member.value["schema"]?.string?.value != "ignore"
  return tool
}
