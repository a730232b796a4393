import LatchJSON
import LatchLaunch
import LatchMCP
import Synchronization
import Testing

private let meta = """
  "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},\
  "io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"}}
  """

/// The official SDK's server at the other end.
@Suite(.serialized, .enabled(if: Python.hasSDK, "a Python with `mcp` 2.x is needed"))
struct RealServerTests {
  /// One server for all tests that leave it as it was: this one takes its time to start.
  private static let servers = Mutex<[String: ScriptedServer]>([:])

  private func server(_ how: String) throws -> ScriptedServer {
    try Self.servers.withLock { servers in
      let server = try servers[how] ?? ScriptedServer(how, script: "real_server.py")
      servers[how] = server
      return server
    }
  }

  private func text(_ answer: JSONValue) -> String? { answer["result"]?["content"]?.array?.first?["text"]?.string }

  @Test func `a stream that the server lets go is taken up again, and the call runs once`() async throws {
    let server = try server("stream")
    let talk = try Talk(server.url)
    #expect(try await talk.open()["result"]?["instructions"] == "Be kind.")
    var effects: [Int] = []
    for effect in 1...2 {
      talk.request(effect, "tools/call", #"{"name":"slow","arguments":{},"_meta":{"progressToken":9}}"#)
      #expect(try await talk.message()["method"] == "notifications/progress")
      let done = text(try await talk.message()) ?? ""
      effects.append(try #require(Int(done.dropFirst("done ".count))))
    }
    #expect(effects[1] == effects[0] + 1)
    talk.request(5, "tools/call", #"{"name":"echo","arguments":{"text":"\u00e9\u2028\ud83d\ude80"}}"#)
    #expect(text(try await talk.message()) == "é\u{2028}🚀")
  }

  @Test func `announcements arrive that belong to no request`() async throws {
    let server = try ScriptedServer("stream", script: "real_server.py")
    let talk = try Talk(server.url)
    try await talk.open()
    talk.request(1, "tools/call", #"{"name":"grow","arguments":{}}"#)
    var methods: [String?] = []
    for _ in 1...2 { try await methods.append(talk.message()["method"]?.string) }
    #expect(methods.contains("notifications/tools/list_changed"))
  }

  @Test(arguments: ["stream", "json"])
  func `its tools are listed in every revision that it speaks`(_ how: String) async throws {
    let server = try server(how)
    let endpoint = try HTTPEndpoint(url: server.url, transport: .inferred)
    let renderings = try await inThread { try Rendering.all(of: .endpoint(endpoint)) }
    #expect(renderings.first?.hello.revision == .r2026July)
    #expect(renderings.dropFirst().first?.hello.revision == .r2025November)
    for rendering in renderings {
      #expect(rendering.tools.compactMap { $0["name"]?.string } == ["echo", "slow", "region", "grow"])
      #expect(rendering.isStable)
    }
  }

  @Test(arguments: ["stream", "json"])
  func `the stateless revision finds its headers in order`(_ how: String) async throws {
    let server = try server(how)
    let talk = try Talk(server.url)
    talk.request(1, "server/discover", "{\(meta)}")
    #expect(try await talk.message()["result"]?["supportedVersions"]?.array?.contains("2026-07-28") == true)
    talk.request(2, "tools/list", "{\(meta)}")
    #expect(try await talk.message()["result"]?["tools"]?.array?.count == 4)
    for (id, place) in [(3, "plain"), (4, " düsseldorf\\n"), (5, "=?base64?eA==?=")] {
      talk.request(id, "tools/call", #"{"name":"region","arguments":{"where":"\#(place)"},\#(meta)}"#)
      let answer = try await talk.message()
      #expect(answer["error"] == nil && text(answer) == place.replacing("\\n", with: "\n"))
    }
    talk.request(6, "no/such", "{\(meta)}")
    let refusal = try await talk.message()
    #expect(refusal["id"] == 6 && refusal["error"]?["code"] == -32601)
  }

  @Test func `the transport of 2024-11-05 is spoken too`() async throws {
    let server = try ScriptedServer("sse", script: "real_server.py")
    let talk = try Talk("http://127.0.0.1:\(server.port)/sse", .inferred)
    #expect(try await talk.open("2024-11-05")["result"]?["protocolVersion"] == "2024-11-05")
    talk.request(5, "tools/call", #"{"name":"echo","arguments":{"text":"hello"}}"#)
    #expect(text(try await talk.message()) == "hello")
  }
}
