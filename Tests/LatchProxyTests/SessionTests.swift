import LatchJSON
import LatchProxy
import Testing

@Suite struct SessionTests {
  @Test func `an allowed call goes on as the bytes that came`() throws {
    var talk = try Talk()
    talk.open()
    let call =
      #" {"params" : {"arguments":{"n":1.0e2,"s":"\u0041","big":12345678901234567890}, "name":"echo"}, "x-unknown":[ ],"#
      + #""method":"tools/call","id":"7","jsonrpc":"2.0"} "#
    #expect(talk.client(call) == Talk.Said(upstream: [call]))
    let answer = #"{"id":"7","result":{"content":[],"more":{"k":1.0}},"jsonrpc":"2.0"}"#
    #expect(talk.server(answer) == Talk.Said(client: [answer]))
  }

  @Test func `a denied call is answered with the rule's reason and goes nowhere`() throws {
    var talk = try Talk()
    talk.open()
    let said = talk.client(Talk.call("danger", id: #""x""#))
    #expect(said.upstream == [])
    let result = try json(said.client.first)
    #expect(result["id"] == "x")
    #expect(result["result"]?["isError"] == true)
    #expect(result["result"]?["content"]?.array?.first?["text"]?.string?.contains("it breaks things") == true)
    let decision: JSONValue = ["effect": "deny", "decided_by": "rule", "rule": "no-danger"]
    #expect(result["result"]?["_meta"]?["dev.latch/decision"] == decision)
    #expect(result["result"]?["resultType"] == nil)
  }

  @Test func `a call that wants approval never passes`() throws {
    var talk = try Talk()
    talk.open()
    let said = talk.client(Talk.call("ask"))
    #expect(said.upstream == [])
    let text = try json(said.client.first)["result"]?["content"]?.array?.first?["text"]?.string
    #expect(text?.contains("Approval `a2aa` is needed; a person can give it with Latch.") == true)
    #expect(text?.contains("ask-first") == true)
  }

  @Test func `a hidden tool is answered exactly as one that does not exist`() throws {
    var talk = try Talk()
    talk.open()
    let hidden = talk.client(Talk.call("secret"))
    let missing = talk.client(Talk.call("nosuch"))
    #expect(hidden.upstream + missing.upstream == [])
    #expect(hidden.client.map { $0.replacing("secret", with: "nosuch") } == missing.client)
    #expect(try json(missing.client.first)["error"]?["code"] == -32602)
    #expect(try json(missing.client.first)["error"]?["message"] == "Unknown tool: nosuch")
  }

  @Test func `a tool that the lock does not know is unknown, and a changed one says so`() throws {
    var talk = try Talk()
    talk.open()
    #expect(try json(talk.client(Talk.call("stranger")).client.first)["error"]?["message"] == "Unknown tool: stranger")
    let changed = try json(talk.client(Talk.call("changed")).client.first)
    #expect(changed["result"]?["_meta"]?["dev.latch/decision"]?["decided_by"] == "changed_tool")
  }

  @Test func `a list keeps order, cursor and bytes of the tools that may be seen`() throws {
    var talk = try Talk()
    talk.open()
    let request = #"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#
    #expect(talk.client(request) == Talk.Said(upstream: [request]))
    let more = #","nextCursor":"c2","_meta":{"n":1.0}"#
    let said = talk.server(#"{"jsonrpc":"2.0","id":3,"result":\#(Fixture.page(Fixture.offered, more: more))}"#)
    let kept = Fixture.page([Fixture.echo, Fixture.danger, Fixture.ask], more: more)
    #expect(said.client == [#"{"jsonrpc":"2.0","id":3,"result":\#(kept)}"#])
  }

  @Test func `a list with nothing to hide goes on as the bytes that came`() throws {
    var talk = try Talk()
    talk.open()
    _ = talk.client(#"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#)
    let answer = #"{"jsonrpc":"2.0","id":3,"result":{ "tools" : [ \#(Fixture.echo) , \#(Fixture.danger) ] }}"#
    #expect(talk.server(answer).client == [answer])
  }

  @Test func `a tool that stands twice in a list is not shown and cannot be called`() throws {
    var talk = try Talk()
    talk.pages = [
      Fixture.page([Fixture.echo, Fixture.danger], more: #","nextCursor":"2""#), Fixture.page([Fixture.echo]),
    ]
    talk.open()
    let call = try json(talk.client(Talk.call("echo")).client.first)
    #expect(call["result"]?["_meta"]?["dev.latch/decision"]?["decided_by"] == "changed_tool")
    _ = talk.client(#"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#)
    let said = talk.server(#"{"jsonrpc":"2.0","id":3,"result":\#(Fixture.page([Fixture.echo, Fixture.danger]))}"#)
    #expect(said.client == [#"{"jsonrpc":"2.0","id":3,"result":\#(Fixture.page([Fixture.danger]))}"#])
  }

  @Test func `calls wait until the tools are verified, and again after they change`() throws {
    var talk = try Talk()
    _ = talk.client(Talk.initialize("2025-06-18"))
    _ = talk.server(#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{}}}"#)
    #expect(talk.client(Talk.call("echo")) == Talk.Said())
    let walk = talk.client(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
    #expect(walk.upstream.count == 2)
    #expect(talk.answerWalk(walk) == Talk.Said(upstream: [Talk.call("echo")]))
    let news = #"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#
    #expect(talk.server(news).client == [news])
    talk.pages = [Fixture.page([Fixture.echo.replacing("again", with: "otherwise")])]
    let again = talk.client(Talk.call("echo", id: "2"))
    #expect(!again.upstream.contains { $0.contains("tools/call") })
    let said = talk.answerWalk(again)
    #expect(said.upstream == [])
    #expect(said.client.first?.contains("changed_tool") == true)
  }

  @Test func `a call that grows while it waits is still answered`() throws {
    var talk = try Talk()
    talk.open()
    _ = talk.server(#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#)
    // Every line separator becomes an escape of six bytes, so that the line is longer than one may come.
    let text = String(repeating: "\u{2028}", count: 15_000)
    let walk = talk.client(Talk.call("echo", id: "8", arguments: #"{"text":"\#(text)"}"#))
    let said = talk.answerWalk(walk)
    #expect((said.upstream + said.client).contains { $0.contains(#""id":8"#) })
  }

  @Test func `what is too long to be read is answered, where its beginning says whom`() throws {
    var talk = try Talk()
    talk.open()
    _ = talk.client(Talk.call("echo", id: "5"))
    func tooLong(_ beginning: String, fromClient: Bool) -> String {
      var effects = Effects()
      let bytes = Array(beginning.utf8)
      if fromClient {
        talk.session.clientLineTooLong(bytes.span, &effects)
      } else {
        talk.session.upstreamLineTooLong(bytes.span, &effects)
      }
      return String(decoding: effects.toClient, as: UTF8.self)
    }
    // Not to be told, of no call, or of something else.
    for beginning in [
      #"{"jsonrpc":"2.0","result":{"id":5,"x":""#, #"{"id":5"#, #"{"id":7,"result":""#,
      #"{"id":5,"method":"ping","params":{"#,
      #"{"id":5,"id":5,"method":"#,
    ] { #expect(tooLong(beginning, fromClient: false) == "") }
    let answer = tooLong(#"{"jsonrpc":"2.0","id":5,"result":{"content":[{"text":"xx"#, fromClient: false)
    #expect(answer.contains(#""id":5,"error""#))
    #expect(talk.server(#"{"jsonrpc":"2.0","id":5,"result":{}}"#).client == [])
    #expect(tooLong(#"{"id":"a","method":"tools/call","params":{"#, fromClient: true).contains(#""id":"a","error""#))
    #expect(tooLong(#"{"id":3,"result":{"#, fromClient: true).contains(#""id":null"#))
  }

  @Test func `a call that waited too long is denied`() throws {
    var talk = try Talk()
    _ = talk.client(Talk.initialize("2025-06-18"))
    #expect(talk.client(Talk.call("echo", id: "5")) == Talk.Said())
    #expect(talk.session.deadline == 20_000_000)
    var effects = Effects()
    talk.session.expire(at: 19_999_999, &effects)
    #expect(effects.toClient.isEmpty)
    talk.session.expire(at: 20_000_000, &effects)
    let answer = try JSONValue(parsing: Array(effects.toClient.dropLast()))
    #expect(answer["id"] == 5)
    #expect(answer["error"]?["code"] == -32603)
    #expect(talk.session.deadline ?? .max > 20_000_000)
  }

  @Test func `an endless list, or one that is none, lets no call pass`() throws {
    for page in [Fixture.page([Fixture.echo], more: #","nextCursor":"again""#), "{}", #"{"tools":[{}]}"#, "7"] {
      var talk = try Talk()
      talk.pages = [page, page, page]
      talk.open()
      let said = talk.answerWalk(talk.client(Talk.call("echo")))
      #expect(!said.upstream.contains { $0.contains("tools/call") })
      #expect(try json(said.client.first)["error"]?["code"] == -32603)
    }
  }

  @Test func `a held call that is cancelled is neither sent nor answered`() throws {
    var talk = try Talk()
    _ = talk.client(Talk.initialize("2025-06-18"))
    _ = talk.client(Talk.call("echo"))
    let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#
    #expect(talk.client(cancel) == Talk.Said())
    #expect(talk.answerWalk(talk.client(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)) == Talk.Said())
  }

  @Test func `an id in use is refused, whatever its spelling, and free again after the answer`() throws {
    var talk = try Talk()
    talk.open()
    #expect(talk.client(Talk.call("echo", id: #""a""#)).upstream.count == 1)
    let again = talk.client(Talk.call("echo", id: #""\u0061""#))
    #expect(again.upstream == [])
    #expect(try json(again.client.first)["error"]?["code"] == -32600)
    #expect(talk.client(Talk.call("echo", id: "1")).upstream.count == 1)
    #expect(talk.client(Talk.call("echo", id: #""1""#)).upstream.count == 1)
    #expect(talk.server(#"{"jsonrpc":"2.0","id":"\u0061","result":{}}"#).client.count == 1)
    #expect(talk.client(Talk.call("echo", id: #""a""#)).upstream.count == 1)
  }

  @Test func `answers to nothing are dropped on both sides`() throws {
    var talk = try Talk()
    talk.open()
    #expect(talk.server(#"{"jsonrpc":"2.0","id":99,"result":{}}"#) == Talk.Said())
    #expect(talk.client(#"{"jsonrpc":"2.0","id":99,"result":{}}"#) == Talk.Said())
    _ = talk.client(Talk.call("echo"))
    #expect(talk.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#).client.count == 1)
    #expect(talk.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#) == Talk.Said())
  }

  @Test func `an answer that cannot be relied on becomes an error`() throws {
    var talk = try Talk()
    talk.open()
    _ = talk.client(Talk.call("echo"))
    let said = talk.server(#"{"jsonrpc":"2.0","id":1,"result":{},"Result":{}}"#)
    #expect(try json(said.client.first)["error"]?["code"] == -32603)
    #expect(talk.server("Listening on port 3000\u{1B}[0m") == Talk.Said())
    #expect(talk.log.last?.contains("Listening") == true)
  }

  @Test func `the server's end is told to all who wait, and to all who come`() throws {
    var talk = try Talk()
    talk.open()
    _ = talk.client(Talk.call("echo"))
    _ = talk.client(Talk.call("echo", id: "2"))
    var effects = Effects()
    talk.session.upstreamEnded("the server is gone", &effects)
    let answers = try effects.toClient.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
    #expect(answers.map { $0["id"] } == [1, 2])
    #expect(answers.allSatisfy { $0["error"]?["code"] == -32603 })
    #expect(try json(talk.client(Talk.call("echo")).client.first)["error"]?["message"] == "Latch: the server is gone")
  }
}
