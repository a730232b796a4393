import LatchJSON
import LatchPolicy
import Testing

/// language.md §4: the call is denied and the reason says which form is accepted, so that an agent can mend it.
@Suite("What is told of arguments that cannot be read or are refused")
struct ReasonTests {
  private func unreadable(_ condition: String, _ arguments: String) throws -> String {
    let policy = try SmallPolicy("rules: [{ id: r, effect: allow, when: { \(condition) } }]\n")
    let decision = try policy.decide("fetch_url", arguments)
    #expect(decision.decidedBy == .unreadableArgument)
    return decision.reason
  }

  @Test(
    "The form is told, and what keeps the value from being of it",
    arguments: [
      (
        "path: { within: /srv }", #"{"path": "/srv/a "}"#,
        "`path`, which must be a clean absolute path (no `.`, `..`, `//` or backslash in it): it ends in white space "
          + "or a quotation mark, which some programs strip"
      ),
      (
        "amount: { max: 5 }", #"{"amount": 9007199254740993}"#,
        "`amount`, which must be a number of at most 17 digits, not beyond ±(2^53 − 1): it is beyond ±(2^53 − 1), "
          + "where programs round whole numbers"
      ),
      (
        #"url: { url_path: "/v1/**" }"#, #"{"url": "https://x.y/v1;a"}"#,
        "`url`, which must be a plain URL, `scheme://host/path` without user name, backslash or encoded dots and "
          + "slashes: its path holds a `;`, from which on some servers leave a segment out"
      ),
      ("path: { prefix: a }", #"{"path": 5}"#, "`path`, which must be a string"),
      (
        "to: { all: { email_domain: example.com } }", #"{"to": ["b@example.com", "a@example.com, b@evil.com"]}"#,
        "`to[1]`, which must be one mail address, `name@example.com`: what stands behind the `@` is not one "
          + "domain of letters, digits, `-` and `.`"
      ),
      (
        "to: { any: { fields: { cc: { all: { email_domain: example.com } } } } }",
        #"{"to": [{"cc": []}, {"cc": ["a@example.com", 5]}]}"#,
        "`to[1].cc[1]`, which must be one mail address, `name@example.com`: it is not a string"
      ),
      (
        "to: { all: { email_domain: example.com } }", #"{"to": "a@example.com"}"#,
        "`to`, which must be an array, each element of it one mail address, `name@example.com`"
      ),
      ("to: { any: [a, b] }", #"{"to": "a"}"#, "`to`, which must be an array"),
    ])
  func unreadable(condition: String, arguments: String, expected: String) throws {
    let reason = try unreadable(condition, arguments)
    #expect(reason == "Denied: a rule about this tool reads \(expected). Send it in that form.")
  }

  private func refused(_ schema: String, _ arguments: String) throws -> String {
    let schema = try JSONValue(parsing: Array(schema.utf8))
    let policy = try SmallPolicy(
      "rules: [{ id: r, effect: allow }]\n", tools: [["name": "write_file", "inputSchema": schema]])
    let decision = try policy.decide("write_file", arguments)
    #expect(decision.decidedBy == .invalidArguments)
    return decision.reason
  }

  @Test(
    "What the schema wants is told, and where",
    arguments: [
      (#"{"properties": {"count": {"maximum": 5}}}"#, #"{"count": 7}"#, "`count` must be at most `5`"),
      (#"{"required": ["path"]}"#, "{}", "`path` is missing"),
      (#"{"minProperties": 2}"#, #"{"a": 1}"#, "they must have at least 2 members"),
      (
        #"{"properties": {"a": true}, "additionalProperties": false}"#, #"{"b": 1}"#,
        "unknown key `b`; allowed here: `a`"
      ),
      (
        #"{"properties": {"to": {"items": {"required": ["name"]}}}}"#, #"{"to": [{"name": 1}, {}]}"#,
        "in `to[1]`: `name` is missing"
      ),
      (
        #"{"properties": {"o": {"properties": {"a b": {"type": "string"}}}}}"#, #"{"o": {"a b": 1}}"#,
        #"`o."a b"` must be a string"#
      ),
      (
        #"{"properties": {"o": {"propertyNames": {"maxLength": 2}}}}"#, #"{"o": {"abc": 1}}"#,
        "the name of `o.abc` must have at most 2 characters"
      ),
    ])
  func refused(schema: String, arguments: String, expected: String) throws {
    #expect(
      try refused(schema, arguments)
        == "Denied: the arguments are not as the tool's schema wants them: \(expected). Correct them and call again.")
  }

  @Test(
    "No value is repeated: it could be a secret, and reasons are recorded",
    arguments: [
      "path: { within: /srv }", "path: { host: a.b }", "path: { url_path: /a }", "path: { ip_in: [10.0.0.0/8] }",
      "path: { email_domain: a.b }", "path: { max: 5 }", "path: { any: { within: /srv } }",
      "path: { fields: { a: 1 } }",
    ])
  func secrets(condition: String) throws {
    for value in [#""hunter2""#, #"["hunter2"]"#] {
      let reason = try unreadable(condition, "{\"path\": \(value)}")
      #expect(!reason.contains("hunter2"), "\(reason)")
    }
  }

  @Test("Names that the caller chose are told by their beginning, and harmlessly")
  func longNames() throws {
    let name = String(repeating: "n", count: 100_000)
    for schema in [#"{"additionalProperties": {"type": "string"}}"#, #"{"properties": {}}"#] {
      let reason = try refused(schema, "{\"a\u{202E}\(name)\": 5}")
      #expect(reason.utf8.count < 400 && reason.contains("nnn…"), "\(reason.prefix(500))")
      #expect(!reason.contains("\u{202E}"))
    }
  }

  @Test("An array that is wrong throughout is walked once, however many ways it may be meant", .timeLimit(.minutes(15)))
  func manyWays() throws {
    let twenty = { (name: String) in
      Array(repeating: "{\"$ref\": \"#/$defs/\(name)\"}", count: 20).joined(separator: ",")
    }
    let schema = """
      {"properties": {"x": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"anyOf": [\(twenty("b"))]},
       "b": {"anyOf": [\(twenty("c"))]}, "c": {"type": "array", "items": {"type": "string"}}}}
      """
    for (count, expected) in [(1000, "`x[0]` must be a string"), (300_000, "its locked schema refuses them")] {
      let elements = Array(repeating: "1", count: count).joined(separator: ",")
      let reason = try refused(schema, "{\"x\": [\(elements)]}")
      #expect(reason.contains(expected), "\(reason)")
    }
  }

  @Test("A long call that is refused is told of as soon as it is refused", .timeLimit(.minutes(15)))
  func manyMistakes() throws {
    let required = (0..<50).map { "\"name\($0)\"" }.joined(separator: ",")
    let schema = #"{"properties": {"a": true}, "additionalProperties": false, "required": [\#(required)]}"#
    for (count, expected) in [(9000, "`name0` is missing"), (200_000, "its locked schema refuses them")] {
      let members = (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",")
      #expect(try refused(schema, "{\(members)}").contains(expected))
    }
  }

  @Test("A trace says of an allow that does not count which rule speaks more exactly")
  func silenced() throws {
    let policy = try SmallPolicy(
      """
      rules:
        - { id: all, effect: allow }
        - { id: ask, effect: require_approval, when: { confirm: true } }
        - { id: inside, effect: allow, tool: write_file, when: { path: { within: /srv/docs } } }

      """)
    func silencers(_ tool: String, _ path: String) throws -> [String: String] {
      let entries = policy.policy.trace(try policy.call(tool, #"{"path": "\#(path)", "confirm": true}"#)).entries
      return Dictionary(entries.compactMap { entry in entry.silencedBy.map { (entry.rule, $0) } }) { first, _ in first }
    }
    #expect(try silencers("write_file", "/etc/hosts") == ["all": "inside"])
    #expect(try silencers("write_file", "/srv/docs/a") == [:])
    #expect(try silencers("read_file", "/etc/hosts") == [:])
  }
}
