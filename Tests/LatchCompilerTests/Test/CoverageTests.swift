import LatchCompiler
import LatchPolicy
import Testing

@Suite("Coverage of a policy by its tests")
struct CoverageTests {
  private func coverage(_ rules: String, _ tests: String) throws -> Coverage {
    let bench = try benched(head + rules + tests)
    return Coverage(of: bench.bundle, by: bench.run())
  }

  private static let rules = """
    guardrails:
      - { id: bound, effect: deny, tool: write_file, limit: { calls: 1, per: 1h } }
    rules:
      - { id: a, effect: allow, tool: write_file, when: { path: { within: ["${project}", /srv] } } }
      - { id: b, effect: allow, tool: write_file, when: { mode: [1, 2] }, unless: { x: { fields: { y: z } } } }
      - { id: c, effect: deny, tool: run_command }

    """

  private func test(_ arguments: String, tool: String = "write_file") -> String {
    "  - { name: t, call: { upstream: fs, tool: \(tool), arguments: \(arguments) }, expect: { effect: allow } }\n"
  }

  @Test("Rules that decide count with those that say the same, and a bound where it counts the call")
  func rules() throws {
    let coverage = try coverage(Self.rules, "tests:\n" + test("{ path: /srv/a, mode: 1 }"))
    #expect(coverage.rules.map(\.id) == ["a", "b", "bound", "c"])
    #expect(coverage.rules.map(\.decided) == [1, 1, 1, 0])
    #expect(coverage.decided == Share(3, of: 4))
  }

  @Test("A matcher has held and failed, paths from several directories as one; `fields` itself is none")
  func matchers() throws {
    let coverage = try coverage(Self.rules, "tests:\n" + test("{ path: /srv/a, mode: 1 }") + test("{ path: /etc }"))
    let matchers = coverage.rules.flatMap(\.matchers)
    #expect(matchers.map { "\($0.path) \($0.name)" } == ["path within", "mode equals", "x.y equals"])
    #expect(matchers.map(\.held) == [1, 1, 0])
    #expect(matchers.map(\.failed) == [1, 1, 2])
    #expect(coverage.matched == Share(2, of: 3))
    #expect(try rest(at: matchers[0].place, of: head + Self.rules).hasPrefix("[\"${project}\", /srv]"))
  }

  @Test("What is refused before the rules shows nothing of their matchers")
  func refused() throws {
    let coverage = try coverage(Self.rules, "tests:\n" + test("{ path: 1 }") + test("{ path: /a, PATH: /b }"))
    #expect(coverage.rules.flatMap(\.matchers).allSatisfy { $0.held == 0 && $0.failed == 0 })
  }

  @Test("A rule that speaks of no tool has no matchers and decides nothing")
  func speaksOfNoTool() throws {
    let coverage = try coverage("rules: [{ id: a, effect: deny, tool: none_*, when: { x: 1 } }]\n", "")
    #expect(coverage.rules.map(\.matchers) == [[]])
    #expect(coverage.decided == Share(0, of: 1))
  }

  @Test("Percentages are rounded down, and nothing of nothing is all")
  func shares() {
    #expect(Share(2, of: 3).percent == 66)
    #expect(Share(199, of: 200).percent == 99)
    #expect(Share(0, of: 0).percent == 100)
  }
}
