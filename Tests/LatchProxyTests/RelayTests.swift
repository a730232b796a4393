import LatchJSON
import LatchLaunch
import LatchMCP
import LatchPolicy
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The proxy's program before a real process: what it carries, and how it all ends. One after the other, since they
/// measure time.
@Suite(.serialized) struct RelayTests {
  private func isAlive(_ process: Int32) -> Bool {
    guard let status = Running.contents("/proc/\(process)/stat") else { return false }
    return !status.contains(") Z ")
  }

  @Test func `calls go through, denied ones come back`() throws {
    let proxy = try Running()
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", arguments: #"{"text":"é"}"#))
    let text = try proxy.answer()["result"]?["content"]?.array?.first?["text"]?.string
    #expect(text == Talk.call("echo", arguments: #"{"text":"é"}"#))
    proxy.send(Talk.call("danger", id: "2"))
    #expect(try proxy.answer()["result"]?["isError"] == true)
    proxy.closeInput()
    let end = proxy.ending()
    #expect(end?.code == 0)
    #expect(end.map { $0.after < .seconds(1) } == true)
  }

  @Test func `what was written before the client closed its end is still answered`() throws {
    let proxy = try Running()
    proxy.send(Talk.initialize("2025-06-18"))
    proxy.send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
    proxy.send(Talk.call("echo", id: "7"))
    proxy.closeInput()
    #expect(try proxy.answer()["id"] == 0)
    #expect(try proxy.answer()["id"] == 7)
    #expect(proxy.ending()?.code == 0)
  }

  @Test func `lines end at LF, a final CR is cut off, and what has no end is no message`() throws {
    let proxy = try Running()
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", id: "1") + "\r")
    proxy.send("")
    proxy.send("\r")
    #expect(try proxy.answer()["result"]?["content"]?.array?.first?["text"]?.string == Talk.call("echo", id: "1"))
    for part in [Talk.call("echo", id: "2"), " \n", String(Talk.call("echo", id: "3").dropLast())] {
      _ = unsafe Array(part.utf8).withUnsafeBytes { unsafe write(proxy.child.input, $0.baseAddress, $0.count) }
      usleep(20_000)
    }
    proxy.closeInput()
    #expect(try proxy.answer()["id"] == 2)
    #expect(proxy.line(within: 3000) == nil)
  }

  @Test func `a large message passes and one over the limit is refused`() throws {
    let proxy = try Running()
    try proxy.shakeHands()
    let large = String(repeating: "x", count: 300_000)
    proxy.send(Talk.call("echo", arguments: #"{"t":"\#(large)"}"#))
    #expect(proxy.line()?.utf8.count ?? 0 > 300_000)
    proxy.send(Talk.call("echo", arguments: #"{"t":"\#(String(repeating: "x", count: 1_100_000))"}"#))
    #expect(try proxy.answer()["error"]?["code"] == -32600)
    proxy.send(Talk.call("echo", id: "4"))
    #expect(try proxy.answer()["id"] == 4)
  }

  @Test func `a thousand calls in flight are all answered`() throws {
    let proxy = try Running()
    try proxy.shakeHands()
    for id in 1...1000 { proxy.send(Talk.call(id.isMultiple(of: 3) ? "danger" : "echo", id: String(id))) }
    var ids: Set<Int> = []
    for _ in 1...1000 { if let id = try proxy.answer()["id"]?.integer { ids.insert(id) } }
    #expect(ids == Set(1...1000))
  }

  @Test func `the child's death is told to who waits, and ends the proxy`() throws {
    let proxy = try Running("dies-on-call")
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", id: "3"))
    let answer = try proxy.answer()
    #expect(answer["id"] == 3)
    #expect(answer["error"]?["code"] == -32603)
    #expect(answer["error"]?["message"]?.string?.contains("exit code 7") == true)
    #expect(proxy.ending()?.code == 1)
  }

  @Test func `a killed child is told too`() throws {
    let proxy = try Running("silent")
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", id: "3"))
    usleep(100_000)
    for process in proxy.descendants() { kill(process, SIGKILL) }
    #expect(try proxy.answer()["error"]?["message"]?.string?.contains("signal 9") == true)
    #expect(proxy.ending()?.code == 1)
  }

  @Test func `a server that closes its output is as good as gone`() throws {
    let proxy = try Running("closes")
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", id: "3"))
    #expect(try proxy.answer()["error"]?["message"]?.string?.contains("closed its output") == true)
    let end = proxy.ending()
    #expect(end?.code == 1)
    #expect(end.map { $0.after < .seconds(2) } == true)
  }

  @Test func `what is asked while the end comes goes nowhere, and into no other file`() throws {
    let proxy = try Running("deaf")
    try proxy.shakeHands()
    kill(proxy.child.id, SIGTERM)
    usleep(150_000)
    proxy.send(Talk.call("echo", id: "9"))
    let answer = try proxy.answer()
    #expect(answer["id"] == 9 && answer["error"]?["code"] == -32603)
    #expect(proxy.ending()?.code == 0)
    let database = Running.contents("\(proxy.scratch.path)/state/latch/state.db") ?? ""
    #expect(database.isEmpty || database.hasPrefix("SQLite format 3"), "\(database.prefix(80))")
  }

  @Test(arguments: [SIGTERM, SIGINT, 0])
  func `a deaf server and its brood are gone within two seconds`(_ signal: Int32) throws {
    let proxy = try Running("deaf", "brood")
    try proxy.shakeHands()
    let started = proxy.descendants()
    #expect(started.count == 2)
    let start = ContinuousClock.now
    if signal == 0 { proxy.closeInput() } else { kill(proxy.child.id, signal) }
    let end = proxy.ending()
    #expect(end?.code == 0)
    // What was killed may take a moment to be gone, within the same two seconds.
    while started.contains(where: isAlive), start.duration(to: .now) < .seconds(2) { usleep(2000) }
    #expect(start.duration(to: .now) < .seconds(2))
    #expect(started.filter(isAlive) == [])
  }

  #if os(Linux)
    @Test func `a proxy that is killed takes the server with it`() throws {
      let proxy = try Running("deaf")
      try proxy.shakeHands()
      let started = proxy.descendants()
      #expect(started.count == 1)
      kill(proxy.child.id, SIGKILL)
      for _ in 0..<100 where started.contains(where: isAlive) { usleep(10_000) }
      #expect(started.filter(isAlive) == [])
    }
  #endif

  @Test func `a flood on standard error stops nothing, read or not`() throws {
    let proxy = try Running("floods")
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", id: "3"))
    #expect(try proxy.answer(within: 20_000)["id"] == 3)
    proxy.closeInput()
    #expect(proxy.ending()?.code == 0)
  }

  @Test func `the server's complaints pass without commands to a terminal`() throws {
    let proxy = try Running("escapes")
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", id: "3"))
    #expect(try proxy.answer()["id"] == 3)
    proxy.closeInput()
    #expect(proxy.complaints().contains(#"[server] \x1b[2Jgone \x0d\x07\u{202e} turned"#))
  }

  @Test func `banners, broken lines and second answers do not reach the client`() throws {
    let proxy = try Running("banner", "garbles", "twice")
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", id: "3"))
    #expect(try proxy.answer()["id"] == 3)
    proxy.send(#"{"jsonrpc":"2.0","id":4,"method":"ping"}"#)
    #expect(try proxy.answer()["id"] == 4)
    proxy.closeInput()
    #expect(proxy.line(within: 3000) == nil)
  }

  @Test func `a server may ask only what policy lets through`() throws {
    let proxy = try Running("asks")
    try proxy.shakeHands()
    proxy.send(Talk.call("echo", id: "3"))
    #expect(try proxy.answer()["method"] == "elicitation/create")
    #expect(try proxy.answer()["id"] == 3)
    proxy.send(#"{"jsonrpc":"2.0","id":"ask-2","result":{"action":"decline"}}"#)
    proxy.send(#"{"jsonrpc":"2.0","id":4,"method":"ping"}"#)
    #expect(try proxy.answer()["id"] == 4)
  }
}
