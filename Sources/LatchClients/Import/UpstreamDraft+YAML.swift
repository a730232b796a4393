extension UpstreamDraft {
  /// The upstream's lines as an entry of `upstreams:`, each after `indent` spaces, with a line end after each.
  package func yaml(indent: Int) -> String {
    var lines = ["\(YAMLText.scalar(name)):"]
    switch transport {
    case .stdio(let command, let arguments, let environment, let directory):
      lines.append("  command: \(YAMLText.scalar(command))")
      lines += Self.list("args", arguments)
      if secretInArguments { lines.append("  secret_in_args: true") }
      if let directory { lines.append("  cwd: \(YAMLText.scalar(directory))") }
      lines += Self.map("env", environment)
    case .http(let isSSE, let url, let headers):
      lines.append("  url: \(YAMLText.scalar(url))")
      if isSSE { lines.append("  transport: sse") }
      lines += Self.map("headers", headers)
    }
    if !isEnabled { lines.append("  enabled: false") }
    return lines.map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
  }

  private static func list(_ key: String, _ items: [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    let line = "  \(key): \(YAMLText.flow(items))"
    return line.count <= 110 ? [line] : ["  \(key):"] + items.map { "    - \(YAMLText.quoted($0))" }
  }

  private static func map(_ key: String, _ settings: [ImportedServer.Setting]) -> [String] {
    guard !settings.isEmpty else { return [] }
    return ["  \(key):"] + settings.map { "    \(YAMLText.scalar($0.name)): \(YAMLText.quoted($0.value))" }
  }
}

extension ImportPlan {
  /// A whole `upstreams:` section.
  package var yaml: String {
    upstreams.isEmpty ? "upstreams: {}\n" : "upstreams:\n" + upstreams.map { $0.yaml(indent: 2) }.joined()
  }
}
