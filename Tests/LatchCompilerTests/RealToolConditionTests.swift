import Foundation
import LatchCompiler
import LatchJSON
import LatchSource
import LatchTestSupport
import Testing

/// Conditions made from the schemas of real servers' tools, of which nothing wrong may be said.
@Suite("Conditions on real tools")
struct RealToolConditionTests {
  private struct Server {
    var name: String
    var tools: [(name: String, schema: JSONValue)]
  }

  @Test(
    "Paths that a schema has are found, and matchers of the right type fit",
    .enabled(if: Corpus.url("tools") != nil, "no corpus of tools"), .timeLimit(.minutes(15)))
  func nothingFalseIsSaid() throws {
    var dice = Dice(seed: 41)
    var (tools, rules) = (0, 0)
    for server in try servers() {
      var written: [String] = []
      for tool in server.tools {
        tools += 1
        for _ in 0..<3 {
          guard let condition = randomCondition(on: tool.schema, &dice) else { continue }
          written.append(rule(written.count, tool: quoted(tool.name), condition))
        }
        // The same about every tool that happens to have it.
        if let condition = randomCondition(on: tool.schema, &dice, isTolerant: true) {
          written.append(rule(written.count, tool: "'*'", condition))
        }
      }
      guard !written.isEmpty else { continue }
      rules += written.count
      let found = try ConditionProject(tools: server.tools).found(written.joined(separator: "\n"))
      for finding in found where ["L3102", "L3103"].contains(finding.code) {
        Issue.record("\(server.name): \(finding.message)")
      }
    }
    print("conditions on real tools: \(rules) rules on \(tools) tools, nothing false said")
    #expect(tools >= 200 && rules >= 600)
  }

  @Test(
    "A misspelt argument of a tool whose schema names its arguments is found",
    .enabled(if: Corpus.url("tools") != nil, "no corpus of tools"), .timeLimit(.minutes(15)))
  func misspeltIsFound() throws {
    var checked = 0
    for server in try servers() {
      var rules: [String] = []
      for tool in server.tools {
        guard let name = tool.schema["properties"]?.object?.first?.name,
          tool.schema["additionalProperties"] == nil, tool.schema["patternProperties"] == nil
        else { continue }
        rules.append(rule(rules.count, tool: quoted(tool.name), "{ \(quoted(name + "zq")): { glob: a } }"))
      }
      guard !rules.isEmpty else { continue }
      let found = try ConditionProject(tools: server.tools).found(rules.joined(separator: "\n"))
      #expect(found.count { $0.code == "L3102" } == rules.count, "\(server.name)")
      checked += rules.count
    }
    print("conditions on real tools: \(checked) misspelt arguments found")
    #expect(checked >= 200)
  }

  /// Those with tools whose names a rule can give and whose schemas are whole.
  private func servers() throws -> [Server] {
    let directory = try #require(Corpus.url("tools"))
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    return try files.filter { $0.hasSuffix(".json") && !$0.hasPrefix("labels") }.compactMap { file in
      let value = try JSONValue(parsing: Array(Data(contentsOf: directory.appending(path: file))))
      var seen: Set<String> = []
      let tools = (value["tools"]?.array ?? []).compactMap { tool -> (String, JSONValue)? in
        guard let name = tool["name"]?.string, let schema = tool["inputSchema"], schema["properties"] != nil,
          !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"*?@'".utf8.contains($0) }),
          seen.insert(name).inserted
        else { return nil }
        return (name, schema)
      }
      return tools.isEmpty ? nil : Server(name: file, tools: Array(tools.prefix(40)))
    }.prefix(160).map(\.self)
  }

  private func rule(_ number: Int, tool: String, _ condition: String) -> String {
    "  - { id: r\(number), effect: allow, tool: \(tool), when: \(condition) }"
  }
}

/// YAML's single quotes.
private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

/// A name as an argument path writes it, in YAML's single quotes.
private func key(_ path: [String]) -> String {
  let steps = path.map { step in
    step.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F }
      ? step : JSONValue.string(step).pretty(sorted: false).trimmingCharacters(in: .newlines)
  }
  return quoted(steps.joined(separator: "."))
}

/// A map of one argument path that the schema has to a matcher that fits it; nil where the dice find none.
private func randomCondition(on schema: JSONValue, _ dice: inout Dice, isTolerant: Bool = false) -> String? {
  var path: [String] = []
  var current = schema
  while let member = (resolved(current, in: schema, &dice)["properties"]?.object ?? []).randomElement(using: &dice) {
    path.append(member.name)
    current = resolved(member.value, in: schema, &dice)
    if Bool.random(using: &dice) { break }
  }
  guard !path.isEmpty, !path.contains(where: \.isEmpty) else { return nil }
  guard let matcher = randomMatcher(of: current, in: schema, &dice, isTolerant: isTolerant) else { return nil }
  return "{ \(key(path)): \(matcher) }"
}

/// Follows references, and takes one of several alternatives.
private func resolved(_ schema: JSONValue, in root: JSONValue, _ dice: inout Dice) -> JSONValue {
  var schema = schema
  for _ in 0..<4 {
    if let reference = schema["$ref"]?.string {
      let tokens = reference.split(separator: "/").dropFirst()
      schema = tokens.reduce(Optional(root)) { $0?[String($1)] } ?? .bool(true)
    } else if let branch = (schema["anyOf"] ?? schema["oneOf"])?.array?.randomElement(using: &dice) {
      schema = branch
    }
  }
  return schema
}

/// A matcher for one of the values that the schema takes.
private func randomMatcher(
  of schema: JSONValue, in root: JSONValue, _ dice: inout Dice, isTolerant: Bool
) -> String? {
  let every = isTolerant ? ", type: [string, number, boolean, array, object, 'null']" : ""
  if let value = schema["enum"]?.array?.randomElement(using: &dice)?.string { return isTolerant ? nil : quoted(value) }
  guard let type = schema["type"]?.string ?? schema["type"]?.array?.first?.string else { return nil }
  switch type {
  case "string": return "{ glob: '*a*'\(every) }"
  case "integer", "number": return "{ min: \(schema["minimum"]?.integer ?? 0)\(every) }"
  case "boolean": return isTolerant ? "{ type: boolean }" : "true"
  case "array":
    let element = schema["items"].map { resolved($0, in: root, &dice) } ?? .bool(true)
    let inner = isTolerant ? nil : randomMatcher(of: element, in: root, &dice, isTolerant: false)
    return inner.map { "{ any: \($0) }" } ?? "{ length: { max: 9 }\(every) }"
  case "object": return isTolerant ? nil : "{ type: object }"
  default: return nil
  }
}
