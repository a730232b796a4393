import LatchJSON
import LatchLaunch
import LatchMCP
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The Python that the fake servers run on, if this machine has one.
private let python: String? = {
  let environment = ProcessEnvironment.current()
  let candidates =
    [environment["LATCH_PYTHON"] ?? ""]
    + (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
  return candidates.first { unsafe !$0.isEmpty && access($0, X_OK) == 0 }
}()

private func command(_ kind: String) -> ProgramCommand {
  let script = #filePath.split(separator: "/").dropLast().joined(separator: "/")
  return ProgramCommand(
    program: python ?? "python3", arguments: ["-u", "/\(script)/fake_server.py", kind],
    environment: ProcessEnvironment.current().forChild(inheriting: []).variables.map { ($0.name, $0.value) })
}

/// Short only where the server will never answer: a busy machine must not fail the others.
private func limits(for kind: String = "") -> SessionLimits {
  var limits = SessionLimits()
  if ["silent", "deaf", "duplicate-keys"].contains(kind) { limits.start = .seconds(2) }
  limits.pages = 20
  limits.tools = 50
  limits.lineBytes = 1_000_000
  return limits
}

private func names(of kind: String, revision: ProtocolRevision = .newestWithHandshake) throws(UpstreamError) -> [String]
{
  var session = try MCPSession(command(kind), limits: limits(for: kind))
  _ = try session.open(revision)
  return try session.listTools().compactMap { $0["name"]?.string }
}

@Suite("A session with a server", .enabled(if: python != nil, "python3 is needed for the fake servers"))
struct MCPSessionTests {
  @Test("lists all pages in the server's order")
  func pages() throws { #expect(try names(of: "pages") == ["t0", "t1", "t2", "t3"]) }

  @Test("says what the server says of itself")
  func hello() throws {
    var session = try MCPSession(command("plain"), limits: limits())
    let hello = try session.open(.r2025June)
    #expect(hello.revision == .r2025June && hello.name == "fake" && hello.instructions == "Be kind.")
  }

  @Test("settles on the older revision that a server offers")
  func older() throws {
    var session = try MCPSession(command("old"), limits: limits())
    let hello = try session.open(.newestWithHandshake)
    #expect(hello.revision == .r2024November)
  }

  @Test("opens the stateless revision without a handshake")
  func modern() throws { #expect(try names(of: "modern", revision: .r2026July) == ["a", "b"]) }

  @Test("passes over banners and bytes that are no message", arguments: ["banner", "bytes"])
  func banner(kind: String) throws { #expect(try names(of: kind) == ["a", "b"]) }

  @Test("reads an answer that comes as a batch")
  func batch() throws { #expect(try names(of: "batch") == ["a", "b"]) }

  @Test("answers a ping and refuses what it does not offer")
  func asked() throws { #expect(try names(of: "asks") == ["a", "b"]) }

  @Test("ends with a typed error where a server never answers", arguments: ["silent", "deaf"])
  func silent(kind: String) {
    #expect(throws: UpstreamError.timedOut(method: "initialize", hint: nil)) { try names(of: kind) }
  }

  @Test("never takes an answer with two readings")
  func twoReadings() {
    #expect {
      _ = try names(of: "duplicate-keys")
    } throws: { error in
      guard case UpstreamError.timedOut(method: "initialize", hint: _?) = error else { return false }
      return true
    }
  }

  @Test("tells how a server ended and what it said, without control characters")
  func dies() {
    #expect(throws: UpstreamError.ended(code: 3, complaint: "no such file[31m")) { try names(of: "dies") }
  }

  @Test("bounds lines, floods, pages and tools", arguments: ["long-line", "flood", "endless", "many"])
  func bounds(kind: String) {
    #expect {
      _ = try names(of: kind)
    } throws: { error in
      guard case UpstreamError.tooMuch = error else { return false }
      return true
    }
  }

  @Test("refuses lists that lie", arguments: ["twice", "nameless", "wrong", "round"])
  func lies(kind: String) {
    #expect {
      _ = try names(of: kind)
    } throws: { error in
      switch error {
      case UpstreamError.duplicateTool("a"): kind == "twice"
      case UpstreamError.badAnswer(method: "tools/list", problem: _): true
      default: false
      }
    }
  }

  @Test("refuses a revision that it does not know")
  func future() {
    #expect(throws: UpstreamError.unsupportedRevision(asked: .newestWithHandshake, offered: "2031-01-01")) {
      try names(of: "future")
    }
  }

  @Test("hands on a server's refusal without its control characters")
  func refusal() {
    #expect(throws: UpstreamError.refused(method: "server/discover", code: -32601, message: "unknown[31m method")) {
      try names(of: "plain", revision: .r2026July)
    }
  }

  @Test("leaves no process behind, however stubborn")
  func noOrphans() throws {
    let start = ContinuousClock.now
    #expect(try names(of: "stays") == ["a", "b"])
    #expect(start.duration(to: .now) < .seconds(5))
  }

  @Test("says that a program does not exist")
  func missing() {
    #expect {
      _ = try MCPSession(ProgramCommand(program: "no-such-program", arguments: [], environment: []))
    } throws: { error in
      guard case UpstreamError.launch(.cannotStart(let message)) = error else { return false }
      return message.contains("no-such-program")
    }
  }
}
