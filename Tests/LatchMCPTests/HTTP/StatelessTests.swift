import LatchJSON
import LatchLaunch
import LatchMCP
import Testing

private let meta = """
  "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
  """

/// 2026-07-28, which has no session.
@Suite(.serialized, .enabled(if: Python.path != nil, "python3 is needed for the scripted server"))
struct StatelessTests {
  @Test func `what the body says stands in the headers`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url)
    talk.request(1, "tools/list", "{\(meta)}")
    _ = try await talk.message()
    talk.request(2, "tools/call", #"{"name":"good","arguments":{"region":"süd","n":7},\#(meta)}"#)
    _ = try await talk.message()
    talk.request(3, "resources/read", #"{"uri":"file:///a b","\u006ename":"x",\#(meta)}"#)
    _ = try await talk.message()
    talk.request(4, "tasks/get", #"{"taskId":"task-1",\#(meta)}"#)
    _ = try await talk.message()
    #expect(try await server.eventually { server.requests.count == 4 })
    let headers = server.requests.map(\.headers)
    #expect(headers.allSatisfy { $0["mcp-protocol-version"] == "2026-07-28" && $0["mcp-session-id"] == nil })
    #expect(headers.map { $0["mcp-method"] } == ["tools/list", "tools/call", "resources/read", "tasks/get"])
    #expect(headers.map { $0["mcp-name"] } == [nil, "good", "file:///a b", "task-1"])
    #expect(headers.compactMap { $0["mcp-param-region"] } == ["=?base64?c8O8ZA==?="])
    #expect(headers.compactMap { $0["mcp-param-n"] } == ["7"])
  }

  @Test func `a tool whose headers cannot be used is left out`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url)
    talk.request(1, "tools/list", "{\(meta)}")
    let tools = try #require(try await talk.message()["result"]?["tools"]?.array)
    #expect(tools.map { $0["name"] } == ["good", "plain"])
    talk.request(2, "tools/list", "{\(meta)}")
    _ = try await talk.message()
    #expect(talk.notes.contains { $0.contains("`bad`") })
  }

  @Test func `headers that do not fit let the tools be verified again, and the call is not repeated`() async throws {
    let server = try ScriptedServer("mismatch")
    let talk = try Talk(server.url)
    talk.request(5, "tools/call", #"{"name":"t",\#(meta)}"#)
    #expect(try await talk.next() == .toolsOutdated)
    #expect(try await talk.message()["error"]?["code"] == -32020)
    #expect(server.requests("tools/call").count == 1)
  }

  @Test func `closing the stream cancels`() async throws {
    let server = try ScriptedServer("quiet-stream")
    let talk = try Talk(server.url)
    talk.request(5, "tools/call", #"{"name":"t",\#(meta)}"#)
    #expect(try await server.eventually { server.requests("tools/call").count == 1 })
    talk.send(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}"#)
    #expect(try await talk.next() == .cancelled(id: Array("5".utf8)))
    #expect(try await server.eventually { server.said("closed").contains("tools/call") })
    #expect(server.requests("notifications/cancelled").isEmpty)
  }

  @Test func `a broken stream is not taken up again`() async throws {
    let server = try ScriptedServer("resume")
    let talk = try Talk(server.url)
    talk.request(5, "tools/call", #"{"name":"t",\#(meta)}"#)
    _ = try await talk.message()
    #expect(try await talk.failure(of: 5) == .broken)
    #expect(server.requests.count == 1)
  }

  @Test func `a subscription lasts, and ends with its cancellation`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url, limits: { $0.silence = .milliseconds(500) })
    talk.request(5, "subscriptions/listen", #"{"notifications":{},\#(meta)}"#)
    #expect(try await talk.message()["method"] == "notifications/subscriptions/acknowledged")
    #expect(try await talk.next(within: .seconds(2)) == nil)
    talk.send(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}"#)
    #expect(try await talk.next() == .cancelled(id: Array("5".utf8)))
    #expect(try await server.eventually { server.said("closed").contains("subscriptions/listen") })
  }

  @Test func `there is no session to give back`() async throws {
    let server = try ScriptedServer("plain")
    let talk = try Talk(server.url)
    talk.request(1, "server/discover", "{\(meta)}")
    _ = try await talk.message()
    try await talk.close()
    #expect(server.requests.map(\.method) == ["POST"])
  }
}

/// 2024-11-05: a stream, and an address to post to.
@Suite(.serialized, .enabled(if: Python.path != nil, "python3 is needed for the scripted server"))
struct EventStreamTransportTests {
  @Test(arguments: [HTTPEndpoint.Transport.eventStream, .inferred])
  func `the older transport is spoken where it is asked for or all there is`(_ transport: HTTPEndpoint.Transport)
    async throws
  {
    let server = try ScriptedServer("old")
    let talk = try Talk(server.url, transport)
    try await talk.open("2024-11-05")
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
    #expect(server.requests("tools/call").map(\.path) == ["/messages?session=1"])
    #expect(server.requests.allSatisfy { !$0.isOther })
  }

  @Test func `it is not tried where the project says otherwise`() async throws {
    let server = try ScriptedServer("old")
    let talk = try Talk(server.url, .streamable)
    talk.request(5, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    #expect(try await talk.failure(of: 5) == .status(405, said: nil))
    #expect(server.requests.map(\.method) == ["POST"])
  }

  @Test func `what the server said first stands where it does not speak the older one either`() async throws {
    let server = try ScriptedServer("refuses")
    let talk = try Talk(server.url)
    talk.request(5, "initialize", #"{"protocolVersion":"2031-01-01"}"#)
    #expect(try await talk.message()["error"]?["code"] == -32602)
    #expect(server.requests.map(\.method) == ["POST", "GET"])
  }

  @Test func `a stream that begins with something else, or with nothing, is not the older transport`() async throws {
    for kind in ["refuses-silently", "refuses-otherwise"] {
      let server = try ScriptedServer(kind)
      // What says nothing is not waited for; what says something else is not waited for at all.
      let talk = try Talk(server.url, limits: { $0.endpoint = .seconds(kind == "refuses-silently" ? 1 : 3600) })
      talk.request(5, "initialize", #"{"protocolVersion":"2031-01-01"}"#)
      #expect(try await talk.message()["error"]?["code"] == -32602, "\(kind)")
    }
  }

  @Test func `an answer on the stream may take as long as any other`() async throws {
    let server = try ScriptedServer("old-slow")
    let talk = try Talk(
      server.url, .eventStream,
      limits: {
        $0.silence = .milliseconds(500)
        $0.request = .seconds(60)
      })
    try await talk.open("2024-11-05")
    talk.call(5)
    #expect(try await talk.message()["id"] == 5)
  }

  @Test func `a client that begins anew has a new stream, and the end of the old one ends nothing`() async throws {
    let server = try ScriptedServer("old-refuses-once")
    let talk = try Talk(server.url, .eventStream)
    talk.request(0, "initialize", #"{"protocolVersion":"2025-11-25"}"#)
    #expect(try await talk.message()["error"]?["code"] == -32602)
    try await talk.open("2024-11-05")
    #expect(server.requests.count { $0.method == "GET" } == 2)
    for id in 5...6 {
      talk.call(id)
      #expect(try await talk.message()["id"]?.integer == id)
    }
  }

  @Test func `an address on another origin is refused`() async throws {
    let server = try ScriptedServer("old-elsewhere")
    let talk = try Talk(server.url, .eventStream)
    talk.request(5, "initialize", #"{"protocolVersion":"2024-11-05"}"#)
    guard case .notUnderstood = try await talk.failure(of: 5) else { return #expect(Bool(false)) }
    #expect(server.requests.map(\.method) == ["GET"])
  }

  @Test func `the end of the stream is the end of all`() async throws {
    let server = try ScriptedServer("old-ends")
    let talk = try Talk(server.url, .eventStream)
    try await talk.open("2024-11-05")
    talk.call(5)
    #expect(try await talk.failure(of: 5) == .broken)
    #expect(try await talk.next() == .ended(.broken))
    #expect(server.requests("tools/call").count == 1)
  }
}
