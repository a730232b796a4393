import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource
import LatchTestSupport
import Testing

@Suite("What the compiler makes")
struct CompileTests {
  private func bundle(_ files: ProjectFiles) throws -> Bundle {
    let outcome = compile(files, settings: testSettings)
    let report = TextRenderer().render(outcome.found, in: files.sources)
    return try #require(outcome.accepted, "\(report)")
  }

  @Test("A valid project gives the recorded bundle", arguments: Fixture.all(in: "valid"))
  func givesTheRecordedBundle(_ fixture: Fixture) throws {
    let bytes = try bundle(try ProjectFiles(fixture)).encoded()
    #expect(try fixture.difference(of: String(decoding: bytes, as: UTF8.self), from: "policy.latch") == nil)
  }

  @Test("What is read from a bundle is what was lowered", arguments: Fixture.all(in: "valid"))
  func survivesTheFile(_ fixture: Fixture) throws {
    let made = try bundle(try ProjectFiles(fixture))
    #expect(try Bundle.read(try made.encoded()) == made)
  }

  @Test(
    "What a pattern of `include:` would take up is protected too",
    arguments: [
      ("rules/*.yaml", "rules/a.yaml", ["rules: *.yaml"]), ("*.latch.yml", "a.latch.yml", [".: *.latch.yml"]),
      ("**/*.yaml", "a/b.yaml", [".: *.yaml"]), ("p/**/q/*/c.yaml", "p/q/x/c.yaml", ["p: q/*/c.yaml"]),
      ("*/policies/*.yaml", "a/policies/b.yaml", [".: policies/*.yaml"]), ("a/b.yaml", "a/b.yaml", []),
      ("s/*.{yaml,yml}", "s/a.yml", ["s: *.yaml", "s: *.yml"]), ("s/[ab]?.yaml", "s/ab.yaml", ["s: *.yaml"]),
      ("s/*.{yam,ym}l", "s/a.yaml", ["s: *.yaml", "s: *.yml"]), ("{a,b}/p.yaml", "a/p.yaml", [".: p.yaml"]),
    ])
  func includesAreProtected(pattern: String, file: String, expected: [String]) throws {
    let files = try ProjectFiles([
      "latch.yaml": Array("version: 1\nname: a\ninclude: ['\(pattern)']\n".utf8),
      file: Array("version: 1\nrules: []\n".utf8),
    ])
    let protected = try bundle(files).guarding.protected
    #expect(protected.contains { $0.path == file && $0.pattern.isEmpty })
    let families = protected.filter { !$0.pattern.isEmpty }
    #expect(families.map { "\($0.path): \($0.pattern.joined(separator: "/"))" } == expected)
  }

  @Test(
    "The name of the built-in guardrail is nobody else's, whether it is on or off", arguments: ["rules", "guardrails"])
  func builtInName(_ key: String) throws {
    let rules = "\(key): [{ id: latch-self, effect: deny }, { id: latch-self-2, effect: deny }]\n"
    for settings in ["", "defaults: { protect_self: false }\n"] {
      let files = ProjectFiles("version: 1\nname: demo\n\(settings)\(rules)")
      #expect(check(files, settings: testSettings).found.map(\.code) == ["L2002"])
      #expect(compile(files, settings: testSettings).value == nil)
    }
  }

  @Test("The order of files makes no difference")
  func orderOfFilesMakesNoDifference() throws {
    let files = try ProjectFiles(try fixture("files"))
    var shuffled = files
    shuffled.included.reverse()
    #expect(try bundle(files).encoded() == bundle(shuffled).encoded())
  }

  @Test("Comments, layout and the order of keys and rules change places and digests of files, never the policy")
  func layoutMakesNoDifference() throws {
    let one = """
      version: 1
      name: demo
      rules:
        - id: a
          effect: allow
          when: { x: [1, 2], y: { glob: "a*" } }
        - id: b
          effect: deny
          unless: { y: { glob: "a*" }, x: 3 }
      upstreams:
        fs: { command: server, env: { A: a, B: b } }
      """
    let other = """
      name: demo   # the same
      version: 1
      upstreams:
        fs: { env: { B: b, A: a }, command: server }
      rules:
        - effect: deny
          unless: { x: [3], y: { glob: ["a*"] } }
          id: b
        - id: a
          when: { y: { glob: "a*" }, x: { in: [2, 1] } }
          effect: allow
      """
    let lock = #"{"version": 1, "upstreams": [{"name": "fs", "tools": []}]}"#
    let digests = try [one, other].map {
      try FrozenBundle(try bundle(ProjectFiles($0, lock: lock)).encoded()).policyDigest
    }
    #expect(digests[0] == digests[1])
  }

  @Test("Texts that look the same and differ in their bytes stay apart")
  func canonicallyEqualTextsStayApart() throws {
    let text =
      "version: 1\nname: demo\nrules:\n  - id: a\n    effect: deny\n    when: { x: \"\\u00e9\" }\n"
      + "  - id: b\n    effect: deny\n    when: { x: \"e\\u0301\" }\nupstreams: { fs: { command: server } }\n"
    let made = try bundle(ProjectFiles(text, lock: #"{"version": 1, "upstreams": [{"name": "fs", "tools": []}]}"#))
    #expect(made.upstreams.first?.atoms.count == 2)
  }

  @Test("Without a lock there are warnings but no bundle, and the error names sync")
  func noLockNoBundle() throws {
    let files = ProjectFiles("version: 1\nname: demo\nupstreams: { git: { command: server } }\n")
    #expect(check(files, settings: testSettings).accepted != nil)
    let outcome = compile(files, settings: testSettings)
    #expect(outcome.value == nil)
    let error = try #require(outcome.found.first { $0.severity == .error })
    #expect(error.code == "L4001")
    #expect(error.message.contains("latch sync"))
  }

  @Test("An upstream that is off wants no lock and is in no bundle")
  func disabledUpstreams() throws {
    let text = "version: 1\nname: demo\nupstreams: { git: { command: server, enabled: false } }\n"
    #expect(try bundle(ProjectFiles(text)).upstreams.isEmpty)
  }

  @Test("A list is worth what its most specific matching member is worth")
  func listsScoreByMember() throws {
    let made = try bundle(try ProjectFiles(try fixture("files")))
    let git = try #require(made.upstreams.first { $0.name == "git" })
    let commits = try #require(made.rules.firstIndex { $0.id == "commits" })
    let scores = git.tools.filter { !$0.name.hasPrefix("@") }.map { tool in
      tool.candidates.first { $0.rule == commits }?.specificity.tool
    }
    #expect(scores == [2, 1])
  }

  @Test("A tool nobody could call is listed to nobody")
  func neverCallableIsNotListed() throws {
    let made = try bundle(try ProjectFiles(try fixture("files")))
    let tools = made.upstreams.flatMap(\.tools)
    #expect(tools.first { $0.name == "run_command" }?.listed == .nobody)
    #expect(tools.first { $0.name == "read_file" }?.listed == .everyone)
  }

  @Test("A rule that has names takes them along for tools that are not known, once for each thing they are worth")
  func unknownTools() throws {
    let text = """
      version: 1
      name: demo
      defaults: { unknown_tool: require_approval }
      upstreams: { fs: { command: server }, git: { command: server } }
      rules:
        - { id: allow-some, effect: allow, tool: "read_*" }
        - { id: deny-some, effect: deny, tool: "drop_*" }
        - { id: all, effect: allow }
        - { id: both, effect: allow, upstream: "*", tool: [other, "o*", "*"] }
        - { id: reads, effect: allow, class: read }
        - { id: elsewhere, effect: deny, upstream: git }
      """
    let lock = LockFile(upstreams: [
      LockedUpstream(name: "fs", server: nil, instructionsDigest: nil, tools: []),
      LockedUpstream(
        name: "git", server: nil, instructionsDigest: nil,
        tools: [try LockedTool(definition: ["name": "other"], trustAnnotations: false)]),
    ])
    let made = try bundle(ProjectFiles(text, lock: lock.text))
    let program = try #require(made.upstreams.first?.unknownTool)
    #expect(program.map { made.rules[$0.rule].id } == ["both", "allow-some", "both", "deny-some", "all", "both"])
    #expect(program.map(\.tools) == [["other"], ["read_*"], ["o*"], ["drop_*"], nil, nil])
  }

  private func project(_ rest: String, settings: String = "") -> ProjectFiles {
    ProjectFiles(
      "version: 1\nname: demo\n\(settings)\nupstreams: { fs: { command: server } }\nrules: [{ id: a, effect: allow\(rest) }]\n",
      lock: #"{"version": 1, "upstreams": [{"name": "fs", "tools": []}]}"#)
  }

  @Test(
    "The greatest numbers that may be written get to a bundle that is read again; greater ones are refused",
    arguments: [
      (", limit: { calls: #, per: 1h }", "", 2_147_483_647, "L1006"),
      (", when: { a: { length: { min: # } } }", "", 2_147_483_647, "L1006"),
      (", when: { a: { length: { max: # } } }", "", 2_147_483_647, "L1006"),
      (", when: { 'a[#]': x }", "", 2_147_483_647, "L1011"),
      ("", "limits: { depth: # }", 512, "L1006"),
      ("", "limits: { message_bytes: # }", 1_073_741_824, "L1006"),
      ("", "limits: { automaton_states: # }", 65_535, "L1006"),
      ("", "serial: #", 9_007_199_254_740_991, "L1006"),
    ])
  func greatestNumbers(_ rule: String, _ settings: String, _ greatest: Int, _ code: DiagnosticCode) throws {
    func files(_ number: String) -> ProjectFiles {
      project(
        rule.replacing("#", with: number), settings: settings.replacing("#", with: number)
      )
    }
    let made = try bundle(files(String(greatest)))
    #expect(try Bundle.read(try made.encoded()) == made)
    for number in [String(greatest + 1), "99999999999999999999999"] {
      #expect(check(files(number), settings: testSettings).found.map(\.code) == [code])
    }
  }

  @Test("A whole number is one however it is written", arguments: ["20.0", "2e1", "0.2e2", "200e-1"])
  func wholeNumbers(_ written: String) throws {
    let rest = (", limit: { calls: #, per: 1h }, when: { a: { length: { min: 0.0, max: # } } }", "serial: #")
    func digest(_ number: String) throws -> String {
      let made = try bundle(
        project(
          rest.0.replacing("#", with: number), settings: rest.1.replacing("#", with: number)
        ))
      #expect(made.serial == 20)
      return try FrozenBundle(freezing: made).policyDigest
    }
    #expect(try digest(written) == digest("20"))
  }

  private func fixture(_ name: String) throws -> Fixture {
    try #require(Fixture.all(in: "valid").first { $0.name == name })
  }
}
