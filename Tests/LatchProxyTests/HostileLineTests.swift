import LatchJSON
import Testing

/// An injected model that sends any bytes: `threats.md`, first row.
@Suite struct HostileLineTests {
  private static let inner =
    #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"danger","arguments":{}}}"#

  /// Each would be a denied call to some reader, if it passed.
  static let smuggled: [String] = [
    // A line within the line: readers that end lines at a bare CR run the inner one.
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":{\"k\":\r" + inner + "\r}}}",
    "\r" + inner,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r" + inner,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\u{0B}" + inner,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\u{0C}" + inner,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\u{1E}" + inner,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\u{85}" + inner,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\u{2028}" + inner,
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} " + inner,
    // Two of one name: readers keep the first, the last, or what differs in case.
    #"{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","method":"ping","params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call","params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","\u006dethod":"tools/call","params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"},"params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"},"PARAMS":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"danger","name":"echo"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","Name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","n\u0061me":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","NAM\#u{00C9}":1,"nam\#u{00E9}":2}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","argument\#u{017F}":{"x":1}}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","Arguments":{"x":1}}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"a":1,"a":2}}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"a":1,"A":2}}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"b":{"é":1,"e\#u{0301}":2}}}}"#,
    #"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"ID":2,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"Method":"tools/call","params":{"name":"danger"}}"#,
    // Names of methods that are none, but are to a careless reader.
    #"{"jsonrpc":"2.0","id":1,"method":"Tools/Call","params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call ","params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call\u0000","params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools//call","params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools\#u{FF0F}call","params":{"name":"danger"}}"#,
    // The call itself, spelled otherwise.
    #"{"jsonrpc":"2.0","id":1,"method":"tools\/call","params":{"name":"danger","arguments":{}}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"\u0074ools/call","params":{"name":"d\u0061nger","arguments":{}}}"#,
    #"{"params":{"arguments":{},"name":"danger"},"method":"tools/call","id":1,"jsonrpc":"2.0"}"#,
    #"  {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"danger","arguments":{}}}  "#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"danger","arguments":{},"task":{"ttl":1}}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"danger","requestState":"x","inputResponses":{}}}"#,
    // No id: no answer, but a careless server would run it.
    #"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo","arguments":{}}}"#,
    #"{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"echo","arguments":{}}}"#,
    // Messages in arrays, where there are no batches.
    "[" + inner + "]", "[[" + inner + "]]", "[]",
    // Envelopes that are two things, or nothing.
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","result":{},"params":{"name":"echo"}}"#,
    #"{"jsonrpc":"2.0","id":1,"result":{},"error":{}}"#, #"{"jsonrpc":"2.0","id":1}"#,
    #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, #"{"id":1,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":1e0,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":-0,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":9007199254740992,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, #"{"jsonrpc":"2.0","id":true,"method":"ping"}"#,
    #"{"jsonrpc":"2.0","id":1,"method":["tools/call"],"params":{"name":"danger"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["danger"]}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["danger"]}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":null}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":"{}"}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#,
    // Not JSON, or not only.
    "\u{FEFF}" + inner, inner + ",", inner.replacing("danger", with: "danger\u{07}"), "'" + inner + "'",
    inner.replacing("danger", with: #"\ud800danger"#), "//" + inner, "{" + inner, "NaN", "ping", "null", "\"ping\"",
    #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":01}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":[1,]}}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"# + String(repeating: "[", count: 200)
      + String(repeating: "]", count: 200) + "}}",
  ]

  @Test(arguments: smuggled)
  func `a line that can be read otherwise never reaches the server`(_ line: String) throws {
    var talk = try Talk()
    talk.open()
    let said = talk.client(line)
    #expect(said.upstream == [])
    #expect(said.client.count <= 1)
    if let answer = said.client.first { #expect(!answer.contains("\r")) }
  }

  @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x80]] as [[UInt8]])
  func `a line that is not UTF-8 never reaches the server`(_ bytes: [UInt8]) throws {
    var talk = try Talk()
    talk.open()
    let said = talk.client(
      Array(#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":""#.utf8) + bytes + Array(#""}}"#.utf8))
    #expect(said.upstream == [])
    #expect(try json(said.client.first)["error"]?["code"] == -32700)
  }

  @Test func `a refusal names the request where its id could be read`() throws {
    var talk = try Talk()
    talk.open()
    let twice = talk.client(#"{"jsonrpc":"2.0","id":"a\"b","method":"ping","params":{"_meta":{},"_Meta":{}}}"#)
    #expect(try json(twice.client.first)["id"] == #"a"b"#)
    #expect(try json(twice.client.first)["error"]?["code"] == -32600)
    let unknown = talk.client(#"{"jsonrpc":"2.0","id":4,"id":5,"method":"ping"}"#)
    #expect(try json(unknown.client.first)["id"] == JSONValue.null)
  }

  @Test func `what some reader takes for a line's end goes on as an escape`() throws {
    var talk = try Talk()
    talk.open()
    let call = Talk.call("echo", arguments: "{\"text\":\"a\u{2028}b\u{2029}c\u{85}d\u{E9}\"}")
    let said = talk.client(call)
    #expect(said.upstream == [Talk.call("echo", arguments: "{\"text\":\"a\\u2028b\\u2029c\\u0085d\u{E9}\"}")])
    let answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"x\u{2028}y\"}]}}"
    #expect(talk.server(answer).client == [answer.replacing("\u{2028}", with: "\\u2028")])
  }

  @Test func `an empty line is nothing`() throws {
    var talk = try Talk()
    talk.open()
    #expect(talk.client("") == Talk.Said())
    #expect(talk.server("") == Talk.Said())
  }
}
