import LatchJSON
import LatchLaunch
import LatchMCP
import Testing

/// A hostile or broken server (threats: "a hostile or changed server"): each request gets one clear end, in bounded
/// time and memory.
@Suite(.serialized, .enabled(if: Python.path != nil, "python3 is needed for the scripted server"))
struct HostileServerTests {
  private func failure(_ kind: String, limits: (inout HTTPLimits) -> Void = { _ in }) async throws -> HTTPFailure {
    let server = try ScriptedServer(kind)
    let talk = try Talk(server.url, limits: limits)
    try await talk.open()
    talk.call(5)
    defer { #expect(server.requests("tools/call").count == 1) }
    return try await talk.failure(of: 5)
  }

  @Test(arguments: ["html", "encoded", "not-json", "empty"])
  func `what is no answer is said to be none`(_ kind: String) async throws {
    guard case .notUnderstood = try await failure(kind) else { return #expect(Bool(false)) }
  }

  /// The first two ended the process once.
  @Test(arguments: ["status-099", "status-000", "status-101"])
  func `a status that cannot be one fails that request alone`(_ kind: String) async throws {
    let server = try ScriptedServer(kind)
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.failure(of: 5) == .notUnderstood("it is not HTTP"))
    talk.request(6, "ping")
    #expect(try await talk.message()["id"] == 6)
    #expect(server.requests("tools/call").count == 1)
  }

  @Test(arguments: [("endless-202", HTTPEndpoint.Transport.inferred), ("old-endless", .eventStream)])
  func `the answer to a notification need not end`(_ kind: String, _ transport: HTTPEndpoint.Transport) async throws {
    let server = try ScriptedServer(kind)
    let talk = try Talk(server.url, transport)
    try await talk.open("2024-11-05")
    for id in 5...7 {
      talk.send(#"{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}"#)
      talk.call(id)
      #expect(try await talk.message()["id"]?.integer == id)
    }
    #expect(try await server.eventually { server.requests("notifications/roots/list_changed").count == 3 })
    #expect(try await server.eventually { server.said("closed").contains("notifications/roots/list_changed") })
  }

  @Test(arguments: ["large", "large-streams"])
  func `more large answers than are read at once all come`(_ kind: String) async throws {
    let server = try ScriptedServer(kind)
    let talk = try Talk(server.url)
    try await talk.open()
    for id in 1...30 { talk.call(id) }
    var ids: Set<Int?> = []
    for _ in 1...30 { try await ids.insert(talk.message()["id"]?.integer) }
    #expect(ids.count == 30)
  }

  @Test func `a secret that is written with escapes is found in an error, and the rest stays`() async throws {
    let server = try ScriptedServer("escaped-400")
    let talk = try Talk(server.url, fields: [("X-Key", "t0p/secret-42")])
    try await talk.open()
    talk.call(5)
    let error = try #require(try await talk.message()["error"])
    #expect(error["message"] == "bad key [redacted]")
    #expect(error["data"] == .object([.init("[redacted]", .array([.number("1.0"), .string("[redacted]")]))]))
  }

  @Test(arguments: ["large-body", "endless-body", "endless-event", "large-header", "many-headers"])
  func `what is too large is not read`(_ kind: String) async throws {
    guard case .tooMuch = try await failure(kind) else { return #expect(Bool(false)) }
  }

  @Test func `an endless comment costs nothing`() async throws {
    let server = try ScriptedServer("endless-comment")
    let talk = try Talk(server.url, limits: { $0.message.bytes = 10_000 })
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
  }

  @Test(arguments: ["silent", "slow-body", "quiet-stream"])
  func `who says nothing, or nothing of use, is not waited for`(_ kind: String) async throws {
    let start = ContinuousClock.now
    let failure = try await failure(
      kind,
      limits: {
        $0.answer = .seconds(1)
        $0.silence = .seconds(1)
      })
    guard case .timedOut = failure else { return #expect(Bool(false), "\(failure)") }
    #expect(start.duration(to: .now) < .seconds(30))
  }

  @Test func `a server is told that nobody waits any more`() async throws {
    let server = try ScriptedServer("silent")
    let talk = try Talk(server.url, limits: { $0.answer = .seconds(2) })
    try await talk.open()
    talk.call(5)
    guard case .timedOut = try await talk.failure(of: 5) else { return #expect(Bool(false)) }
    #expect(try await server.eventually { server.requests("notifications/cancelled").count == 1 })
  }

  @Test func `one answer counts, and only to what was asked`() async throws {
    let server = try ScriptedServer("stream-twice")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["result"]?["second"] == nil)
    talk.request(6, "ping")
    #expect(try await talk.message()["id"] == 6)
    #expect(talk.notes.contains { $0.contains("nothing that was asked") })
  }

  @Test func `a stream that stays open after its answer is closed`() async throws {
    let server = try ScriptedServer("stays-open")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    #expect(try await server.eventually { server.said("closed").contains("tools/call") })
  }

  @Test func `a flood that nobody reads waits on the server's side`() async throws {
    let server = try ScriptedServer("flood")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await server.eventually { !server.said("sent").isEmpty })
    let sent = server.said("sent").first?.integer ?? .max
    print("a flood stopped after \(sent) bytes")
    #expect(sent < 50_000_000)
  }

  @Test(arguments: ["401", "403"])
  func `refused credentials are named by their reference, and never shown`(_ kind: String) async throws {
    let server = try ScriptedServer(kind)
    let talk = try Talk(
      server.url, fields: [("Authorization", "Bearer t0psecret")], references: ["${env:MY_TOKEN}"])
    try await talk.open()
    talk.call(5)
    let failure = try await talk.failure(of: 5)
    #expect(failure == .unauthorized(status: Int(kind) ?? 0, references: ["${env:MY_TOKEN}"]))
    #expect(failure.description.contains("`${env:MY_TOKEN}`") && !failure.description.contains("t0psecret"))
  }

  @Test func `another status fails that request alone, without what it repeats of a secret`() async throws {
    let server = try ScriptedServer("429")
    let talk = try Talk(server.url, fields: [("Authorization", "Bearer t0psecret")])
    try await talk.open()
    talk.call(5)
    #expect(try await talk.failure(of: 5) == .status(429, said: "not for [redacted]"))
    talk.request(6, "ping")
    #expect(try await talk.message()["id"] == 6)
    #expect(server.requests("tools/call").count == 1)
  }

  @Test(arguments: ["500", "error-body"])
  func `an error in the body is the answer, whatever id it has`(_ kind: String) async throws {
    let server = try ScriptedServer(kind)
    let talk = try Talk(server.url, fields: [("Authorization", "Bearer t0psecret")])
    try await talk.open()
    talk.call(5)
    let answer = try await talk.message()
    #expect(answer["id"] == 5)
    #expect(answer["error"]?["message"]?.string?.contains("t0psecret") == false)
    #expect(answer["error"]?["code"] == (kind == "500" ? 1 : -32022))
    if kind == "error-body" { #expect(answer["error"]?["data"]?["supported"] == ["2026-07-28"]) }
  }

  @Test func `nothing follows a redirection to another origin`() async throws {
    let server = try ScriptedServer("redirect-away")
    let talk = try Talk(server.url, fields: [("Authorization", "Bearer t0psecret")])
    talk.request(5, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    guard case .redirected(let reason) = try await talk.failure(of: 5) else { return #expect(Bool(false)) }
    #expect(reason.contains("http://127.0.0.1:") && !reason.contains("t0psecret"))
    #expect(server.requests.allSatisfy { !$0.isOther })
  }

  @Test func `a redirection on the same origin is followed, a few times`() async throws {
    let server = try ScriptedServer("redirect")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    let round = try ScriptedServer("redirect-round")
    let other = try Talk(round.url)
    other.request(5, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    guard case .redirected = try await other.failure(of: 5) else { return #expect(Bool(false)) }
    #expect(round.requests.count == 4)
  }

  @Test func `a redirection that would change a message into something else is refused`() async throws {
    let server = try ScriptedServer("redirect-302")
    let talk = try Talk(server.url)
    talk.request(5, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    guard case .redirected = try await talk.failure(of: 5) else { return #expect(Bool(false)) }
    #expect(server.requests.count == 1)
  }

  @Test func `a session id that is none ends the handshake`() async throws {
    let server = try ScriptedServer("bad-session")
    let talk = try Talk(server.url)
    talk.request(5, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    #expect(try await talk.failure(of: 5) == .notUnderstood("the id of its session cannot be used"))
  }

  @Test func `more than may wait is refused at once`() async throws {
    let server = try ScriptedServer("silent")
    let talk = try Talk(server.url, limits: { $0.queuedBytes = 100_000 })
    try await talk.open()
    for id in 1...100 { talk.call(id) }
    guard case .failed(_, .backlog) = try await talk.next() else { return #expect(Bool(false)) }
  }

  @Test func `a server that is not there is said to be so, at once`() async throws {
    let talk = try Talk("http://127.0.0.1:1/mcp")
    let start = ContinuousClock.now
    talk.request(5, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    guard case .unreachable(let reason) = try await talk.failure(of: 5) else { return #expect(Bool(false)) }
    #expect(reason.contains("refused") && start.duration(to: .now) < .seconds(5))
  }

  @Test func `the end comes in time while a server hangs`() async throws {
    let server = try ScriptedServer("silent")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.call(5)
    #expect(try await server.eventually { server.requests("tools/call").count == 1 })
    let start = ContinuousClock.now
    try await talk.close()
    #expect(start.duration(to: .now) < .seconds(3))
    #expect(try await talk.failure(of: 5) == .closed)
  }

  @Test func `what is no message is not sent`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url)
    try await talk.open()
    for text in ["", "{}", "[]", "{\"id\":1,", "{\"id\":null,\"method\":\"x\"}", "nonsense"] { talk.send(text) }
    talk.request(6, "ping")
    #expect(try await talk.message()["id"] == 6)
    // A notification has no answer to wait for: the opening's last one may still be on its way.
    #expect(try await server.eventually { server.requests.count { $0.method == "POST" } >= 3 })
    #expect(server.requests.count { $0.method == "POST" } == 3)
  }

  @Test func `a secret that looks like what stands for one is replaced once`() async throws {
    let server = try ScriptedServer("marker-session")
    let talk = try Talk(server.url, fields: [("X-Key", "redacted]")])
    try await talk.open()
    talk.call(5)
    let failure = try await talk.failure(of: 5)
    #expect("\(failure)".contains("(`[redacted]-[redacted]`)"), "\(failure)")
  }
}
