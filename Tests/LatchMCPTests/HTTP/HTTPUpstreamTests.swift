import Dispatch
import LatchJSON
import LatchLaunch
import LatchMCP
import Synchronization
import Testing

/// The handshake revisions over Streamable HTTP, against a server that does what its script says.
@Suite(.serialized, .enabled(if: Python.path != nil, "python3 is needed for the scripted server"))
struct HTTPUpstreamTests {
  @Test func `a session is opened, used and given back`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url, fields: [("Authorization", "Bearer t0psecret")])
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    try await talk.close()
    #expect(try await server.eventually { server.requests.contains { $0.method == "DELETE" } })
    let first = try #require(server.requests("initialize").first)
    #expect(first.headers["accept"] == "application/json, text/event-stream")
    #expect(first.headers["content-type"] == "application/json")
    #expect(first.headers["mcp-session-id"] == nil && first.headers["mcp-protocol-version"] == nil)
    for later in server.requests.dropFirst() {
      #expect(later.headers["mcp-session-id"] == "session-1")
      #expect(later.headers["mcp-protocol-version"] == "2025-11-25")
      #expect(later.headers["authorization"] == "Bearer t0psecret")
    }
    #expect(server.requests.contains { $0.method == "GET" && $0.headers["accept"] == "text/event-stream" })
    #expect(try await talk.next() == .ended(.closed))
    #expect(try await talk.next(within: .seconds(1)) == nil)
  }

  @Test func `the bytes of a message are sent as they are`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url)
    try await talk.open()
    let text =
      #"{ "jsonrpc":"2.0", "params":{"name":"t","x":1.0e2,"\u0061":"é"},  "id":"\u0061","method":"tools/call"}"#
    talk.send(text)
    #expect(try await talk.message()["id"] == "a")
    #expect(server.requests("tools/call").map(\.body) == [text])
  }

  @Test func `requests wait until the server has heard that the client is initialized`() async throws {
    let server = try ScriptedServer("slow-initialized")
    let talk = try Talk(server.url)
    try await talk.open()
    for id in 1...5 { talk.call(id) }
    var ids: Set<Int?> = []
    for _ in 1...5 { try await ids.insert(talk.message()["id"]?.integer) }
    #expect(ids == [1, 2, 3, 4, 5])
  }

  @Test func `a thousand calls are answered, each once`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url)
    try await talk.open()
    for id in 1...1000 { talk.call(id) }
    var ids: Set<Int> = []
    for _ in 1...1000 { try await ids.insert(talk.message()["id"]?.integer ?? 0) }
    #expect(ids.count == 1000)
  }

  @Test func `a stream in single bytes, with every line end and a byte order mark, is read`() async throws {
    let server = try ScriptedServer("stream-drip")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["method"] == "notifications/progress")
    #expect(try await talk.message()["id"] == 5)
  }

  @Test func `a server may ask in the middle of a call`() async throws {
    let server = try ScriptedServer("asks")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["method"] == "roots/list")
    talk.send(#"{"jsonrpc":"2.0","id":77,"result":{"roots":[]}}"#)
    #expect(try await talk.message()["id"] == 5)
  }

  @Test func `an answer over several lines comes on one`() async throws {
    let server = try ScriptedServer("pretty")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["result"]?["echo"] == "tools/call")
  }

  @Test func `a stream that breaks off is taken up again where it was, after the server's pause`() async throws {
    let server = try ScriptedServer("resume")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["method"] == "notifications/progress")
    let start = ContinuousClock.now
    #expect(try await talk.message()["result"]?["resumed"] == true)
    #expect(start.duration(to: .now) < .seconds(5))
    let again = try #require(server.requests.first { $0.headers["last-event-id"] != nil })
    #expect(again.headers["last-event-id"] == "second" && again.headers["mcp-session-id"] == "session-1")
    #expect(server.requests("tools/call").count == 1)
  }

  @Test func `it is taken up again a few times only`() async throws {
    let server = try ScriptedServer("resume-never")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["method"] == "notifications/progress")
    #expect(try await talk.failure(of: 5) == .broken)
    #expect(server.requests.count { $0.headers["last-event-id"] != nil } == 3)
    #expect(server.requests("tools/call").count == 1)
  }

  @Test(arguments: ["drop", "resume-refused", "half"])
  func `a call whose answer is lost fails and is never sent again`(_ kind: String) async throws {
    let server = try ScriptedServer(kind)
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    if kind != "half" { #expect(try await talk.message()["method"] == "notifications/progress") }
    #expect(try await talk.failure(of: 5) == .broken)
    #expect(server.requests("tools/call").count == 1)
  }

  @Test(arguments: ["2025-11-25", "2026-07-28"])
  func `the id of a cancelled request is free for another`(_ revision: String) async throws {
    let server = try ScriptedServer("silent-once")
    let talk = try Talk(server.url)
    let meta = #","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#
    let isStateless = revision == "2026-07-28"
    if !isStateless { try await talk.open(revision) }
    let parameters = #"{"name":"t","arguments":{}\#(isStateless ? meta : "")}"#
    talk.request(5, "tools/call", parameters)
    #expect(try await server.eventually { server.requests("tools/call").count == 1 })
    talk.send(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}"#)
    talk.request(5, "tools/call", parameters)
    #expect(try await talk.next() == .cancelled(id: [0x35]))
    #expect(try await talk.message()["id"] == 5)
    #expect(server.requests("tools/call").count == 2)
  }

  @Test func `a request with the id of another that waits fails`() async throws {
    let server = try ScriptedServer("silent-once")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    talk.call(5)
    #expect(try await talk.failure(of: 5) == .inUse)
    #expect(try await server.eventually { server.requests("tools/call").count == 1 })
  }

  @Test func `a forgotten session is opened anew, and calls pass once the owner knows`() async throws {
    let server = try ScriptedServer("forgets")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    talk.call(6)
    #expect(try await talk.next() == .sessionLost)
    #expect(try await talk.failure(of: 6) == .sessionLost)
    let renewal = try await talk.renewal()
    #expect(renewal.result["serverInfo"]?["name"] == "s")
    talk.call(7)
    #expect(try await talk.failure(of: 7) == .sessionLost)
    talk.request(8, "tools/list")
    #expect(try await talk.message()["id"] == 8)
    talk.upstream.confirmRenewal(of: renewal.session)
    talk.call(9)
    #expect(try await talk.message()["id"] == 9)
    #expect(
      server.requests("tools/call").compactMap { try? JSONValue(parsing: Array($0.body.utf8))["id"] } == [5, 6, 9])
    let begun = server.requests("initialize")
    #expect(begun.map { $0.headers["mcp-session-id"] } == [nil, nil])
    #expect(try JSONValue(parsing: Array(#require(begun.last).body.utf8))["id"] != 0)
    #expect(
      server.requests("notifications/initialized").map { $0.headers["mcp-session-id"] } == ["session-1", "session-2"])
    #expect(server.requests("tools/call").last?.headers["mcp-session-id"] == "session-2")
  }

  @Test func `calls in flight fail with the session that they were made in`() async throws {
    let server = try ScriptedServer("forgets-slowly")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    _ = try await talk.message()
    for id in 6...9 { talk.call(id) }
    #expect(try await talk.next() == .sessionLost)
    for id in 6...9 { #expect(try await talk.failure(of: id) == .sessionLost) }
    guard case .renewed = try await talk.next() else { return #expect(Bool(false), "no renewal") }
  }

  @Test func `a server that forgets every session is given up`() async throws {
    let server = try ScriptedServer("forgets-always")
    let talk = try Talk(server.url)
    try await talk.open()
    var events: [HTTPEvent] = []
    while let event = try await talk.next(within: .seconds(5)) {
      events.append(event)
      if case .ended = event { break }
    }
    guard case .ended = events.last else { return #expect(Bool(false), "\(events)") }
    #expect(server.requests("initialize").count <= 5)
    talk.call(9)
    #expect(try await talk.failure(of: 9) == .closed)
  }

  @Test func `a new session in another revision is none`() async throws {
    let server = try ScriptedServer("other-revision")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    _ = try await talk.message()
    talk.request(6, "tools/list")
    #expect(try await talk.next() == .sessionLost)
    #expect(try await talk.failure(of: 6) == .sessionLost)
    guard case .ended(.notUnderstood) = try await talk.next() else { return #expect(Bool(false), "it went on") }
  }

  @Test func `announcements come on a stream of their own, which is opened again`() async throws {
    let server = try ScriptedServer("announces")
    let talk = try Talk(server.url)
    try await talk.open()
    #expect(try await talk.message()["method"] == "notifications/tools/list_changed")
    #expect(try await talk.next() == .announcementsLost)
    #expect(try await talk.message()["method"] == "notifications/tools/list_changed")
  }

  @Test func `a stream that the server lets the client ask for again and again is one stream`() async throws {
    let server = try ScriptedServer("polls")
    let talk = try Talk(server.url)
    try await talk.open()
    #expect(try await server.eventually { server.requests.count { $0.headers["last-event-id"] != nil } >= 3 })
    talk.request(6, "ping")
    #expect(try await talk.message()["id"] == 6)
    let blind = try ScriptedServer("polls-blindly")
    let other = try Talk(blind.url)
    try await other.open()
    #expect(try await other.next() == .announcementsLost)
  }

  @Test func `a cancelled call is cancelled on the server, and ends`() async throws {
    let server = try ScriptedServer("quiet-stream")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await server.eventually { server.requests("tools/call").count == 1 })
    let start = ContinuousClock.now
    talk.send(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}"#)
    #expect(try await talk.next() == .cancelled(id: Array("5".utf8)))
    #expect(start.duration(to: .now) < .seconds(15))
    #expect(server.requests("notifications/cancelled").count == 1)
  }

  @Test func `a session list works over HTTP as over pipes`() async throws {
    let server = try ScriptedServer("plain")
    let endpoint = try HTTPEndpoint(url: server.url, transport: .inferred)
    let names = try await inThread {
      var session = try MCPSession(.endpoint(endpoint))
      _ = try session.open(.r2025June)
      return try session.listTools().compactMap { $0["name"]?.string }
    }
    #expect(names == ["good", "bad", "plain"])
  }

  @Test func `as many servers as there are can be waited for at once`() async throws {
    let server = try ScriptedServer("plain")
    let endpoint = try HTTPEndpoint(url: server.url, transport: .inferred)
    let start = ContinuousClock.now
    let counts = try await inThread {
      let counts = Mutex<[Int]>([])
      DispatchQueue.concurrentPerform(iterations: 12) { _ in
        guard var session = try? MCPSession(.endpoint(endpoint)), (try? session.open(.r2025June)) != nil,
          let tools = try? session.listTools()
        else { return }
        counts.withLock { $0.append(tools.count) }
      }
      return counts.withLock { $0 }
    }
    #expect(counts == Array(repeating: 3, count: 12))
    print("twelve servers were listed in \(start.duration(to: .now))")
  }

  @Test(arguments: ["bad-session", "not-json"])
  func `sync says why a server cannot be used`(_ kind: String) async throws {
    let server = try ScriptedServer(kind)
    let endpoint = try HTTPEndpoint(url: server.url, transport: .inferred)
    await #expect {
      try await inThread {
        var session = try MCPSession(.endpoint(endpoint))
        _ = try session.open(.r2025June)
        _ = try session.request("tools/call", [:])
      }
    } throws: { error in
      if case UpstreamError.unanswered(_, .notUnderstood) = error { true } else { false }
    }
  }
}
