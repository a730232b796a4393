import LatchCompiler
import LatchJSON
import LatchSource
import Testing

/// Where a finding points: the text under its span.
@Suite("The text under the span")
struct PlaceTests {
  private func places(_ code: DiagnosticCode, in text: String) -> [String] {
    let source = Source(path: "latch.yaml", text: text)
    return found(in: text).filter { $0.code == code }.compactMap { $0.span.map { source[$0] } }
  }

  private func rule(_ line: String) -> String {
    "version: 1\nname: demo\nupstreams: { fs: { command: server } }\nrules:\n  - id: a\n    effect: deny\n    \(line)\n"
  }

  @Test("An unknown key is the key, quoted or not")
  func unknownKey() {
    #expect(places("L1001", in: rule("klass: read")) == ["klass"])
    #expect(places("L1001", in: rule("\"klass\": read")) == ["\"klass\""])
    #expect(places("L1001", in: rule("when: { x: { globb: a } }")) == ["globb"])
  }

  @Test("A bad value is the value, in a list the element")
  func badValue() {
    #expect(places("L1004", in: rule("class: raed")) == ["raed"])
    #expect(places("L1004", in: rule("class: [read, 'raed']")) == ["'raed'"])
  }

  @Test("An unknown name is the name, and its fix replaces it alone")
  func unknownName() throws {
    let text = rule("upstream: ['*', fz]")
    #expect(places("L2104", in: text) == ["fz"])
    let fix = try #require(found(in: text).first { $0.code == "L2104" }?.fix)
    let source = Source(path: "latch.yaml", text: text)
    let mended = String(decoding: try apply(fix.edits, to: source), as: UTF8.self)
    #expect(mended == text.replacing("fz", with: "fs"))
  }

  @Test("A bad reference is the reference, not the whole text around it")
  func badReference() {
    let text = "version: 1\nname: demo\nupstreams:\n  fs:\n    command: server\n    env: { A: \"a ${evn:B} c\" }\n"
    #expect(places("L3004", in: text) == ["${evn:B}"])
  }

  @Test("In a text with escapes the whole text is meant, since offsets in it are not those of the file")
  func escapedText() {
    let text = "version: 1\nname: demo\nupstreams:\n  fs:\n    command: server\n    env: { A: \"\\x41 ${evn:B}\" }\n"
    #expect(places("L3004", in: text) == ["\"\\x41 ${evn:B}\""])
  }

  @Test("What an alias brings in is blamed where the alias stands or where it was written, never elsewhere")
  func alias() {
    let text = rule("class: &c raed\n  - id: b\n    effect: deny\n    class: *c")
    #expect(places("L1004", in: text).allSatisfy { ["raed", "*c"].contains($0) })
    #expect(!places("L1004", in: text).isEmpty)
  }
}

/// One mistake, one finding.
@Suite("No cascades")
struct CascadeTests {
  private func codes(_ text: String) -> [String] {
    found(in: text).filter { $0.severity == .error }.map { "\($0.code)" }
  }

  @Test("A misspelled key is not also a missing one")
  func misspelledKey() {
    #expect(codes("version: 1\nname: demo\nrules:\n  - { id: a, efect: deny }\n") == ["L1001"])
    #expect(codes("version: 1\nname: demo\nupstreams: { a: { comand: x } }\n") == ["L1001"])
  }

  @Test("A broken upstream is still known to rules")
  func brokenUpstream() {
    let text =
      "version: 1\nname: demo\nupstreams: { fs: [server] }\nrules:\n  - { id: a, effect: deny, upstream: fs }\n"
    #expect(codes(text) == ["L1002"])
  }

  @Test("What a syntax error has swallowed is not called unknown")
  func syntaxError() {
    let text =
      "version: 1\nname: demo\nupstreams:\n  fs: { command: [\nrules:\n  - { id: a, effect: deny, upstream: fs }\n"
    #expect(codes(text).allSatisfy { $0.hasPrefix("L0") })
    #expect(!codes(text).isEmpty)
  }

  /// What is found in `latch.yaml` beside a file of the policy, both above a lock of `fs` and `git`.
  private func codes(_ root: String, beside other: String, lock: String = Self.lock) throws -> [String] {
    let files = try ProjectFiles([
      "latch.yaml": Array("version: 1\nname: demo\ninclude: [other.yaml]\n\(root)\n".utf8),
      "other.yaml": Array("version: 1\n\(other)\n".utf8), "latch.lock": Array(lock.utf8),
    ])
    return check(files, settings: testSettings).found.filter { $0.severity == .error }.map { "\($0.code)" }
  }

  private static let lock: String = {
    let definition = #"{"name": "read_file", "inputSchema": {"properties": {"path": {"type": "integer"}}}}"#
    let tool = (try? JSONValue(parsing: Array(definition.utf8))).flatMap {
      try? LockedTool(definition: $0, trustAnnotations: false)
    }
    let upstreams = ["fs", "git"].map {
      LockedUpstream(name: $0, server: nil, instructionsDigest: nil, tools: [tool].compactMap(\.self))
    }
    return LockFile(upstreams: upstreams).text
  }()

  private static let upstreams = "upstreams: { fs: { command: a }, git: { command: b } }\n"

  /// A rule with a mistake, which a file that could not be read takes nothing from.
  private static let mistakes: [(String, String)] = [
    ("client: curser", "L2102"), ("upstream: fs, tool: raed_file", "L2101"),
    ("upstream: fs, when: { pth: 1 }", "L3102"), ("upstream: fs, when: { path: { glob: a } }", "L3103"),
    ("when: { path: { glob: a } }", "L3103"),
    ("upstream: '*', when: { path: { host: $hosts } }", "L3103"), ("upstream: [fs, git], tool: x", "L2101"),
  ]

  @Test("What another file has lost hides no mistake that it could not excuse", arguments: mistakes)
  func syntaxErrorElsewhere(_ rule: String, _ code: String) throws {
    let root = Self.upstreams + "rules: [{ id: a, effect: deny, \(rule) }]"
    let found = try codes(root, beside: "rules: [{ id: b, effect: deny }\nvalues: { list: [a] }")
    #expect(found.filter { !$0.hasPrefix("L0") } == [code])
    #expect(found.contains { $0.hasPrefix("L0") })
    #expect(try codes(root, beside: "\u{0}").filter { !$0.hasPrefix("L0") } == [code])
  }

  @Test(
    "What another file has lost may be what is missing",
    arguments: [
      "upstream: gitt", "upstream: 'gi?t'", "tool: raed_file", "upstream: [fs, gitt], tool: raed_file",
      "upstream: fs, when: { path: $numbers }",
    ])
  func excused(_ rule: String) throws {
    let root =
      Self.upstreams + "rules: [{ id: a, effect: deny, \(rule) }]\n"
      + "tests: [{ name: t, call: { upstream: gitt, tool: x }, expect: { rule: b } }]"
    #expect(try codes(root, beside: "rules: [").allSatisfy { $0.hasPrefix("L0") })
    #expect(try !codes(root, beside: "rules: []").isEmpty)
  }

  @Test("An upstream of the lock that nobody defines may be what another file has lost, with its tools")
  func strangers() throws {
    let root = "upstreams: { fs: { command: a } }\nrules: [{ id: a, effect: deny, when: { path: { glob: a } } }]"
    #expect(try codes(root, beside: "upstreams: {").allSatisfy { $0.hasPrefix("L0") })
    #expect(try codes(root, beside: "rules: []") == ["L3103"])
  }

  @Test("What latch.yaml has lost may be a client, a key or a setting")
  func syntaxErrorInRoot() throws {
    let rules = """
      rules:
        - { id: a, effect: deny, client: curser }
        - { id: b, effect: require_approval, approval: { by: [key] } }
        - { id: c, effect: deny, upstream: fs, when: { other: x } }
      """
    let lost = try codes(Self.upstreams + "defaults: [", beside: rules)
    #expect(lost.allSatisfy { $0.hasPrefix("L0") })
    #expect(Set(try codes(Self.upstreams, beside: rules)) == ["L2102", "L3102", "L3401"])
    let named = Self.upstreams + "defaults: ["
    #expect(try codes(named, beside: "rules: [{ id: a, effect: deny, upstream: fs, tool: x }]").contains("L2101"))
  }

  @Test("A lock that cannot be read hides the names of tools and no others")
  func brokenLock() throws {
    let rules = "rules: [{ id: a, effect: deny, upstream: fs, tool: x }, { id: b, effect: deny, upstream: fz }]"
    #expect(try codes(Self.upstreams + rules, beside: "", lock: "{") == ["L2104", "L4003"])
  }

  @Test("An include that names nothing hides no mistake that it could not excuse")
  func emptyInclude() {
    let rules = "rules: [{ id: a, effect: deny, client: curser }, { id: b, effect: deny, upstream: fs }]\n"
    #expect(codes("version: 1\nname: demo\ninclude: [more.yaml]\n\(rules)") == ["L2201", "L2102"])
  }

  @Test("A tool of an upstream that does not exist is not looked for")
  func unknownUpstream() {
    let text = "version: 1\nname: demo\nrules:\n  - { id: a, effect: deny, upstream: fs, tool: x }\n"
    #expect(codes(text) == ["L2104"])
  }

  @Test("A word of YAML 1.1 in the place of a truth value is one mistake")
  func truthWord() {
    let text = "version: 1\nname: demo\nrules:\n  - { id: a, effect: deny, enabled: no }\n"
    #expect(found(in: text).map { "\($0.code)" } == ["L1002"])
  }

  @Test(
    "A file that is empty, a list or a text is one mistake", arguments: ["", "# nothing\n", "- a\n", "text\n", "~\n"])
  func notAMap(_ text: String) {
    #expect(codes(text).count == 1, "\(found(in: text))")
  }
}
