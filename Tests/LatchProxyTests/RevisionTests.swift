import LatchJSON
import LatchProxy
import Testing

@Suite struct RevisionTests {
  @Test func `nothing is said to the server before the client speaks, nor asked before it is initialized`() throws {
    var talk = try Talk()
    #expect(talk.client(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#).upstream == [])
    #expect(talk.client(Talk.call("echo", id: "2")).upstream == [])
    #expect(talk.client(#"{"jsonrpc":"2.0","id":3,"method":"ping"}"#).upstream.count == 1)
    #expect(talk.client(Talk.initialize("2024-11-05")) == Talk.Said(upstream: [Talk.initialize("2024-11-05")]))
  }

  @Test(arguments: ["2026-07-29", "2099-01-01", "next", "2025-06-18x", ""])
  func `a revision that nobody here knows is refused`(_ revision: String) throws {
    var talk = try Talk()
    let said = talk.client(Talk.initialize(revision))
    #expect(said.upstream == [])
    #expect(try json(said.client.first)["error"]?["code"] == -32602)
    #expect(try json(said.client.first)["error"]?["data"]?["requested"]?.string == revision)
    #expect(talk.client(Talk.initialize("2025-11-25")).upstream.count == 1)
  }

  @Test func `a server that answers with a revision that nobody here knows is not used`() throws {
    var talk = try Talk()
    _ = talk.client(Talk.initialize("2025-11-25"))
    let said = talk.server(#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2027-01-01","capabilities":{}}}"#)
    #expect(try json(said.client.first)["error"]?["code"] == -32603)
    #expect(talk.client(#"{"jsonrpc":"2.0","id":3,"method":"ping"}"#).upstream == [])
  }

  @Test func `who waits while the server names such a revision is told so`() throws {
    var talk = try Talk()
    _ = talk.client(Talk.initialize("2025-06-18"))
    _ = talk.client(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)
    _ = talk.client(Talk.call("echo", id: "2"))
    let said = talk.server(#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2999-01-01","capabilities":{}}}"#)
    #expect(try said.client.map { try json($0)["id"] } == [0, 1, 2])
    #expect(said.client.allSatisfy { $0.contains("2999-01-01") })
    #expect(!talk.session.holdsCalls)
  }

  @Test func `capabilities that policy does not let through are taken out, and the rest is as it was`() throws {
    var talk = try Talk()
    let offered = #"{"roots":{"listChanged":true}, "elicitation":{ },"sampling":{},"x":1.0}"#
    let said = talk.client(Talk.initialize("2025-11-25", capabilities: offered))
    #expect(said.upstream == [Talk.initialize("2025-11-25", capabilities: #"{"elicitation":{ },"x":1.0}"#)])
    var quiet = try Talk(allow: [])
    #expect(
      quiet.client(Talk.initialize("2025-11-25", capabilities: #"{"sampling":{},"tasks":{}}"#)).upstream
        == [Talk.initialize("2025-11-25", capabilities: "{}")])
    let answer = #"{"protocolVersion":"2025-11-25","capabilities":{"tools":{},"logging":{},"tasks":{}}}"#
    let heard = quiet.server(#"{"jsonrpc":"2.0","id":0,"result":\#(answer)}"#)
    #expect(heard.client.first?.contains(#""capabilities":{"tools":{}}"#) == true)
  }

  @Test func `what the server may not ask is answered as by a client without it`() throws {
    var talk = try Talk()
    talk.open()
    for method in ["sampling/createMessage", "roots/list", "made/up"] {
      let said = talk.server(#"{"jsonrpc":"2.0","id":"s","method":"\#(method)","params":{}}"#)
      #expect(said.client == [])
      #expect(try json(said.upstream.first)["error"]?["code"] == -32601)
      #expect(try json(said.upstream.first)["id"] == "s")
    }
    let question = #"{"jsonrpc":"2.0","id":"s","method":"elicitation/create","params":{}}"#
    #expect(talk.server(question) == Talk.Said(client: [question]))
    let answer = #"{"jsonrpc":"2.0","id":"s","result":{"action":"decline"}}"#
    #expect(talk.client(answer) == Talk.Said(upstream: [answer]))
    #expect(talk.client(answer) == Talk.Said())
  }

  @Test func `resources, prompts and completion are decided under reserved names`() throws {
    var talk = try Talk()
    talk.open()
    let prompt = #"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"p"}}"#
    #expect(talk.client(prompt) == Talk.Said(upstream: [prompt]))
    for (method, params) in [
      ("resources/read", #"{"uri":"file:///etc/passwd"}"#), ("resources/subscribe", #"{"uri":"a:b"}"#),
      ("completion/complete", #"{"ref":{},"argument":{}}"#),
      ("subscriptions/listen", #"{"notifications":{"resourceSubscriptions":["a:b"]}}"#),
    ] {
      let said = talk.client(#"{"jsonrpc":"2.0","id":2,"method":"\#(method)","params":\#(params)}"#)
      #expect(said.upstream == [])
      #expect(try json(said.client.first)["error"]?["code"] == 403)
      #expect(try json(said.client.first)["error"]?["data"]?["dev.latch/decision"]?["rule"] == "no-danger")
    }
    #expect(try json(talk.client(Talk.call("@prompts/get", id: "3")).client.first)["error"]?["code"] == -32602)
    // What some servers would read is no way round.
    for name in ["ResourceSubscriptions", "resourcesubscriptions", "resourceSub\u{17F}criptions"] {
      let listen = #"{"notifications":{"toolsListChanged":true,"\#(name)":["a:b"]}}"#
      let said = talk.client(#"{"jsonrpc":"2.0","id":4,"method":"subscriptions/listen","params":\#(listen)}"#)
      #expect(said.upstream == [])
      #expect(try json(said.client.first)["error"]?["code"] == -32602)
    }
  }

  @Test func `unknown requests are refused, unknown notifications dropped, on both sides`() throws {
    var talk = try Talk()
    talk.open()
    let said = talk.client(#"{"jsonrpc":"2.0","id":2,"method":"made/up"}"#)
    #expect(said.upstream == [])
    #expect(try json(said.client.first)["error"]?["code"] == -32601)
    #expect(talk.client(#"{"jsonrpc":"2.0","method":"notifications/made_up"}"#) == Talk.Said())
    #expect(talk.server(#"{"jsonrpc":"2.0","method":"notifications/made_up"}"#) == Talk.Said())
    let progress = #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":0.5}}"#
    #expect(talk.server(progress).client == [progress])
    #expect(talk.client(progress).upstream == [progress])
  }

  @Test func `logging and tasks pass only if policy says so`() throws {
    let level = #"{"jsonrpc":"2.0","id":2,"method":"logging/setLevel","params":{"level":"debug"}}"#
    let note = #"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":1}}"#
    var open = try Talk()
    open.open()
    #expect(open.client(level).upstream == [level])
    #expect(open.server(note).client == [note])
    var shut = try Talk(allow: [])
    shut.open()
    #expect(shut.client(level).upstream == [])
    #expect(shut.server(note).client == [])
    #expect(shut.client(#"{"jsonrpc":"2.0","id":3,"method":"tasks/result","params":{"taskId":"t"}}"#).upstream == [])
  }
}

@Suite struct BatchTests {
  @Test func `a batch is taken apart, decided one by one and answered by one array`() throws {
    var talk = try Talk()
    talk.open("2025-03-26")
    let parts = [
      Talk.call("echo", id: "1"), Talk.call("danger", id: "2"), #"{"jsonrpc":"2.0","id":3,"method":"ping"}"#,
      #"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo"}}"#, #"{"jsonrpc":"2.0","id":4,"method":"x"}"#,
      "7",
    ]
    let said = talk.client("[" + parts.joined(separator: " , ") + "]")
    #expect(said == Talk.Said(upstream: [parts[0], parts[2]]))
    #expect(talk.server(#"{"jsonrpc":"2.0","id":3,"result":{}}"#) == Talk.Said())
    let done = talk.server(#"{"jsonrpc":"2.0","id":1,"result":{"content":[]}}"#)
    let answers = try json(done.client.first).array
    #expect(answers?.map { $0["id"] ?? .null } == [2, 4, .null, 3, 1])
    #expect(done.upstream == [])
  }

  @Test func `a batch without requests has no answer, and none begins a session`() throws {
    var talk = try Talk()
    talk.open("2025-03-26")
    let note = #"{"jsonrpc":"2.0","method":"notifications/progress","params":{}}"#
    #expect(talk.client("[\(note)]") == Talk.Said(upstream: [note]))
    #expect(talk.client("[]").client.count == 1)
    #expect(talk.client("[\(Talk.initialize("2025-03-26"))]").upstream == [])
  }

  @Test func `what the server sends in an array goes on message by message`() throws {
    var talk = try Talk()
    talk.open("2025-03-26")
    _ = talk.client(Talk.call("echo"))
    let answer = #"{"jsonrpc":"2.0","id":1,"result":{}}"#
    let note = #"{"jsonrpc":"2.0","method":"notifications/progress","params":{}}"#
    #expect(talk.server("[\(answer),\(note),7]").client == [answer, note])
    var other = try Talk()
    other.open("2025-06-18")
    _ = other.client(Talk.call("echo"))
    #expect(other.server("[\(answer)]").client == [])
  }

  @Test func `the server's end completes a batch`() throws {
    var talk = try Talk()
    talk.open("2025-03-26")
    _ = talk.client("[\(Talk.call("echo", id: "1")),\(Talk.call("echo", id: "2"))]")
    _ = talk.server(#"{"jsonrpc":"2.0","id":2,"result":{}}"#)
    var effects = Effects()
    talk.session.upstreamEnded("gone", &effects)
    #expect(try JSONValue(parsing: Array(effects.toClient.dropLast())).array?.map { $0["id"] } == [2, 1])
  }
}

@Suite struct StatelessTests {
  private static func request(
    _ method: String, id: Int = 1, params: String = "", revision: String = "2026-07-28", capabilities: String = "{}"
  ) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params)"_meta":{"#
      + #""io.modelcontextprotocol/protocolVersion":"\#(revision)","#
      + #""io.modelcontextprotocol/clientCapabilities":\#(capabilities)}}}"#
  }

  private static func call(_ tool: String, id: Int = 1, more: String = "") -> String {
    request("tools/call", id: id, params: #""name":"\#(tool)","arguments":{},\#(more)"#)
  }

  @Test func `the proxy asks for the tools with what the client says of itself`() throws {
    var talk = try Talk()
    let said = talk.client(Self.call("echo"))
    let asked = try json(said.upstream.first)
    #expect(said.upstream.count == 1)
    #expect(asked["method"] == "tools/list")
    #expect(asked["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"] == "2026-07-28")
    #expect(talk.answerWalk(said) == Talk.Said(upstream: [Self.call("echo")]))
    let denied = talk.client(Self.call("danger", id: 2))
    #expect(try json(denied.client.first)["result"]?["resultType"] == "complete")
  }

  @Test func `a retry with what the server wanted to know is decided like any call`() throws {
    var talk = try Talk()
    talk.answerWalk(talk.client(Self.call("echo")))
    let retry = Self.call("danger", id: 2, more: #""requestState":"s","inputResponses":{"a":{"action":"accept"}},"#)
    #expect(talk.client(retry).upstream == [])
  }

  @Test func `a newer revision is refused with the ones that are known`() throws {
    var talk = try Talk()
    let said = talk.client(Self.request("tools/list", revision: "2027-01-01"))
    #expect(said.upstream == [])
    #expect(try json(said.client.first)["error"]?["code"] == -32022)
    #expect(try json(said.client.first)["error"]?["data"]?["supported"] == ["2026-07-28"])
  }

  @Test func `a list that hides something is not for shared caches`() throws {
    var talk = try Talk()
    _ = talk.client(Self.request("tools/list"))
    let said = talk.server(
      #"{"jsonrpc":"2.0","id":1,"result":{"ttlMs":5,"cacheScope":"public","tools":[\#(Fixture.echo),\#(Fixture.secret)]}}"#
    )
    #expect(
      said.client.first
        == #"{"jsonrpc":"2.0","id":1,"result":{"ttlMs":5,"cacheScope":"private","tools":[\#(Fixture.echo)]}}"#)
  }

  @Test func `capabilities that policy does not let through are taken out of every request`() throws {
    var talk = try Talk()
    let said = talk.client(Self.request("resources/list", capabilities: #"{"sampling":{},"elicitation":{}}"#))
    #expect(said.upstream == [Self.request("resources/list", capabilities: #"{"elicitation":{}}"#)])
  }

  @Test func `a server may ask back only what policy lets through`() throws {
    var talk = try Talk()
    talk.answerWalk(talk.client(Self.call("echo")))
    func asks(_ method: String, name: String = "inputRequests") -> String {
      #"{"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","\#(name)":{"k":{"method":"\#(method)","params":{}}}}}"#
    }
    #expect(talk.server(asks("elicitation/create")).client == [asks("elicitation/create")])
    _ = talk.client(Self.call("echo"))
    #expect(try json(talk.server(asks("sampling/createMessage")).client.first)["error"]?["code"] == -32603)
    _ = talk.client(Self.call("echo"))
    let hidden = asks("roots/list", name: #"\u0069nputRequests"#)
    #expect(try json(talk.server(hidden).client.first)["error"]?["code"] == -32603)
  }

  @Test func `a client of both eras may begin anew with a handshake`() throws {
    var talk = try Talk()
    #expect(talk.client(Self.request("server/discover", id: 0)).upstream.count == 1)
    #expect(talk.server(#"{"jsonrpc":"2.0","id":0,"error":{"code":-32601,"message":"no"}}"#).client.count == 1)
    talk.open("2025-11-25")
    #expect(talk.client(Talk.call("echo")).upstream.count == 1)
  }
}
