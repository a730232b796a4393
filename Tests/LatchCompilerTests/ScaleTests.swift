import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource
import Testing

@Suite("Large projects")
struct ScaleTests {
  @Test("Thousands of rules and hundreds of tools are compiled in seconds", .timeLimit(.minutes(1)))
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
}
