import Foundation
import LatchJSON
import LatchLaunch
import LatchMCP
import Synchronization
import Testing

/// The Python that the servers of these tests run on.
enum Python {
  static let path: String? = {
    let environment = ProcessInfo.processInfo.environment
    let candidates =
      [environment["LATCH_PYTHON"] ?? ""] + (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Whether it has the official SDK; says so if not.
  static let hasSDK: Bool = {
    guard let path else { return false }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["-c", "import mcp.server.mcpserver, uvicorn"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      print("skipped: this Python has no `mcp` 2.x (Tests/EndToEnd/requirements.txt)")
    }
    return process.terminationStatus == 0
  }()
}

/// A Python server of this folder, and all that it has seen. It is gone when this object is.
final class ScriptedServer: Sendable {
  struct Seen: Sendable {
    var method: String
    var path: String
    var headers: [String: String]
    var body: String
    /// It came to the second origin.
    var isOther: Bool

    /// The method of the JSON-RPC message in it.
    var rpc: String? { (try? JSONValue(parsing: Array(body.utf8)))?["method"]?.string }
  }

  let port: Int
  private let process = Process()
  private let input = Pipe()
  private let lines = Mutex<[String]>([])
  private let marks = Mutex(0)

  init(_ arguments: String..., script: String = "scripted_server.py") throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    process.executableURL = URL(filePath: try #require(Python.path))
    process.arguments = ["-u", "-W", "ignore", folder.appending(path: script).path()] + arguments
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var first: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte[0] != 0x0A { first.append(byte[0]) }
    port = try #require(Int(String(decoding: first, as: UTF8.self)))
    let reading = output.fileHandleForReading
    Thread.detachNewThread { [weak self] in
      var rest: [UInt8] = []
      while case let chunk = reading.availableData, !chunk.isEmpty {
        rest += chunk
        let parts = rest.split(separator: 0x0A, omittingEmptySubsequences: false)
        let whole = parts.dropLast().map { String(decoding: $0, as: UTF8.self) }
        rest = Array(parts.last ?? [])
        self?.lines.withLock { $0 += whole }
      }
    }
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.terminate()
  }

  var url: String { "http://127.0.0.1:\(port)/mcp" }

  /// What the server has printed: all of it that came before its last answer to a client, since it is asked for a mark
  /// behind that, which its output may be slower to bring than its connection was.
  private var notes: [JSONValue] {
    marks.withLock { asked in
      asked += 1
      try? input.fileHandleForWriting.write(contentsOf: [0x0A])
      let end = ContinuousClock.now + .seconds(30)
      while lines.withLock({ $0.count { $0 == Self.mark } }) < asked, ContinuousClock.now < end { usleep(200) }
    }
    return lines.withLock { $0 }.compactMap { try? JSONValue(parsing: Array($0.utf8)) }
  }

  private static let mark = #"{"mark": true}"#

  var requests: [Seen] {
    notes.compactMap { note in
      guard let method = note["method"]?.string else { return nil }
      let headers = (note["headers"]?.object ?? []).map { ($0.name, $0.value.string ?? "") }
      return Seen(
        method: method, path: note["path"]?.string ?? "", headers: Dictionary(headers) { first, _ in first },
        body: note["body"]?.string ?? "", isOther: note["other"]?.bool ?? false)
    }
  }

  func requests(_ rpc: String) -> [Seen] { requests.filter { $0.rpc == rpc } }

  /// What the server said of itself under a name.
  func said(_ name: String) -> [JSONValue] { notes.compactMap { $0[name] } }

  /// Waits a while until something holds.
  func eventually(_ holds: () -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while !holds() {
      if ContinuousClock.now > end { return false }
      try await Task.sleep(for: .milliseconds(10))
    }
    return true
  }
}

/// Does what waits in a thread of its own: the few threads that tests share must not wait for each other.
func inThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Swift.Result { try work() }) }
  }
}

/// An owner of an upstream, of few words: each wait is bounded.
final class Talk {
  let upstream: HTTPUpstream
  private(set) var notes: [String] = []

  init(
    _ url: String, _ transport: HTTPEndpoint.Transport = .inferred, fields: [(name: String, value: String)] = [],
    references: [String] = [], environment: [ProcessEnvironment.Variable] = [],
    limits change: (inout HTTPLimits) -> Void = { _ in }
  ) throws {
    var limits = HTTPLimits()
    limits.answer = .seconds(20)
    limits.endpoint = .seconds(20)
    limits.message.bytes = 1_000_000
    change(&limits)
    let endpoint = try HTTPEndpoint(
      url: url, transport: transport, fields: fields, references: references, isInsecure: true)
    upstream = try HTTPUpstream(endpoint, limits: limits, environment: ProcessEnvironment(environment))
  }

  deinit {
    let upstream = upstream
    Thread.detachNewThread { upstream.close() }
  }

  func close() async throws {
    let upstream = upstream
    try await inThread { upstream.close() }
  }

  func send(_ text: String) { upstream.send(Array(text.utf8)) }

  func request(_ id: Int, _ method: String, _ parameters: String = "{}") {
    send(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(parameters)}"#)
  }

  func call(_ id: Int, _ name: String = "t") { request(id, "tools/call", #"{"name":"\#(name)","arguments":{}}"#) }

  /// The next event that is no note; nil after a time in which any server should have answered.
  func next(within duration: Duration = .seconds(30)) async throws -> HTTPEvent? {
    let end = ContinuousClock.now + duration
    let upstream = upstream
    while ContinuousClock.now < end {
      let left = ContinuousClock.now.duration(to: end)
      guard let event = try await inThread({ upstream.receive(within: left) }) else { return nil }
      guard case .note(let text) = event else { return event }
      notes.append(text)
    }
    return nil
  }

  /// The next event, as the message that it must be.
  func message() async throws -> JSONValue {
    let event = try await next()
    guard case .message(let bytes) = event else {
      Issue.record("no message but \(event.map { "\($0)" } ?? "nothing"); \(notes)")
      throw CancellationError()
    }
    #expect(!bytes.contains(0x0A) && !bytes.contains(0x0D))
    return try JSONValue(parsing: bytes)
  }

  /// The next event, as the failure that it must be.
  func failure(of id: Int) async throws -> HTTPFailure {
    let event = try await next()
    guard case .failed(let failed, let failure) = event else {
      Issue.record("no failure but \(event.map { "\($0)" } ?? "nothing")")
      throw CancellationError()
    }
    #expect(failed == Array(String(id).utf8))
    return failure
  }

  /// The next event, as the renewal that it must be: the number of the session, and the server's answer.
  func renewal() async throws -> (session: Int, result: JSONValue) {
    let event = try await next()
    guard case .renewed(let session, let result) = event else {
      Issue.record("no renewal but \(event.map { "\($0)" } ?? "nothing"); \(notes)")
      throw CancellationError()
    }
    return (session, try JSONValue(parsing: result))
  }

  /// The handshake of a client.
  @discardableResult
  func open(_ revision: String = "2025-11-25") async throws -> JSONValue {
    request(
      0, "initialize", #"{"protocolVersion":"\#(revision)","capabilities":{},"clientInfo":{"name":"c","version":"1"}}"#)
    let answer = try await message()
    send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
    return answer
  }
}
