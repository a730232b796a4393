import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource

/// A project of one upstream whose tools have the given schemas, for tests of what is said of conditions.
struct ConditionProject {
  /// By name; words of the name give the class.
  var tools: [(name: String, schema: JSONValue)]
  var defaults = "{ effect: allow }"
  var settings = "{}"

  /// One tool, `write_thing`.
  init(_ schema: String) throws { tools = [("write_thing", try JSONValue(parsing: Array(schema.utf8)))] }

  init(tools: [(name: String, schema: JSONValue)]) { self.tools = tools }

  func files(_ rules: String) throws -> ProjectFiles {
    let text = """
      version: 1
      name: demo
      defaults: \(defaults)
      upstreams: { fs: { command: server, tools: \(settings) } }
      rules:
      \(rules)
      """
    return ProjectFiles(text, lock: try lock)
  }

  func found(_ rules: String) throws -> [Diagnostic] { check(try files(rules), settings: testSettings).found }

  /// What is found where one rule has the condition, as it follows `when:`.
  func found(when condition: String, effect: String = "deny", tool: String = "'*'") throws -> [Diagnostic] {
    try found("  - { id: a, effect: \(effect), tool: \(tool), when: \(condition) }")
  }

  /// Codes only, those of the lock left out.
  func codes(when condition: String, effect: String = "deny", tool: String = "'*'") throws -> [String] {
    try found(when: condition, effect: effect, tool: tool).map(\.code).filter { $0.stage != 4 }.map(\.description)
  }

  private var lock: String {
    get throws {
      let locked = try tools.map { tool in
        try LockedTool(
          definition: .object([.init("name", .string(tool.name)), .init("inputSchema", tool.schema)]),
          trustAnnotations: false)
      }
      return LockFile(
        upstreams: [LockedUpstream(name: "fs", server: nil, instructionsDigest: nil, tools: locked)]
      ).text
    }
  }
}
