import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

/// How a person is asked, in each era, and what becomes of the call.
@Suite struct ApprovalSessionTests {
  @Test func `an unknown tool is shown to nobody, and asked about where policy says so`() throws {
    for (floor, effect) in [(Guard.Floor.deny, Effect.allow), (.requireApproval, .deny), (.requireApproval, .allow)] {
      var talk = try Talk {
        $0.unknownTool = floor
        $0.effect = effect
      }
      talk.open()
      _ = talk.client(#"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#)
      let listed = talk.server(#"{"jsonrpc":"2.0","id":3,"result":\#(Fixture.page(Fixture.offered))}"#)
      #expect(listed.client.first?.contains("stranger") == false)
      let said = talk.client(Talk.call("stranger", id: "4"))
      #expect(said.upstream == [])
      #expect((said.client.first?.contains("Approval `") == true) == (floor == .requireApproval && effect == .allow))
      // Hidden tools, and those that the server does not offer, are asked about by nobody.
      for tool in ["secret", "nosuch", "@prompts/get"] {
        let said = talk.client(Talk.call(tool, id: "5"))
        #expect(said.client.first?.contains("Unknown tool: \(tool)") == true && said.upstream == [])
      }
    }
  }

  private static let forms = #"{"elicitation":{}}"#

  /// A handshake with a client that puts forms to a person.
  private func talk(_ revision: String = "2025-11-25", capabilities: String = forms, gate: MemoryGate = MemoryGate())
    throws -> Talk
  {
    var talk = try Talk(gate: gate)
    talk.open(revision, capabilities: capabilities)
    return talk
  }

  private func question(_ said: Talk.Said) throws -> JSONValue {
    let question = try json(said.client.first)
    try #require(question["method"] == "elicitation/create")
    return question
  }

  private func answer(_ question: JSONValue, _ result: String) -> String {
    #"{"jsonrpc":"2.0","id":"\#(question["id"]?.string ?? "")","result":\#(result)}"#
  }

  private static let once = #"{"action":"accept","content":{"decision":"allow_once"}}"#

  @Test func `the client is asked, and the call goes on as the bytes that came`() throws {
    var talk = try talk()
    let call = #"{"jsonrpc":"2.0", "id":1,"method":"tools/call","params":{"name":"ask","arguments":{"n":1.0}}}"#
    let said = talk.client(call)
    #expect(said.upstream == [])
    let question = try question(said)
    #expect(question["params"]?["mode"] == "form")
    #expect(question["params"]?["message"]?.string?.contains("`ask`") == true)
    #expect(question["params"]?["message"]?.string?.contains("it is dear") == true)
    #expect(question["params"]?["message"]?.string?.contains("Wait for it") == false)
    #expect(question["params"]?["message"]?.string?.contains(#"{"n":1.0}"#) == true)
    #expect(talk.client(answer(question, Self.once)) == Talk.Said(upstream: [call]))
    #expect(talk.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#).client.count == 1)
  }

  @Test func `a yes that comes when the end has begun lets nothing go, and nothing is spent`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    var effects = Effects()
    talk.session.leave(because: "the session is being ended", &effects)
    #expect(talk.client(answer(question, Self.once)) == Talk.Said())
    #expect(talk.gate.seen.spent == [])
  }

  @Test func `one approval lets one call go`() throws {
    var talk = try talk()
    let first = try question(talk.client(Talk.call("ask")))
    #expect(talk.client(answer(first, Self.once)).upstream.count == 1)
    _ = talk.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#)
    let second = talk.client(Talk.call("ask", id: "2"))
    #expect(second.upstream == [])
    #expect(try question(second)["id"] != first["id"])
  }

  @Test(arguments: [
    #"{"action":"accept"}"#, #"{"action":"accept","content":{}}"#, #"{"action":"accept","content":{"decision":true}}"#,
    #"{"action":"accept","content":{"decision":"allow_any_arguments"}}"#, #"{"action":"cancel"}"#, "{}", "[]", "7",
    #"{"action":"Accept","content":{"decision":"allow_once"}}"#, #"{"content":{"decision":"allow_once"}}"#,
    #"{"action":"accept","content":{"Decision":"allow_once"}}"#, #"{"action":"decline"}"#,
    #"{"action":"accept","content":{"decision":"deny"}}"#, #"{"action":"accept","action":"accept"}"#,
  ])
  func `nothing but a decision in so many words lets a call go`(result: String) throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    let said = talk.client(answer(question, result))
    if result.contains("allow_any_arguments") {
      // The gate refuses a lease that was not offered; here only that the session does not take it for an approval
      // of its own accord is seen.
      #expect(talk.gate.seen.leases["a2aa"] == 0)
      return
    }
    #expect(said.upstream == [])
    #expect(try json(said.client.first)["result"]?["isError"] == true)
  }

  @Test func `an error in the place of an answer is no approval`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    let error = #"{"jsonrpc":"2.0","id":"\#(question["id"]?.string ?? "")","error":{"code":-32601,"message":"no"}}"#
    let said = talk.client(error)
    #expect(said.upstream == [])
    #expect(said.client.first?.contains("Approval `a2aa` is needed") == true)
  }

  @Test func `a refusal is remembered`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    #expect(talk.client(answer(question, #"{"action":"decline"}"#)).client.first?.contains("refused") == true)
    let again = talk.client(Talk.call("ask", id: "2"))
    #expect(again.upstream == [])
    #expect(again.client.first?.contains("refused") == true)
  }

  @Test func `an answer counts once, and one that nobody asked for never`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    #expect(talk.client(answer(question, Self.once)).upstream.count == 1)
    #expect(talk.client(answer(question, Self.once)) == Talk.Said())
    #expect(talk.client(#"{"jsonrpc":"2.0","id":"latch-own-99","result":\#(Self.once)}"#) == Talk.Said())
  }

  @Test func `who does not answer in time finds the call deferred and the question taken back`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    #expect(talk.session.deadline == 45_000_000)
    var effects = Effects()
    talk.session.expire(at: 45_000_000, &effects)
    let said = effects.toClient.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    #expect(said.count == 2)
    #expect(said.first?.contains("notifications/cancelled") == true)
    #expect(said.last?.contains("Approval `a2aa` is needed") == true)
    #expect(effects.toUpstream.isEmpty)
    // Too late.
    #expect(talk.client(answer(question, Self.once)) == Talk.Said())
    // Given otherwise meanwhile: the same call, made again, goes.
    try talk.gate.approve("a2aa", lease: nil)
    #expect(talk.client(Talk.call("ask", id: "2")).upstream.count == 1)
  }

  @Test func `a call that is cancelled while a person is asked is not made`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    let said = talk.client(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#)
    #expect(said.upstream == [])
    #expect(said.client.first?.contains("notifications/cancelled") == true)
    #expect(talk.client(answer(question, Self.once)) == Talk.Said())
  }

  @Test(arguments: [#"{"elicitation":{"url":{}}}"#, "{}", #"{"elicitation":null}"#, #"{"elicitation":{"Form":{}}}"#])
  func `a client that puts no forms is not asked`(capabilities: String) throws {
    var talk = try talk(capabilities: capabilities)
    let said = talk.client(Talk.call("ask"))
    #expect(said.client.first?.contains("Approval `a2aa` is needed") == true)
    #expect(talk.gate.seen.announced == ["a2aa"])
  }

  @Test func `in 2025-06-18 the mode is not named`() throws {
    var talk = try talk("2025-06-18")
    #expect(try question(talk.client(Talk.call("ask")))["params"]?["mode"] == nil)
  }

  @Test func `a call with other arguments needs another approval`() throws {
    var talk = try talk()
    func call(_ id: Int, _ arguments: String) -> String {
      #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"arguments":\#(arguments),"name":"ask"}}"#
    }
    let question = try question(talk.client(call(1, #"{"a":1,"b":[2]}"#)))
    _ = talk.client(answer(question, #"{"action":"cancel"}"#))
    try talk.gate.approve("a2aa", lease: nil)
    for other in [#"{"a":1.0,"b":[2]}"#, #"{"a":1}"#, #"{"a":1,"b":[2],"c":null}"#, #"{"a":"1","b":[2]}"#, "{}"] {
      let said = talk.client(call(2, other))
      #expect(said.upstream == [], "\(other)")
      _ = talk.client(answer(try self.question(said), #"{"action":"cancel"}"#))
    }
    // The order of members does not count, nor what a client tells its attempts apart by.
    let same =
      #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"ask","arguments":{"b":[2],"a":1},"#
      + #""_meta":{"progressToken":9,"claudecode/toolUseId":"toolu_3","vscode.requestId":"r2"}}}"#
    #expect(talk.client(same).upstream == [same])
    #expect(talk.gate.seen.spent == ["a2aa"])
  }

  @Test func `state that cannot be used denies`() throws {
    let gate = MemoryGate()
    gate.change { $0.stateProblem = "the disk is full" }
    var talk = try talk(gate: gate)
    let said = talk.client(Talk.call("ask"))
    #expect(said.upstream == [])
    #expect(said.client.first?.contains("the disk is full") == true)
  }

  @Test func `what the server does meanwhile does not let the call pass unverified`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    _ = talk.server(#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#)
    talk.pages = [Fixture.page([Fixture.ask.replacing(#""object""#, with: #""object","title":"new""#)])]
    let said = talk.client(answer(question, Self.once))
    #expect(!said.upstream.contains { $0.contains("tools/call") })
    let end = talk.answerWalk(said)
    #expect(end.upstream == [])
    #expect(end.client.first?.contains("changed_tool") == true)
  }

  @Test func `a server cannot put a form of its own in the place of the question`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    let id = question["id"]?.string ?? ""
    #expect(!id.contains("latch-own"))
    for forged in [id, "latch-ask-99", "latch-own-99"] {
      let form = #"{"jsonrpc":"2.0","id":"\#(forged)","method":"elicitation/create","params":{"message":"Cookies?"}}"#
      let said = talk.server(form)
      #expect(said.client == [] && said.upstream.first?.contains("error") == true, "\(forged)")
    }
    let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"\#(id)"}}"#
    #expect(talk.server(cancel) == Talk.Said())
    #expect(talk.client(Talk.call("echo", id: #""latch-ask-7""#)).upstream == [])
  }

  @Test func `a refusal is not lost because the tools change meanwhile`() throws {
    var talk = try talk()
    let question = try question(talk.client(Talk.call("ask")))
    _ = talk.server(#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#)
    let said = talk.answerWalk(talk.client(answer(question, #"{"action":"decline"}"#)))
    #expect(said.upstream == [] && said.client.first?.contains("refused") == true)
    #expect(talk.gate.seen.approvals.first?.status == .denied)
  }

  @Test func `what a form cannot show in full is not asked in one`() throws {
    var talk = try talk()
    let call =
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"content":"\#(String(repeating: "x", count: 3000))","path":"/etc/cron.d/x"}}}"#
    #expect(talk.client(call).client.first?.contains("is needed") == true)
    #expect(talk.gate.seen.approvals.first?.request.arguments.contains("/etc/cron.d/x") == true)
  }

  @Test func `a credential in the arguments does not hide the rest from the person`() throws {
    var talk = try talk()
    let call =
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"path":"/etc/cron.d/x # ghp_16C7e42F292c6912E7710c838347Ae178B4a"}}}"#
    let question = try question(talk.client(call))
    #expect(question["params"]?["message"]?.string?.contains("/etc/cron.d/x") == true)
  }

  @Test func `capabilities with two readings are refused`() throws {
    var talk = try Talk()
    let said = talk.client(Talk.initialize("2025-06-18", capabilities: #"{"x":1,"x":2,"roots":{}}"#))
    #expect(said.upstream == [] && said.client.first?.contains("two ways") == true)
  }

  @Test func `the server ends, and so does the question`() throws {
    var talk = try talk()
    _ = try question(talk.client(Talk.call("ask")))
    var effects = Effects()
    talk.session.upstreamEnded("it is gone", &effects)
    let said = effects.toClient.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    #expect(said.contains { $0.contains("notifications/cancelled") } && said.contains { $0.contains("it is gone") })
  }
}

/// The stateless revision: nothing is held, and the client brings the answer with the call.
@Suite struct StatelessApprovalTests {
  private static let meta =
    #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":"#
    + #"{"elicitation":{"form":{}}},"io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"}}"#

  private func call(_ id: Int, _ more: String = "", arguments: String = "{}", meta: String = meta) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"ask","arguments":\#(arguments),\#(meta)\#(more)}}"#
  }

  private func open(ways: [ApprovalTerms.Way] = [.elicitation, .terminal]) throws -> Talk {
    var talk = try Talk(gate: MemoryGate(), ways: ways)
    let said = talk.client(#"{"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"echo",\#(Self.meta)}}"#)
    talk.answerWalk(said)
    _ = talk.server(#"{"jsonrpc":"2.0","id":0,"result":{"resultType":"complete","content":[]}}"#)
    return talk
  }

  private func state(_ said: Talk.Said) throws -> String {
    let result = try json(said.client.first)["result"]
    try #require(result?["resultType"] == "input_required")
    #expect(result?["inputRequests"]?["dev.latch/approval"]?["method"] == "elicitation/create")
    return try #require(result?["requestState"]?.string)
  }

  private func answer(_ state: String, _ answer: String = #"{"action":"accept","content":{"decision":"allow_once"}}"#)
    -> String
  { #","inputResponses":{"dev.latch/approval":\#(answer)},"requestState":"\#(state)""# }

  @Test func `the call that comes back with the answer goes on without it`() throws {
    var talk = try open()
    let state = try state(talk.client(call(1)))
    #expect(talk.client(call(2, answer(state))).upstream == [call(2)])
  }

  @Test func `the seal is of this call and no other`() throws {
    var talk = try open()
    let state = try state(talk.client(call(1)))
    let other = talk.client(call(2, answer(state), arguments: #"{"x":1}"#))
    #expect(other.upstream == [] && other.client.first?.contains("is needed") == true)
    for forged in [
      "dev.latch/approval:", "dev.latch/approval:a2aa", state.dropLast() + (state.last == "0" ? "1" : "0"),
      state + "0",
    ] {
      let said = talk.client(call(3, answer(String(forged))))
      #expect(said.upstream == [], "\(forged)")
    }
    #expect(talk.client(call(4, answer(state, #"{"action":"decline"}"#))).client.first?.contains("refused") == true)
    #expect(talk.client(call(5, answer(state))).client.first?.contains("refused") == true)
  }

  @Test func `a call that only the client can approve comes back with the answer and goes`() throws {
    var talk = try open(ways: [.elicitation])
    let state = try state(talk.client(call(1)))
    #expect(talk.client(call(2, answer(state))).upstream == [call(2)])
  }

  @Test func `metadata with two readings is refused`() throws {
    var talk = try open()
    let said = talk.client(call(1, meta: Self.meta.replacing(#""_meta":{"#, with: #""_meta":{"a":1,"a":2,"#)))
    #expect(said.upstream == [] && said.client.first?.contains("two ways") == true)
  }

  @Test func `an answer without a seal is nothing`() throws {
    var talk = try open()
    _ = try state(talk.client(call(1)))
    let said = talk.client(
      call(2, #","inputResponses":{"dev.latch/approval":{"action":"accept","content":{"decision":"allow_once"}}}"#))
    #expect(said.upstream == [])
  }

  @Test func `a server's own state is not lost for the question`() throws {
    var talk = try open()
    let said = talk.client(call(1, #","requestState":"the server's""#))
    #expect(said.upstream == [])
    #expect(said.client.first?.contains("Approval `a2aa` is needed") == true)
    try talk.gate.approve("a2aa", lease: nil)
    #expect(
      talk.client(call(2, #","requestState":"the server's""#)).upstream == [call(2, #","requestState":"the server's""#)]
    )
  }

  @Test func `a client that puts no forms is not asked`() throws {
    var talk = try open()
    let bare = Self.meta.replacing(#"{"elicitation":{"form":{}}}"#, with: "{}")
    #expect(talk.client(call(1, meta: bare)).client.first?.contains("is needed") == true)
  }
}
