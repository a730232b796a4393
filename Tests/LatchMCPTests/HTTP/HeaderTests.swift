import LatchJSON
import LatchLaunch
import Testing

@testable import LatchMCP

@Suite struct HeaderTests {
  /// The table of the specification, and its edges.
  @Test(arguments: [
    ("us-west1", "us-west1"), ("Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="),
    (" padded ", "=?base64?IHBhZGRlZCA=?="), ("line1\nline2", "=?base64?bGluZTEKbGluZTI=?="),
    ("=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="), ("", ""), ("a b", "a b"),
    ("a\r\nX: y", "=?base64?YQ0KWDogeQ==?="),
    ("\u{7F}", "=?base64?fw==?="), ("=?base64?", "=?base64?"), ("a\tb", "=?base64?YQli?="),
  ])
  func `values are encoded as the specification says`(_ value: String, _ expected: String) {
    #expect(HeaderText.encoded(Array(value.utf8)) == expected)
  }

  private func headers(_ schema: String) throws -> [ParameterHeaders.Header] {
    try ParameterHeaders(inputSchema: try JSONValue(parsing: Array(schema.utf8))).headers
  }

  @Test func `annotated properties are found along properties alone`() throws {
    let schema = """
      {"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A"},
       "b":{"type":"object","properties":{"c":{"type":"integer","x-mcp-header":"Deep"}}},
       "x-mcp-header":{"type":"string"},"d":{"default":{"x-mcp-header":1},"enum":[{"x-mcp-header":2}]}}}
      """
    #expect(
      try headers(schema) == [
        .init(name: "Mcp-Param-A", path: ["a"]), .init(name: "Mcp-Param-Deep", path: ["b", "c"]),
      ])
  }

  @Test(arguments: [
    #"{"x-mcp-header":"A","type":"string"}"#, #"{"properties":{"a":{"type":"string","x-mcp-header":""}}}"#,
    #"{"properties":{"a":{"type":"string","x-mcp-header":"A B"}}}"#,
    #"{"properties":{"a":{"type":"string","x-mcp-header":"A\r\nB"}}}"#,
    #"{"properties":{"a":{"type":"string","x-mcp-header":"é"}}}"#,
    #"{"properties":{"a":{"type":"string","x-mcp-header":1}}}"#,
    #"{"properties":{"a":{"type":"number","x-mcp-header":"A"}}}"#, #"{"properties":{"a":{"x-mcp-header":"A"}}}"#,
    #"{"properties":{"a":{"type":["string","null"],"x-mcp-header":"A"}}}"#,
    #"{"properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}}"#,
    #"{"properties":{"a":{"items":{"type":"string","x-mcp-header":"A"}}}}"#,
    #"{"properties":{"a":{"anyOf":[{"type":"string","x-mcp-header":"A"}]}}}"#,
    #"{"$defs":{"a":{"type":"string","x-mcp-header":"A"}}}"#,
    #"{"items":{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}}"#,
    #"{"if":{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}}"#,
    #"{"additionalProperties":{"type":"string","x-mcp-header":"A"}}"#,
  ])
  func `an annotation that a client may not use makes the definition unusable`(_ schema: String) {
    #expect(throws: ParameterHeaders.Invalid.self) { try headers(schema) }
  }

  @Test func `only values of the right kind become headers`() throws {
    let schema =
      #"{"properties":{"a":{"type":"string","x-mcp-header":"A"},"n":{"properties":{"b":{"type":"boolean","x-mcp-header":"B"}}}}}"#
    let headers = try ParameterHeaders(inputSchema: try JSONValue(parsing: Array(schema.utf8)))
    func fields(_ arguments: String) throws -> [String] {
      headers.fields(for: try JSONDocument(parsing: Array(arguments.utf8))).map { "\($0.name): \($0.value)" }
    }
    #expect(try fields(#"{"a":"x","n":{"b":true}}"#) == ["Mcp-Param-A: x", "Mcp-Param-B: true"])
    #expect(try fields(#"{"a":"\u00e9"}"#) == ["Mcp-Param-A: =?base64?w6k=?="])
    #expect(try fields(#"{"a":42}"#) == ["Mcp-Param-A: 42"])
    #expect(try fields(#"{"a":null,"n":[true]}"#) == [])
    #expect(try fields(#"{"a":{"x":1},"n":{"b":{}}}"#) == [])
    #expect(try fields("{}") == [])
  }

  @Test func `what a server says is shown without secrets and control characters`() throws {
    let endpoint = try HTTPEndpoint(
      url: "https://h/", transport: .streamable, fields: [("Authorization", "Bearer s3cret-token"), ("X", "short")])
    var secrets = Secrets(endpoint)
    secrets.add("session-secret")
    #expect(
      secrets.cleaned("a\u{1B}[31m s3cret-token b Bearer s3cret-token short session-secret")
        == "a [31m [redacted] b [redacted] short [redacted]")
    #expect(secrets.cleaned(String(repeating: "x", count: 1000)).count == 300)
  }
}
