import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource
import Testing

@Suite("Large projects")
struct ScaleTests {
  @Test("Thousands of rules and hundreds of tools are compiled in seconds", .timeLimit(.minutes(15)))
  func manyRules() throws {
    var text = "version: 1\nname: large\nupstreams: { fs: { command: server } }\nrules:\n"
    for number in 0..<2000 {
      text += "  - { id: rule-\(number), effect: allow, tool: run_tool_\(number % 200), client: [cursor] }\n"
    }
    let lock = try LockFile(
      upstreams: [
        LockedUpstream(
          name: "fs", server: nil, instructionsDigest: nil,
          tools: (0..<200).map {
            try LockedTool(definition: .object([.init("name", .string("run_tool_\($0)"))]), trustAnnotations: false)
          })
      ])
    let files = ProjectFiles(text, lock: lock.text)
    let bundle = try #require(compile(files, settings: testSettings).accepted)
    #expect(bundle.rules.count == 2000)
  }

  @Test("Many conditions are held against the schemas of many tools in seconds", .timeLimit(.minutes(15)))
  func manyConditions() throws {
    let schema: JSONValue = [
      "properties": [
        "path": ["type": "string"], "mode": ["type": "integer", "minimum": 0, "maximum": 511],
        "options": ["type": "object", "properties": ["kind": ["enum": ["a", "b", "c"]]]],
      ]
    ]
    let project = ConditionProject(tools: (0..<200).map { ("write_\($0)", schema) })
    let rules = (0..<200).map { number in
      "  - { id: r\(number), effect: deny, tool: 'write_*', when: { path: { within: /srv/\(number) }, "
        + "mode: { min: \(number % 200) }, options.kind: [a, b] } }"
    }
    let found = try project.found(rules.joined(separator: "\n"))
    #expect(!found.hasErrors)
  }
}
