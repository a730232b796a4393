package import LatchJSON

/// Writes the configuration of those clients whose form this release knows to write.
package enum ConfigurationWriter: String, Sendable, CaseIterable {
  case claudeCode = "claude-code"
  case claudeDesktop = "claude-desktop"
  case cursor
  case vscode

  /// Whether the client has a file of its own in each project.
  package var hasProjectScope: Bool { self != .claudeDesktop }

  /// The whole configuration, in the order of the entries.
  package func configuration(of entries: [ProxyEntry]) -> JSONValue {
    let servers = entries.map { JSONValue.Member($0.name, server($0)) }
    return .object([JSONValue.Member(rootKey, .object(servers))])
  }

  /// What a person must know of these entries, a sentence each.
  package func notes(on entries: [ProxyEntry]) -> [String] {
    entries.flatMap { entry in
      var notes: [String] = []
      if self == .claudeDesktop, !entry.variables.isEmpty {
        let names = entry.variables.map { "`\($0)`" }.joined(separator: ", ")
        notes.append(
          "Claude Desktop passes no variables on, and `\(entry.name)` reads \(names); write `${file:PATH}` or"
            + " `{ command: [...] }` in the policy instead")
      }
      if self == .claudeCode, Self.reserved.contains(where: { $0.isSame(as: entry.name) }) {
        notes.append("Claude Code keeps the name `\(entry.name)` for itself and would ignore the server")
      }
      return notes
    }
  }

  private static let reserved = ["workspace", "claude-in-chrome", "computer-use"]

  private var rootKey: String { self == .vscode ? "servers" : "mcpServers" }

  private func server(_ entry: ProxyEntry) -> JSONValue {
    var words = ["--bundle", text(of: entry.bundle), "--upstream", entry.name, "--client", rawValue]
    if let pin = entry.pin { words += ["--pin", pin] }
    if let project = entry.project { words += ["--project", text(of: project)] }
    var members: [JSONValue.Member] = []
    if self != .claudeDesktop { members.append(JSONValue.Member("type", "stdio")) }
    members.append(JSONValue.Member("command", .string(entry.proxy)))
    members.append(JSONValue.Member("args", .array(words.map(JSONValue.string))))
    let variables = entry.variables.compactMap { name in
      reference(to: name).map { JSONValue.Member(name, .string($0)) }
    }
    if !variables.isEmpty { members.append(JSONValue.Member("env", .object(variables))) }
    return .object(members)
  }

  /// How the client's file refers to a variable, if it can. One that is not set becomes empty, which the proxy takes for
  /// not set; without a default Claude Code refuses the file, or hands on the reference itself.
  private func reference(to name: String) -> String? {
    switch self {
    case .claudeCode: "${\(name):-}"
    case .claudeDesktop: nil
    case .cursor, .vscode: "${env:\(name)}"
    }
  }

  private func text(of path: ClientPath) -> String {
    switch path {
    case .absolute(let path): return path
    case .inProject(let relative, let project):
      let root =
        switch self {
        case .claudeCode: "${CLAUDE_PROJECT_DIR:-\(project)}"
        case .claudeDesktop: project
        case .cursor, .vscode: "${workspaceFolder}"
        }
      return relative.isEmpty ? root : "\(root)/\(relative)"
    }
  }
}
