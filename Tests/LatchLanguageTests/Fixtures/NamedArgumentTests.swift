import LatchJSON
import LatchPolicy
import LatchSource
import Testing

/// What went wrong in products of this kind, and what language.md says must come out.
@Suite("Known mistakes of others: what is read of an argument")
struct NamedArgumentTests {
  private func insideDocs(_ path: String) throws -> String {
    let policy = try SmallPolicy("rules: [{ id: docs, effect: allow, when: { path: { within: /srv/docs } } }]\n")
    return try policy.outcome("read_file", "{\"path\": \(path)}")
  }

  @Test("A directory beside one that is allowed is not in it, however alike the names begin")
  func siblings() throws {
    #expect(try insideDocs(#""/srv/docs/a""#) == "allow rule docs")
    #expect(try insideDocs(#""/srv/docs-private/a""#) == "deny default")
    #expect(try insideDocs(#""/srv/docsa""#) == "deny default")
  }

  @Test(
    "A path that some program reads otherwise is read by nobody",
    arguments: [
      #""/srv/docs/../../etc/passwd""#, #""/srv/docs/..""#, #""/srv/docs/.""#, #""file:///srv/docs/%2e%2e/x""#,
      #""file://host/srv/docs/a""#, #""//srv/docs/a""#, #""/srv/docs//a""#, #""/srv/docs/a\u0000.txt""#,
      #""\\srv\\docs\\a""#, #""/srv/docs/..\\etc""#, #""srv/docs/a""#, #""~/a""#, #""/srv/docs/.. ""#, #""""#,
    ])
  func uncleanPaths(_ path: String) throws {
    #expect(try insideDocs(path) == "deny unreadable_argument")
  }

  @Test("A percent sign in a path and a dot behind a name are characters like any other")
  func literalCharacters() throws {
    #expect(try insideDocs(#""/srv/docs/%2e%2e/x""#) == "allow rule docs")
    #expect(try insideDocs(#""/srv/%64ocs/x""#) == "deny default")
    #expect(try insideDocs(#""/srv/docs./x""#) == "deny default")
    #expect(try insideDocs(#""/srv/docs/...""#) == "allow rule docs")
  }

  @Test("A denying rule sees a path in every case and composition, an allow only as it is written")
  func foldedWhereDenying() throws {
    let policy = try SmallPolicy(
      """
      rules:
        - { id: docs, effect: allow, when: { path: { within: /srv/Docs } }, unless: { path: { path_glob: "**/KEY*" } } }
        - { id: log, effect: deny, tool: read_file, when: { path: { within: "/srv/Docs/caf\\u00e9" } } }
        - { id: only-log, effect: allow, tool: write_file, when: { path: { not: { within: /srv/LOG } } } }

      """)
    #expect(try policy.outcome("fetch_url", #"{"path": "/srv/Docs/a"}"#) == "allow rule docs")
    #expect(try policy.outcome("fetch_url", #"{"path": "/srv/docs/a"}"#) == "deny default")
    #expect(try policy.outcome("fetch_url", #"{"path": "/srv/Docs/key.pem"}"#) == "deny default")
    #expect(try policy.outcome("fetch_url", #"{"path": "/srv/Docs/\u212Aey"}"#) == "deny default")
    #expect(try policy.outcome("read_file", #"{"path": "/SRV/docs/CAFE\u0301/a"}"#) == "deny rule log")
    #expect(try policy.outcome("write_file", #"{"path": "/srv/log/a"}"#) == "deny default")
    #expect(try policy.outcome("write_file", #"{"path": "/srv/data"}"#) == "allow rule only-log")
  }

  private func ofExample(_ url: String) throws -> String {
    let policy = try SmallPolicy(
      "rules: [{ id: host, effect: allow, when: { url: { host: [example.com, github.com] } } }]\n")
    return try policy.outcome("fetch_url", "{\"url\": \(url)}")
  }

  @Test(
    "A URL that some program reads otherwise is read by nobody",
    arguments: [
      #""https://github.com@evil.example""#, #""https://github.com:x@evil.example/""#,
      #""https://evil.example?@github.com""#,
      #""https://github.com\\@evil.example/""#, #""https://ex\u0430mple.com/""#,
      #""https://example.com%00.evil.example/""#,
      #""https://example\u3002com/""#, #""http:example.com""#, #""https://example.com\u0009/""#, #""http://0x7f.1""#,
      #""http://017700000001/""#, #""//github.com/""#,
    ])
  func uncleanURLs(_ url: String) throws {
    #expect(try ofExample(url) == "deny unreadable_argument")
  }

  @Test("A host that looks like another is another")
  func homographs() throws {
    #expect(try ofExample(#""https://example.com/""#) == "allow rule host")
    #expect(try ofExample(#""https://xn--exmple-4nf.com/""#) == "deny default")
    #expect(try ofExample(#""https://example.com.evil.example/""#) == "deny default")
    #expect(try ofExample(#""https://examp1e.com/""#) == "deny default")
    #expect(try ofExample(#""https://evil.example/github.com""#) == "deny default")
  }

  @Test("An address is the same one in every spelling that is read, and any other spelling is refused")
  func addresses() throws {
    let policy = try SmallPolicy(
      """
      rules: [{ id: all, effect: allow }]
      guardrails:
        - { id: local, effect: deny, when: { url: { ip_in: [127.0.0.0/8, 169.254.0.0/16, "::1"] } } }

      """)
    let outcome = { (url: String) in try policy.outcome("fetch_url", "{\"url\": \"\(url)\"}") }
    for url in ["http://127.0.0.1/", "http://[::ffff:127.0.0.1]", "http://[::FFFF:7f00:1]:80/", "http://[0:0::1]/"] {
      #expect(try outcome(url) == "deny guardrail local", "\(url)")
    }
    for url in ["http://0x7f.1", "http://127.1", "http://0177.0.0.1", "http://2130706433", "http://[::127.0.0.1]"] {
      #expect(try outcome(url) == "deny unreadable_argument", "\(url)")
    }
    #expect(try outcome("http://localhost/") == "deny unreadable_argument")
    #expect(try outcome("http://192.0.2.1/") == "allow rule all")
  }

  @Test("The same member in two cases or compositions is a message with two readings")
  func twoReadings() throws {
    let policy = try SmallPolicy("rules: [{ id: all, effect: allow }]\n")
    for arguments in [
      #"{"path": "/a", "Path": "/b"}"#, #"{"x": [{"caf\u00e9": 1, "CAFE\u0301": 2}]}"#, #"{"k": 1, "\u212A": 2}"#,
    ] {
      #expect(try policy.outcome("read_file", arguments) == "deny unreadable")
    }
    #expect(try policy.outcome("read_file", #"{"path": "/a", "x": {"Path": "/b"}}"#) == "allow rule all")
  }

  @Test("A link inside the allowed directory that leads out of it is followed before the call goes")
  func links() throws {
    let rules = """
      rules:
        - { id: docs, effect: allow, when: { path: { within: /srv/docs } } }
        - { id: writes, effect: allow, tool: write_file }

      """
    let policy = try SmallPolicy(rules)
    let call = try policy.call("read_file", #"{"path": "/srv/docs/link"}"#)
    #expect(policy.policy.decide(call).obligations.resolvesLinks)
    #expect(policy.policy.holdsBehindLinks(call) { _ in Array("/srv/docs/target".utf8) })
    #expect(!policy.policy.holdsBehindLinks(call) { _ in Array("/etc/passwd".utf8) })
    #expect(!policy.policy.holdsBehindLinks(call) { _ in nil })
    #expect(try !policy.decide("write_file", #"{"path": "/srv/docs/link"}"#).obligations.resolvesLinks)
    let trusting = try SmallPolicy(rules, upstream: ", symlinks: ignore")
    #expect(!trusting.policy.decide(call).obligations.resolvesLinks)
  }

  @Test("What touches Latch's own files is known whatever else is wrong with the call, and through links")
  func ownFiles() throws {
    let policy = try SmallPolicy("rules: [{ id: all, effect: allow, tool: write_file }]\n")
    for arguments in [#"{"path": "latch.yaml", "zzz": 1}"#, #"{"path": 5, "/srv/project/latch.yaml": 1}"#] {
      #expect(policy.policy.touchesItself(try policy.call("write_file", arguments)))
    }
    for path in ["/tmp/notes.txt", "data/notes.txt"] {
      let call = try policy.call("write_file", #"{"path": "\#(path)"}"#)
      #expect(!policy.policy.touchesItself(call))
      #expect(policy.policy.leadsToItself(call) { _ in Array("/srv/project/latch.yaml".utf8) })
      #expect(!policy.policy.leadsToItself(call) { $0 })
      #expect(!policy.policy.leadsToItself(call) { _ in Array("/srv/project/data/other.txt".utf8) })
    }
  }

  @Test("A denying rule and a question see where a link leads")
  func linksOfDenials() throws {
    let policy = try SmallPolicy(
      """
      guardrails:
        - { id: no-hooks, effect: deny, tool: write_file, when: { path: { path_glob: "/srv/**/.git/**" } } }
      rules:
        - { id: inside, effect: allow, when: { path: { within: /srv } } }

      """)
    let call = try policy.call("write_file", #"{"path": "/srv/data/docs/x"}"#)
    #expect(policy.policy.decide(call).obligations.resolvesLinks)
    #expect(policy.policy.holdsBehindLinks(call) { _ in Array("/srv/other/x".utf8) })
    #expect(!policy.policy.holdsBehindLinks(call) { _ in Array("/srv/.git/hooks/x".utf8) })
    let asking = try SmallPolicy(
      "rules: [{ id: ask, effect: require_approval, when: { path: { within: /srv } } }]\n")
    let asked = try asking.call("write_file", #"{"path": "/srv/data/out"}"#)
    #expect(asking.policy.decide(asked).obligations.resolvesLinks)
    #expect(!asking.policy.holdsBehindLinks(asked) { _ in Array("/etc/cron.d/x".utf8) })
  }

  @Test("A link is followed for a tool that was not reviewed too")
  func linksOfUnknownTools() throws {
    let policy = try SmallPolicy(
      """
      defaults: { unknown_tool: require_approval }
      rules: [{ id: docs, effect: allow, when: { path: { within: /srv/docs } } }]

      """)
    let call = try policy.call("other", #"{"path": "/srv/docs/link"}"#)
    #expect(policy.policy.decide(call).obligations.resolvesLinks)
    #expect(policy.policy.holdsBehindLinks(call) { _ in Array("/srv/docs/target".utf8) })
    #expect(!policy.policy.holdsBehindLinks(call) { _ in Array("/etc/passwd".utf8) })
  }

  @Test("A resource is no way round a rule about paths")
  func resources() throws {
    let policy = try SmallPolicy(
      """
      rules:
        - { id: docs, effect: allow, tool: read_file, when: { path: { within: /srv/docs } } }
        - { id: pages, effect: allow, tool: "@resources/read", when: { uri: { within: /srv/pages } } }

      """)
    #expect(try policy.outcome("@resources/read", #"{"uri": "file:///srv/docs/a"}"#) == "deny default")
    #expect(try policy.outcome("@resources/read", #"{"uri": "file:///srv/pages/a"}"#) == "allow rule pages")
    #expect(
      try policy.outcome("@resources/read", #"{"uri": "file:///srv/pages/%2e%2e/a"}"#) == "deny unreadable_argument")
    #expect(try policy.outcome("@resources/read", #"{"uri": "config://all"}"#) == "deny unreadable_argument")
    #expect(try policy.outcome("@prompts/get", #"{"name": "a"}"#) == "deny default")
  }

  private static func tool(_ schema: JSONValue) -> [JSONValue] { [["name": "write_file", "inputSchema": schema]] }

  @Test("An argument left out is what the server's schema makes of it")
  func statedDefaults() throws {
    let rules = """
      rules:
        - { id: all, effect: allow }
        - { id: no-force, effect: deny, when: { force: true } }

      """
    let stated = try SmallPolicy(rules, tools: Self.tool(["properties": ["force": ["default": true]]]))
    #expect(try stated.outcome("write_file") == "deny rule no-force")
    #expect(try stated.outcome("write_file", #"{"force": false}"#) == "allow rule all")
    let silent = try SmallPolicy(rules, tools: Self.tool(["properties": ["force": ["type": "boolean"]]]))
    #expect(try silent.outcome("write_file") == "allow rule all")
  }

  @Test("Where a schema states none, a rule can ask for what is said")
  func askedForWhatIsSaid() throws {
    let policy = try SmallPolicy(
      "rules: [{ id: all, effect: allow }, { id: careful, effect: deny, when: { force: { not: false } } }]\n")
    #expect(try policy.outcome("write_file") == "deny rule careful")
    #expect(try policy.outcome("write_file", #"{"force": true}"#) == "deny rule careful")
    #expect(try policy.outcome("write_file", #"{"force": false}"#) == "allow rule all")
  }

  @Test("A default inside an object that is left out, or inside its default, counts too")
  func innerDefaults() throws {
    let rules = "rules: [{ id: all, effect: allow }, { id: no-force, effect: deny, when: { options.force: true } }]\n"
    let inner: JSONValue = ["force": ["default": true]]
    for options: JSONValue in [
      ["properties": inner], ["properties": inner, "default": [:]], ["properties": inner, "default": ["depth": 1]],
      ["default": ["force": true]], ["allOf": [["properties": inner]]],
    ] {
      let policy = try SmallPolicy(rules, tools: Self.tool(["properties": ["options": options]]))
      #expect(try policy.outcome("write_file") == "deny rule no-force", "\(options)")
      #expect(try policy.outcome("write_file", #"{"options": {"force": false}}"#) == "allow rule all", "\(options)")
    }
    let overruled: JSONValue = ["properties": inner, "default": ["force": false]]
    let policy = try SmallPolicy(rules, tools: Self.tool(["properties": ["options": overruled]]))
    #expect(try policy.outcome("write_file") == "allow rule all")
  }

  @Test("A default of null says that nothing is given")
  func nullDefaults() throws {
    let policy = try SmallPolicy(
      """
      rules:
        - { id: all, effect: allow }
        - { id: inside, effect: deny, when: { path: { within: /etc } } }
        - { id: none, effect: require_approval, tool: write_file, when: { path: null } }

      """, tools: Self.tool(["properties": ["path": ["default": .null]]]))
    #expect(try policy.outcome("write_file") == "require_approval rule none")
    #expect(try policy.outcome("write_file", #"{"path": "/srv"}"#) == "allow rule all")
    #expect(try policy.outcome("write_file", #"{"path": null}"#) == "deny unreadable_argument")
  }

  @Test("The order of keys under ** makes no difference to the bundle")
  func keysUnderAnywhere() throws {
    let digests = try ["prefix: a, suffix: b", "suffix: b, prefix: a"].map { matcher in
      let outcome = try SmallPolicy.compiled("rules: [{ id: r, effect: deny, when: { '**': { \(matcher) } } }]\n")
      return try FrozenBundle(try #require(outcome.accepted).encoded()).policyDigest
    }
    #expect(digests[0] == digests[1])
  }
}
