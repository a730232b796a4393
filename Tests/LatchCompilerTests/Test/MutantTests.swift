import LatchCompiler
import LatchPolicy
import Testing

@Suite("Changes of a policy that its tests notice")
struct MutantTests {
  /// The changes that no test notices, as `rule: change`.
  private func survivors(_ text: String, total: Int? = nil) throws -> [String] {
    let bench = try benched(head + text)
    let results = bench.run()
    #expect(results.allSatisfy { $0.status == .passed })
    let run = try bench.mutate(results)
    if let total { #expect(run.total == total) }
    #expect(run.killed == run.total - run.survivors.count)
    return run.survivors.map { "\($0.rule): \($0.change)" }
  }

  private func test(_ tool: String, _ arguments: String, _ expect: String) -> String {
    "  - { name: t, call: { upstream: fs, tool: \(tool), arguments: \(arguments) }, expect: \(expect) }\n"
  }

  @Test("Without tests nothing is noticed, and every kind of change is made")
  func everyChange() throws {
    let rules = """
      guardrails:
        - { id: g, effect: deny, tool: read_file, when: { p: { suffix: .pem } } }
        - { id: h, effect: require_approval, tool: read_file }
      rules:
        - { id: a, effect: allow, tool: write_file, when: { p: 1, q: { min: 1, max: 3 } }, unless: { r: true } }
        - { id: b, effect: deny, tool: write_file }
        - { id: c, effect: require_approval, tool: run_command }

      """
    #expect(
      try survivors(rules, total: 21) == [
        "a: left out", "a: `allow` changed to `deny`", "a: `p equals` left out of `when`",
        "a: `q min` left out of `when`", "a: `q max` left out of `when`", "a: `unless` left out",
        "a: `p equals` negated", "a: `q min` negated", "a: `q max` negated", "a: `r equals` negated",
        "b: left out", "b: `deny` changed to `allow`",
        "c: left out", "c: `require_approval` changed to `allow`", "c: `require_approval` changed to `deny`",
        "g: left out", "g: `deny` changed to `require_approval`", "g: `when` left out", "g: `p suffix` negated",
        "h: left out", "h: `require_approval` changed to `deny`",
      ])
  }

  @Test("A rule that gives what the default gives is noticed by its name only")
  func sameEffect() throws {
    let rule = "rules: [{ id: a, effect: deny, tool: run_command }]\ntests:\n"
    #expect(try survivors(rule + test("run_command", "{}", "{ effect: deny }")) == ["a: left out"])
    #expect(try survivors(rule + test("run_command", "{}", "{ effect: deny, rule: a }")).isEmpty)
  }

  @Test("Only tests on both sides of a condition notice that it is gone")
  func bothSides() throws {
    let rule = "rules: [{ id: a, effect: allow, tool: read_file, when: { p: { prefix: x } } }]\ntests:\n"
    let inside = test("read_file", "{ p: xy }", "{ effect: allow }")
    #expect(try survivors(rule + inside) == ["a: `when` left out"])
    #expect(try survivors(rule + inside + test("read_file", "{ p: y }", "{ effect: deny }")).isEmpty)
  }

  @Test("Matchers inside `any` and `all` are negated by themselves")
  func insideElements() throws {
    let rule = "rules: [{ id: a, effect: allow, tool: read_file, when: { p: { all: { any: { glob: x } } } } }]\n"
    let all = ["a: `p all` negated", "a: `any` inside `p all` negated", "a: `glob` inside `p all` negated"]
    #expect(try survivors(rule).filter { $0.contains("negated") } == all)
    let noticing = test("read_file", "{ p: [[x]] }", "{ effect: allow }")
    #expect(try survivors(rule + "tests:\n" + noticing).filter { $0.contains("negated") }.isEmpty)
  }

  @Test("A guardrail that only sets a bound is changed in its effect alone")
  func onlySetsBound() throws {
    let rule = "guardrails: [{ id: g, effect: deny, when: { p: 1 }, limit: { calls: 1, per: 1h } }]\n"
    #expect(try survivors(rule, total: 1) == ["g: `deny` changed to `require_approval`"])
  }

  @Test("Rules that are off or speak of no tool are not changed")
  func notChanged() throws {
    let rules = """
      rules:
        - { id: a, effect: deny, tool: none_* }
        - { id: b, effect: deny, tool: read_file, enabled: false }

      """
    #expect(try survivors(rules, total: 0).isEmpty)
  }

  @Test("What is changed is where the survivor's place says")
  func places() throws {
    let bench = try benched(
      head + "rules:\n  - id: a\n    effect: deny\n    when: { p: 1 }\n    unless:\n      q: 2\n")
    let run = try bench.mutate(bench.run())
    #expect(
      run.survivors.map { $0.place?.dropFirst("latch.yaml:".count) } == [
        "5:9", "5:9", "7:16", "9:10", "7:16", "9:10",
      ])
  }

  @Test("Of many rules those that no test is about are told apart")
  func scale() throws {
    var text = "rules:\n"
    for number in 0..<60 {
      text += "  - { id: r-\(number), effect: allow, tool: \"*_file\", when: { p: { glob: \"d\(number)/**\" } } }\n"
    }
    text += "tests:\n"
    for number in 0..<30 {
      text += test("write_file", "{ p: d\(number)/x }", "{ effect: allow, rule: r-\(number) }")
    }
    // An unconditional allow still lets its own call through; the rules that no test is about are noticed only where
    // they let all others through under a smaller id.
    #expect(try survivors(text, total: 240).count == 30 + 30 * 3)
  }
}
