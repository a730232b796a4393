import LatchJSON
import LatchMCP
import Testing

/// What becomes of a conversation whose session the server forgets, or whose client begins anew.
@Suite(.serialized, .enabled(if: Python.path != nil, "python3 is needed for the scripted server"))
struct LostSessionTests {
  /// Threats: a person's answer to one question must not reach the server as the answer to another.
  @Test func `an answer to a question of a session that is lost reaches nobody`() async throws {
    let server = try ScriptedServer("forgets-asking")
    let talk = try Talk(server.url)
    try await talk.open()
    #expect(try await talk.message()["id"] == 0)
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    talk.request(6, "ping")
    #expect(try await talk.next() == .sessionLost)
    #expect(try await talk.failure(of: 6) == .sessionLost)
    _ = try await talk.renewal()
    // The next session asks by the same id, which the owner does not get to see.
    let question = try await talk.message()
    let id = try #require(question["id"]?.string)
    #expect(question["method"] == "roots/list")
    talk.send(#"{"jsonrpc":"2.0","id":0,"result":{"roots":["old"]}}"#)
    talk.send(#"{"jsonrpc":"2.0","id":"\#(id)","result":{"roots":["new"]}}"#)
    talk.send(#"{"jsonrpc":"2.0","id":"\#(id)","result":{"roots":["twice"]}}"#)
    talk.request(7, "ping")
    #expect(try await talk.message()["id"] == 7)
    #expect(try await server.eventually { !answers(server).isEmpty })
    #expect(answers(server).map(\.body) == [#"{"jsonrpc":"2.0","id":0,"result":{"roots":["new"]}}"#])
    #expect(answers(server).map { $0.headers["mcp-session-id"] } == ["session-2"])
  }

  private func answers(_ server: ScriptedServer) -> [ScriptedServer.Seen] {
    server.requests.filter { $0.method == "POST" && $0.rpc == nil }
  }

  @Test func `an answer to what was never asked is not sent`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.send(#"{"jsonrpc":"2.0","id":"never","result":{}}"#)
    talk.request(6, "ping")
    #expect(try await talk.message()["id"] == 6)
    #expect(answers(server).isEmpty)
  }

  @Test func `what comes on a stream of a session that is lost is dropped`() async throws {
    let server = try ScriptedServer("asks-late")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    talk.request(6, "ping")
    #expect(try await talk.next() == .sessionLost)
    #expect(try await talk.failure(of: 6) == .sessionLost)
    _ = try await talk.renewal()
    // A slow machine closes the old stream before the server says anything on it.
    #expect(
      try await server.eventually { !server.said("late").isEmpty || server.said("closed").contains("tools/call") })
    talk.request(7, "ping")
    #expect(try await talk.message()["id"] == 7)
  }

  @Test func `a server that is out of reach for a moment is asked for a new session again`() async throws {
    let server = try ScriptedServer("forgets-unready")
    let talk = try Talk(server.url, limits: { $0.openingPause = .milliseconds(10) })
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    let start = ContinuousClock.now
    talk.request(6, "ping")
    #expect(try await talk.next() == .sessionLost)
    #expect(try await talk.failure(of: 6) == .sessionLost)
    _ = try await talk.renewal()
    // The server wanted to be left alone for a second.
    #expect(start.duration(to: .now) >= .seconds(1))
    talk.request(7, "ping")
    #expect(try await talk.message()["id"] == 7)
    #expect(server.requests("initialize").count == 5)
  }

  @Test func `it is not asked for ever`() async throws {
    let server = try ScriptedServer("forgets-unready")
    let talk = try Talk(server.url, limits: { $0.openings = 2 })
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    talk.request(6, "ping")
    #expect(try await talk.next() == .sessionLost)
    #expect(try await talk.failure(of: 6) == .sessionLost)
    #expect(try await talk.next() == .ended(.status(429, said: nil)))
  }

  @Test func `sessions that have lasted may be lost as often as they are`() async throws {
    let server = try ScriptedServer("expires")
    let talk = try Talk(server.url, limits: { $0.lasting = .zero })
    try await talk.open()
    for _ in 1...6 {
      #expect(try await talk.next() == .sessionLost)
      _ = try await talk.renewal()
    }
    let other = try ScriptedServer("expires")
    let short = try Talk(other.url)
    try await short.open()
    for _ in 1...3 {
      #expect(try await short.next() == .sessionLost)
      _ = try await short.renewal()
    }
    #expect(try await short.next() == .sessionLost)
    #expect(try await short.next() == .ended(.sessionLost))
  }

  @Test func `a client that begins anew does not wait for its former attempt`() async throws {
    let server = try ScriptedServer("hangs-first")
    let talk = try Talk(server.url, limits: { $0.answer = .seconds(3600) })
    talk.request(1, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    #expect(try await server.eventually { server.requests("initialize").count == 1 })
    talk.request(0, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    #expect(try await talk.failure(of: 1) == .closed)
    #expect(try await talk.message()["id"] == 0)
    talk.send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    #expect(server.requests("tools/call").first?.headers["mcp-session-id"] == "session-1")
  }
}
