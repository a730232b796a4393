import LatchCompiler
import LatchPolicy
import LatchSource
import Testing

@Suite("Tests of a policy")
struct TestRunTests {
  private static let rules = """
    guardrails:
      - { id: no-keys, effect: deny, tool: "*_file", when: { path: { suffix: .pem } } }
    rules:
      - { id: writes-a, effect: require_approval, tool: write_file }
      - { id: writes-b, effect: require_approval, tool: write_file }
      - { id: inside, effect: allow, tool: read_file, when: { path: { within: ["${project}", "${home}/x"] } } }

    """

  /// One test, `call` and `expect` as written; what came of it.
  private func result(call: String, expect: String, client: String = "") throws -> TestResult {
    let bench = try benched(
      head + Self.rules + "tests:\n  - name: one\n    call: \(call)\n    expect: \(expect)\n" + client)
    return try #require(bench.run().first)
  }

  @Test(
    "A test passes where all that it says came out",
    arguments: [
      ("{ effect: require_approval }", TestResult.Status.passed), ("{ effect: deny }", .failed),
      ("{ rule: writes-a }", .passed), ("{ decided_by: rule }", .passed),
      ("{ effect: require_approval, rule: writes-a, decided_by: rule }", .passed),
      ("{ effect: require_approval, rule: writes-a, decided_by: guardrail }", .failed),
      ("{ effect: require_approval, rule: no-keys }", .failed),
    ])
  func whatItSaysCameOut(_ expect: String, _ status: TestResult.Status) throws {
    #expect(try result(call: "{ upstream: fs, tool: write_file }", expect: expect).status == status)
  }

  @Test("The rule that is expected is the one that is reported, not another that says the same")
  func theReportedRule() throws {
    let result = try result(call: "{ upstream: fs, tool: write_file }", expect: "{ rule: writes-b }")
    #expect(result.status == .failed)
    #expect(result.decision?.also == ["writes-b"])
  }

  @Test(
    "`${project}` and `${home}` begin a text of the arguments, at any depth, and nothing else is filled in",
    arguments: [
      ("${project}", "inside"), ("${project}/a/b", "inside"), ("${home}/x/y", "inside"), ("${home}", nil),
      ("$${project}/a", nil), ("${projects}/a", nil), ("x${project}", nil), ("${projec", nil), ("/srv/p/a", "inside"),
    ] as [(String, String?)])
  func directories(_ path: String, _ rule: String?) throws {
    let result = try result(
      call: "{ upstream: fs, tool: read_file, arguments: { path: \"\(path)\" } }", expect: "{ effect: allow }")
    #expect(result.decision?.rule == rule)
  }

  @Test("Arguments that the proxy would not read are denied as it denies them")
  func unreadable() throws {
    let deep = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
    let bench = try benched(
      head + "limits: { depth: 16 }\n" + Self.rules
        + """
        tests:
          - name: too deep
            call: { upstream: fs, tool: write_file, arguments: { x: \(deep) } }
            expect: { effect: deny, decided_by: unreadable }
          - name: two of a name
            call: { upstream: fs, tool: write_file, arguments: { path: a, Path: b } }
            expect: { effect: deny, decided_by: unreadable }
          - name: another type
            call: { upstream: fs, tool: write_file, arguments: { path: 1 } }
            expect: { effect: deny, decided_by: unreadable_argument }

        """)
    #expect(bench.run().map(\.status) == [.passed, .passed, .passed])
  }

  @Test("Numbers keep every digit on their way to the policy")
  func numbers() throws {
    let rule = "rules: [{ id: one, effect: allow, tool: read_file, when: { n: 9007199254740993 } }]\n"
    for (number, status) in [("9007199254740993", TestResult.Status.passed), ("9007199254740992", .failed)] {
      let bench = try benched(
        head + rule
          + "tests: [{ name: n, call: { upstream: fs, tool: read_file, arguments: { n: \(number) } }, expect: { rule: one } }]\n"
      )
      #expect(bench.run().map(\.status) == [status])
    }
  }

  @Test("Tests of an upstream that is off are skipped")
  func skipped() throws {
    let bench = try benched(
      """
      version: 1
      name: demo
      upstreams: { fs: { command: server }, off: { command: server, enabled: false } }
      tests:
        - { name: a, call: { upstream: off, tool: x }, expect: { effect: allow } }
        - { name: b, call: { upstream: fs, tool: read_file }, expect: { effect: deny } }

      """)
    #expect(bench.run().map(\.status) == [.skipped, .passed])
  }

  @Test("A test may expect the built-in guardrail where it is on, and only there")
  func selfProtection() throws {
    let test = """
      rules: [{ id: all, effect: allow, tool: write_file }]
      tests:
        - name: the policy stays
          call: { upstream: fs, tool: write_file, arguments: { path: "${project}/latch.yaml" } }
          expect: { effect: deny, rule: latch-self, decided_by: guardrail }

      """
    #expect(try benched(head + test).run().map(\.status) == [.passed])
    let off = found(in: head + "defaults: { protect_self: false }\n" + test, lock: try filesLock().text)
    #expect(off.filter { $0.severity == .error }.map(\.code) == ["L2103"])
  }

  @Test("The trace says where each matcher stands, also where one becomes several atoms")
  func placesOfMatchers() throws {
    let text =
      head + Self.rules
      + "tests: [{ name: n, call: { upstream: fs, tool: read_file, arguments: { path: /a } }, expect: { effect: deny } }]\n"
    let entries = try #require(try benched(text).run().first).entries
    let inside = try #require(entries.first { $0.rule == "inside" })
    #expect(try rest(at: inside.place, of: text).hasPrefix("inside, effect"))
    #expect(inside.conditions.count == 2)
    for question in inside.conditions {
      #expect(try rest(at: question.place, of: text).hasPrefix("[\"${project}\", "))
    }
    let keys = try #require(entries.first { $0.rule == "no-keys" })
    #expect(try rest(at: keys.conditions.first?.place, of: text).hasPrefix(".pem "))
  }

  @Test("Places follow the conditions however they nest and are ordered")
  func placesOfNestedMatchers() throws {
    let text =
      head + """
        rules:
          - id: nested
            effect: deny
            tool: read_file
            when:
              z: last
              any_of:
                - b: { fields: { c: inner } }
                - none_of: [{ a: { prefix: p, suffix: s } }]
            unless:
              list: { any: { glob: "x*" } }
        tests:
          - name: n
            call: { upstream: fs, tool: read_file }
            expect: { effect: allow }

        """
    let entry = try #require(try benched(text).run().first?.entries.first)
    for question in entry.conditions {
      let wanted = [
        "z equals": "last", "b fields": "{ c: inner }", "b.c equals": "inner", "a prefix": "p,", "a suffix": "s ",
        "list any": "{ glob",
      ]["\(question.path) \(question.matcher)"]
      #expect(try rest(at: question.place, of: text).hasPrefix(try #require(wanted)), "\(question)")
    }
    #expect(entry.conditions.count == 6)
  }
}
