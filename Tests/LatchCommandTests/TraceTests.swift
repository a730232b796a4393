import Foundation
import LatchTestSupport
import Testing

@Suite("The trace of a decision")
struct TraceTests {
  private static let policy = """
    version: 1
    name: traced
    upstreams:
      fs: { command: mcp-server-files }
      git: { command: mcp-server-git }
    values:
      ours: ["${project}/a", /srv]
    defaults: { extra_arguments: ignore }
    rules:
      - id: forms
        effect: allow
        tool: write_file
        when:
          path: { within: $ours }
          content: { not: { contains: x } }
          any_of: [{ path: { within: [/srv, "${project}"] } }, { content: b }]
          none_of: [{ content: { prefix: z } }]
        unless: { path: { path_glob: "**/.git/**" }, content: { not: { suffix: q } } }

    """

  private func said(_ words: String...) throws -> String {
    let place = try Place()
    let lock = try #require(Fixture.all(in: "commands", prefix: "test-all-pass").first).text("latch.lock")
    try place.write(lock, to: "project/latch.lock")
    try place.write(Self.policy, to: "project/latch.yaml")
    let call = [
      "eval", "--upstream", "fs", "--tool", "write_file", "--arguments", #"{"path":"/srv/a","content":"c"}"#,
    ]
    return try Run(of: call + words, in: place.url("project")).text
  }

  @Test("Each condition is shown with the words that it stands under")
  func text() throws {
    let lines = try said().split(separator: "\n").filter { $0.hasPrefix("      ") }
    let conditions = lines.map { $0.drop { $0 == " " }.split(separator: " ", maxSplits: 1)[1] }
    #expect(
      conditions.sorted() == [
        "any_of content equals: no", "any_of path within: yes", "not content contains: no", "not content prefix: no",
        "path within: yes", "unless not content suffix: no", "unless path path_glob: no",
      ])
  }

  @Test("JSON has the words too, from the outside in")
  func json() throws {
    struct Verdict: Decodable {
      struct Entry: Decodable { var conditions: [Condition] }
      struct Condition: Decodable {
        var path, matcher: String
        var held: Bool
        var under: [String]
      }
      var effect: String
      var trace: [Entry]
    }
    let text = try said("--json").replacing("# exit 0\n", with: "")
    let verdict = try JSONDecoder().decode(Verdict.self, from: Data(text.utf8))
    #expect(verdict.effect == "allow")
    let conditions = verdict.trace.flatMap(\.conditions)
    #expect(conditions.count == 7)
    #expect(conditions.contains { $0.matcher == "suffix" && $0.under == ["unless", "not"] && !$0.held })
    #expect(conditions.contains { $0.matcher == "within" && $0.under.isEmpty && $0.held })
  }
}
