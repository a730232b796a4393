import LatchJSON
import LatchProxy
import Testing

extension Talk {
  /// What an upstream over HTTP tells the session of.
  fileprivate mutating func happens(_ what: (inout Session, inout Effects) -> Void) -> Said {
    var effects = Effects()
    what(&session, &effects)
    log += effects.log
    func lines(_ bytes: [UInt8]) -> [String] {
      bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
    return Said(upstream: lines(effects.toUpstream), client: lines(effects.toClient))
  }

  fileprivate mutating func losesSession() -> Said { happens { $0.upstreamForgetsSession(&$1) } }
  fileprivate mutating func losesAnnouncements() -> Said { happens { $0.upstreamMayHaveChanged(&$1) } }
}

/// Threats: a person's answer to one question must not reach the server as the answer to another.
@Suite struct LostQuestionTests {
  private static func question(_ id: String, _ method: String = "elicitation/create") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"message":"delete everything?"}}"#
  }

  private static func answer(_ id: String) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"result":{"action":"accept"}}"#
  }

  private static func opened() throws -> Talk {
    var talk = try Talk(timeout: 1000)
    talk.open("2025-11-25", capabilities: #"{"elicitation":{}}"#)
    return talk
  }

  @Test func `questions of a session that is lost are taken back, and answers to them are dropped`() throws {
    var talk = try Self.opened()
    _ = talk.server(Self.question("0"))
    _ = talk.server(Self.question(#""q""#, "ping"))
    let told = try talk.losesSession().client.map { try json($0) }
    #expect(told.map { $0["method"] } == ["notifications/cancelled", "notifications/cancelled"])
    #expect(told.map { $0["params"]?["requestId"] } == ["q", 0])
    #expect(talk.client(Self.answer("0")) == Talk.Said())
    #expect(talk.client(Self.answer(#""q""#)) == Talk.Said())
    #expect(talk.losesSession().client == [])
  }

  @Test func `the next session may ask, by whatever id`() throws {
    var talk = try Self.opened()
    _ = talk.server(Self.question("0"))
    _ = talk.losesSession()
    for id in ["0", #""latch-question-1""#] {
      #expect(talk.server(Self.question(id)) == Talk.Said(client: [Self.question(id)]))
      #expect(talk.client(Self.answer(id)).upstream == [Self.answer(id)])
      #expect(talk.client(Self.answer(id)) == Talk.Said())
    }
  }

  @Test func `nobody waits for a person who was asked in a session that is lost`() throws {
    var talk = try Self.opened()
    _ = talk.client(Talk.call("echo", id: "7"))
    _ = talk.server(Self.question("0"))
    #expect(talk.wait(milliseconds: 1000) == Talk.Said())
    _ = talk.losesSession()
    #expect(try json(talk.wait(milliseconds: 1000).client.first)["id"] == 7)
  }
}

/// What is known of the server's tools once it may have changed them.
@Suite struct DoubtTests {
  private static let news = #"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#

  /// The id of the proxy's own walk, as it asks for it.
  private static func walk(_ said: Talk.Said) throws -> String {
    try #require(try json(said.upstream.first { $0.contains("tools/list") })["id"]?.string)
  }

  private static func listed(_ walk: String, _ tools: [String] = Fixture.offered) -> String {
    #"{"jsonrpc":"2.0","id":"\#(walk)","result":\#(Fixture.page(tools))}"#
  }

  @Test func `a session that is lost takes what was verified with it, and a walk on its way`() throws {
    var talk = try Talk()
    talk.open()
    #expect(talk.losesSession() == Talk.Said())
    let first = try Self.walk(talk.client(Talk.call("echo")))
    let second = try Self.walk(talk.losesSession())
    #expect(first != second)
    #expect(talk.server(Self.listed(first)) == Talk.Said())
    #expect(talk.server(Self.listed(second)).upstream == [Talk.call("echo")])
  }

  /// A server whose stream of announcements ends more often than a list of its tools takes.
  @Test func `calls pass though what is announced may be lost during every walk`() throws {
    var talk = try Talk()
    talk.open()
    for id in 1...3 {
      _ = talk.losesAnnouncements()
      let walk = try Self.walk(talk.client(Talk.call("echo", id: "\(id)")))
      #expect(talk.losesAnnouncements() == Talk.Said())
      #expect(talk.server(Self.listed(walk)).upstream == [Talk.call("echo", id: "\(id)")])
    }
    // Each call has a walk of its own.
    let walk = talk.client(Talk.call("echo", id: "4"))
    #expect(!walk.upstream.contains { $0.contains("tools/call") })
  }

  @Test func `a doubtful walk that found something else is made again`() throws {
    let other = [Fixture.echo.replacing("again", with: "otherwise")]
    var talk = try Talk()
    talk.open()
    _ = talk.losesAnnouncements()
    let first = try Self.walk(talk.client(Talk.call("echo")))
    _ = talk.losesAnnouncements()
    let again = talk.server(Self.listed(first, other))
    let second = try Self.walk(again)
    #expect(again.client == [])
    _ = talk.losesAnnouncements()
    let said = talk.server(Self.listed(second, other))
    #expect(said.upstream == [])
    #expect(said.client.first?.contains("changed_tool") == true)
  }

  @Test func `no walk with an announced change on its way verifies anything, however often it finds the same`() throws {
    var talk = try Talk()
    talk.open()
    _ = talk.server(Self.news)
    var walk = try Self.walk(talk.client(Talk.call("echo")))
    for _ in 1...5 {
      _ = talk.server(Self.news)
      let said = talk.server(Self.listed(walk))
      #expect(!said.upstream.contains { $0.contains("tools/call") })
      walk = try Self.walk(said)
    }
    // It ends with the call's patience.
    #expect(talk.wait(milliseconds: 20_000).client.count == 1)
    _ = talk.server(Self.news)
    #expect(talk.server(Self.listed(walk)) == Talk.Said())
    walk = try Self.walk(talk.client(Talk.call("echo", id: "2")))
    #expect(talk.server(Self.listed(walk)).upstream == [Talk.call("echo", id: "2")])
  }
}
