import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

@Suite struct TimeoutTests {
  private static let progress =
    #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}"#

  private static func opened(
    _ revision: String = "2025-11-25", timeout: Int = UpstreamPolicy.usualTimeout
  ) throws -> Talk {
    var talk = try Talk(timeout: timeout)
    talk.open(revision, capabilities: #"{"elicitation":{}}"#)
    return talk
  }

  @Test func `what the server does not answer in time is answered, and taken back`() throws {
    var talk = try Self.opened(timeout: 5000)
    #expect(talk.client(Talk.call("echo", id: "7")).upstream.count == 1)
    #expect(talk.session.deadline == 5_000_000)
    #expect(talk.wait(milliseconds: 4999) == Talk.Said())
    let said = talk.wait(milliseconds: 1)
    let told = try json(said.client.first)
    #expect(told["id"] == 7 && told["error"]?["code"] == -32603)
    #expect(
      told["error"]?["message"]
        == "Latch: the server did not answer within 5s; it may still do what it was asked")
    let taken = try json(said.upstream.first)
    #expect(taken["method"] == "notifications/cancelled" && taken["params"]?["requestId"] == 7)
    guard case .outcome(let outcome) = talk.gate.seen.records.last else { throw Missing() }
    #expect(outcome.kind == .timedOut && outcome.microseconds == 5_000_000)
    #expect(talk.wait(milliseconds: 100_000) == Talk.Said())
  }

  private struct Missing: Error {}

  @Test func `an answer that comes too late is nobody's`() throws {
    var talk = try Self.opened()
    _ = talk.client(Talk.call("echo", id: "7"))
    #expect(talk.wait(milliseconds: 60_000).client.count == 1)
    // What the server says late could be taken for the answer to this one.
    let again = try json(talk.client(Talk.call("echo", id: "7")).client.first)
    #expect(again["error"]?["code"] == -32600)
    #expect(talk.server(#"{"jsonrpc":"2.0","id":7,"result":{"content":[]}}"#) == Talk.Said())
    #expect(talk.client(Talk.call("echo", id: "7")).upstream.count == 1)
    let answer = #"{"jsonrpc":"2.0","id":7,"result":{"content":[]}}"#
    #expect(talk.server(answer).client == [answer])
    #expect(talk.wait(milliseconds: 100_000) == Talk.Said())
  }

  @Test func `an id is free again once its answer is not looked out for any more`() throws {
    var talk = try Self.opened(timeout: 1000)
    _ = talk.client(Talk.call("echo", id: "7"))
    #expect(talk.wait(milliseconds: 1000).client.count == 1)
    #expect(talk.wait(milliseconds: 999) == Talk.Said())
    #expect(talk.client(Talk.call("echo", id: "7")).upstream == [])
    #expect(talk.wait(milliseconds: 1) == Talk.Said())
    #expect(talk.client(Talk.call("echo", id: "7")).upstream.count == 1)
  }

  @Test func `a server at work has more time, but not for ever`() throws {
    var talk = try Self.opened(timeout: 1000)
    _ = talk.client(Talk.call("echo", id: "7"))
    for _ in 1..<20 {
      #expect(talk.wait(milliseconds: 500) == Talk.Said())
      #expect(talk.server(Self.progress).client == [Self.progress])
    }
    #expect(talk.wait(milliseconds: 499) == Talk.Said())
    #expect(talk.wait(milliseconds: 1).client.count == 1)
  }

  @Test func `a person who was asked by the server is waited for`() throws {
    var talk = try Self.opened(timeout: 1000)
    _ = talk.client(Talk.call("echo", id: "7"))
    let question = #"{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{}}"#
    #expect(talk.server(question).client == [question])
    for _ in 0..<3 { #expect(talk.wait(milliseconds: 1000) == Talk.Said()) }
    #expect(talk.client(#"{"jsonrpc":"2.0","id":"q","result":{"action":"decline"}}"#).upstream.count == 1)
    #expect(talk.wait(milliseconds: 999) == Talk.Said())
    #expect(talk.wait(milliseconds: 1).client.count == 1)
  }

  @Test func `a question that is taken back, or that no person is asked, gives no time`() throws {
    for question in ["elicitation/create", "ping"] {
      var talk = try Self.opened(timeout: 1000)
      _ = talk.client(Talk.call("echo", id: "7"))
      #expect(talk.server(#"{"jsonrpc":"2.0","id":"q","method":"\#(question)","params":{}}"#).client.count == 1)
      if question != "ping" {
        let taken = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"q"}}"#
        #expect(talk.server(taken).client == [taken])
      }
      #expect(talk.wait(milliseconds: 1000).client.count == 1, "\(question)")
      // Who answers all the same is heard.
      #expect(talk.client(#"{"jsonrpc":"2.0","id":"q","result":{}}"#).upstream.count == 1)
    }
  }

  @Test func `what waits for something to happen may wait`() throws {
    var talk = try Self.opened(timeout: 1000)
    _ = talk.client(#"{"jsonrpc":"2.0","id":1,"method":"tasks/result","params":{"taskId":"t"}}"#)
    _ = talk.client(Talk.call("echo", id: "2"))
    #expect(try json(talk.wait(milliseconds: 1000).client.first)["id"] == 2)
    #expect(talk.wait(milliseconds: 100_000) == Talk.Said())
  }

  @Test func `the handshake is not taken back`() throws {
    var talk = try Talk(timeout: 1000)
    _ = talk.client(Talk.initialize("2025-06-18"))
    let said = talk.wait(milliseconds: 1000)
    #expect(said.client.count == 1 && said.upstream == [])
    // The client may begin anew.
    #expect(talk.wait(milliseconds: 1000) == Talk.Said())
    #expect(talk.client(Talk.initialize("2025-06-18")).upstream.count == 1)
  }

  @Test func `of a batch the rest is answered too`() throws {
    var talk = try Self.opened("2025-03-26", timeout: 1000)
    #expect(talk.client("[\(Talk.call("echo", id: "1")),\(Talk.call("echo", id: "2"))]").upstream.count == 2)
    #expect(talk.server(#"{"jsonrpc":"2.0","id":1,"result":{"content":[]}}"#) == Talk.Said())
    let answers = try json(talk.wait(milliseconds: 1000).client.first)
    #expect(answers.array?.count == 2)
  }

  @Test func `nobody is waited for who is gone`() throws {
    var talk = try Self.opened(timeout: 1000)
    _ = talk.client(Talk.call("echo", id: "7"))
    var effects = Effects()
    talk.session.upstreamEnded("the server is gone", &effects)
    #expect(talk.session.deadline == nil)
    #expect(talk.wait(milliseconds: 5000) == Talk.Said())
  }

  @Test func `time in which a person decides is not the server's`() throws {
    var talk = try Self.opened(timeout: 1000)
    let asked = try json(talk.client(Talk.call("ask", id: "7")).client.first)
    #expect(asked["method"] == "elicitation/create")
    #expect(talk.wait(milliseconds: 20_000) == Talk.Said())
    let id = try #require(asked["id"]?.string)
    let answer =
      #"{"jsonrpc":"2.0","id":"\#(id)","result":{"action":"accept","content":{"decision":"allow_once"}}}"#
    #expect(talk.client(answer).upstream.count == 1)
    #expect(talk.wait(milliseconds: 999) == Talk.Said())
    #expect(talk.wait(milliseconds: 1).client.count == 1)
  }

  @Test func `a client that cancels gets no answer when the time is over`() throws {
    var talk = try Self.opened(timeout: 1000)
    _ = talk.client(Talk.call("echo", id: "7"))
    _ = talk.client(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#)
    #expect(talk.wait(milliseconds: 5000) == Talk.Said())
  }
}
