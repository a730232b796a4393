import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

/// What is recorded of a session, and that nothing passes which is not.
@Suite struct RecordSessionTests {
  @Test func `a call is recorded before it goes on, and how it ended after`() throws {
    var talk = try Talk()
    talk.open()
    talk.now = 5_000_000
    #expect(talk.client(Talk.call("echo", id: "7")).upstream.count == 1)
    talk.now = 5_002_500
    _ = talk.server(#"{"jsonrpc":"2.0","id":7,"result":{"isError":true,"content":[]}}"#)
    let records = talk.gate.seen.records
    guard case .decision(let decision) = records.first, case .outcome(let outcome) = records.last else {
      return #expect(Bool(false))
    }
    #expect(
      decision.passed && decision.tool == "echo" && decision.method == "tools/call" && decision.call == outcome.call)
    #expect(decision.policy == Fixture.identity)
    #expect(outcome.kind == .toolError && outcome.microseconds == 2500)
  }

  @Test func `what is not listed is unknown to the client, and in the record what policy says of it`() throws {
    var talk = try Talk()
    talk.open()
    let arguments = #""arguments":{"path":"/srv/x"}"#
    for (tool, arguments, decidedBy) in [
      ("secret", arguments, Decision.DecidedBy.hiddenTool), ("nosuch", arguments, .unknownTool),
      ("@resources/read", #""arguments":{"uri":"a:b"}"#, .unknownTool),
    ] {
      let said = talk.client(
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\#(tool)",\#(arguments)}}"#)
      #expect(said.upstream == [] && said.client.first?.contains("Unknown tool: \(tool)") == true)
      guard case .decision(let decision) = talk.gate.seen.records.last, case .read = decision.arguments else {
        return #expect(Bool(false), "\(tool)")
      }
      #expect(decision.decision.decidedBy == decidedBy && !decision.passed)
    }
    let twice = #"{"name":"secret","arguments":{"a":1,"a":2}}"#
    _ = talk.client(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(twice)}"#)
    guard case .decision(let decision) = talk.gate.seen.records.last, case .unreadable = decision.arguments else {
      return #expect(Bool(false))
    }
  }

  @Test func `what cannot be recorded does not pass`() throws {
    let gate = MemoryGate()
    var talk = try Talk(gate: gate)
    talk.open()
    gate.change { $0.recordProblem = "no space left" }
    let said = talk.client(Talk.call("echo"))
    #expect(said.upstream == [])
    #expect(said.client.first?.contains("no space left") == true)
    gate.change { $0.recordProblem = nil }
    #expect(talk.client(Talk.call("echo", id: "2")).upstream.count == 1)
  }

  @Test func `what cannot be kept is taken back before it goes on, and nothing else is`() throws {
    let gate = MemoryGate()
    var talk = try Talk(gate: gate)
    talk.open()
    let progress = #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}"#
    let ping = #"{"jsonrpc":"2.0","id":9,"method":"ping"}"#
    let lines = [Talk.call("echo", id: "5"), progress, Talk.call("echo", id: #""a\u0062""#), ping]
    var effects = Effects()
    for line in lines { talk.session.fromClient(Array(line.utf8).span, at: 0, &effects) }
    // Another call whose record is kept meanwhile.
    let kept = try #require(effects.records)
    effects.records = nil
    let other = Talk.call("echo", id: "6")
    talk.session.fromClient(Array(other.utf8).span, at: 0, &effects)
    let text = Array((lines + [other]).map { $0 + "\n" }.joined().utf8)
    let rest = talk.session.withdraw(kept, from: text.span, because: "no space left", &effects)
    #expect(String(decoding: rest, as: UTF8.self) == [progress, ping, other].map { $0 + "\n" }.joined())
    let answers = String(decoding: effects.toClient, as: UTF8.self).split(separator: "\n")
    #expect(
      answers.count == 2 && answers.allSatisfy { $0.contains("no space left") && $0.contains(#""isError":true"#) })
    #expect(answers[0].contains(#""id":5,"#) && answers[1].contains(#""id":"a\u0062","#))
    let outcomes = gate.seen.records.compactMap { if case .outcome(let outcome) = $0 { outcome.kind } else { nil } }
    #expect(outcomes == [.notMade, .notMade])
    // Their ids are free again, and what the server would answer is no answer.
    #expect(talk.server(#"{"jsonrpc":"2.0","id":5,"result":{}}"#).client == [])
    #expect(talk.client(Talk.call("echo", id: "5")).upstream.count == 1)
  }

  @Test func `what was answered before it could be taken back does not go on`() throws {
    var talk = try Talk()
    talk.open()
    var effects = Effects()
    let call = Array(Talk.call("echo", id: "5").utf8)
    talk.session.fromClient(call.span, at: 0, &effects)
    _ = talk.server(#"{"jsonrpc":"2.0","id":5,"result":{}}"#)
    let records = try #require(effects.records)
    #expect(talk.session.withdraw(records, from: (call + [0x0A]).span, because: "full", &effects) == [])
    #expect(effects.toClient == [])
  }

  @Test func `denials, unknown tools, and what is dropped or refused are in the record`() throws {
    var talk = try Talk()
    talk.open()
    _ = talk.client(Talk.call("danger"))
    _ = talk.client(Talk.call("nosuch", id: "2"))
    _ = talk.client("{")
    _ = talk.client(#"{"jsonrpc":"2.0","method":"notifications/strange"}"#)
    let kinds = talk.gate.seen.records.map { record in
      switch record {
      case .decision(let decision): "\(decision.tool ?? "?") \(decision.decision.effect) \(decision.passed)"
      case .outcome(let outcome): "\(outcome.kind)"
      case .event(let event): "\(event.kind)"
      }
    }
    #expect(kinds == ["danger deny false", "nosuch deny false", "refused", "dropped"])
  }

  @Test func `an error of the server, and its end, are outcomes`() throws {
    var talk = try Talk()
    talk.open()
    _ = talk.client(Talk.call("echo"))
    _ = talk.server(#"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"x"}}"#)
    _ = talk.client(Talk.call("echo", id: "2"))
    var effects = Effects()
    talk.session.upstreamEnded("gone", &effects)
    let outcomes = talk.gate.seen.records.compactMap { if case .outcome(let outcome) = $0 { outcome } else { nil } }
    #expect(outcomes.map(\.kind) == [.error, .lost])
    #expect(outcomes.first?.code == -32000)
  }

  @Test func `the trace that the call belongs to is recorded`() throws {
    var talk = try Talk()
    talk.open()
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    _ = talk.client(
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":{"traceparent":"\#(parent)"}}}"#)
    guard case .decision(let decision) = talk.gate.seen.records.first else { return #expect(Bool(false)) }
    #expect(decision.trace?.traceID == "0af7651916cd43dd8448eb211c80319c")
  }
}

/// What a proxy lets pass that only observes, and what not even then.
@Suite struct ObservationTests {
  private func talk() throws -> Talk {
    var talk = try Talk(observes: true)
    talk.open()
    return talk
  }

  @Test func `what rules deny passes and is recorded as denied`() throws {
    var talk = try talk()
    #expect(talk.client(Talk.call("danger")).upstream.count == 1)
    guard case .decision(let decision) = talk.gate.seen.records.first else { return #expect(Bool(false)) }
    #expect(decision.passed && decision.decision.effect == .deny)
  }

  @Test func `what is unknown, changed or cannot be recorded does not`() throws {
    var talk = try talk()
    #expect(talk.client(Talk.call("nosuch")).upstream == [])
    #expect(talk.client(Talk.call("changed", id: "2")).upstream == [])
    talk.gate.change { $0.recordProblem = "full" }
    #expect(talk.client(Talk.call("echo", id: "3")).upstream == [])
  }
}
