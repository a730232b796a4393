import Foundation
import LatchJSON
import LatchLaunch
import LatchMCP
import LatchPolicy
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Programs of this package, which lie beside the one that runs the tests.
enum Product {
  static func path(_ name: String) -> String { "\(directory)/\(name)" }

  private static let directory: String = {
    #if canImport(Darwin)
      let own = CommandLine.arguments[0]
    #else
      let own = real("/proc/self/exe") ?? CommandLine.arguments[0]
    #endif
    return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  }()

  private static func real(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}

/// A directory that is gone when the value is.
final class Scratch: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/latch-proxy-test-XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, unsafe mkdtemp(start) != nil else { return "" }
      return unsafe String(cString: start)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  @discardableResult
  func store(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) -> String {
    let file = "\(path)/\(name)"
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, mode)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    unsafe chmod(file, mode)
    return file
  }
}

/// A running latch-proxy with a client of few words: lines in, lines out, each wait bounded.
final class Running: Sendable {
  let child: ChildProcess
  let scratch: Scratch
  private let received = Mutex<[UInt8]>([])

  /// Stands before the puppet that misbehaves as told.
  convenience init(_ how: String..., environment: [Launch.Binding] = []) throws {
    let scratch = Scratch()
    let tools = scratch.store("tools.json", Array(Fixture.page([Fixture.echo, Fixture.danger]).utf8))
    let launch = Launch.stdio(
      command: Product.path("puppet"), arguments: [tools] + how, environment: environment, directory: nil, inherit: [])
    try self.init(launch: launch, scratch: scratch)
  }

  /// Stands before whatever `launch` says.
  convenience init(
    launch: Launch, scratch: Scratch = Scratch(), words: [String] = [], program: String = Product.path("latch-proxy")
  ) throws {
    let bundle = scratch.store("policy.latch", try Fixture.bundle(launch: launch).encoded())
    try self.init(words: ["--bundle", bundle, "--upstream", "server"] + words, scratch: scratch, program: program)
  }

  init(
    words: [String], scratch: Scratch = Scratch(), environment: [(name: String, value: String)] = [],
    program: String = Product.path("latch-proxy")
  ) throws {
    self.scratch = scratch
    var own = ProcessEnvironment.current().forChild(inheriting: []).variables.map { ($0.name, $0.value) }
    own += [("XDG_STATE_HOME", "\(scratch.path)/state"), ("XDG_CONFIG_HOME", "\(scratch.path)/config")]
    child = try ChildProcess.start(
      ProgramCommand(program: program, arguments: words, environment: own + environment))
  }

  deinit {
    kill(-child.id, SIGKILL)
    for descriptor in [child.output, child.diagnostics] { close(descriptor) }
    _ = child.stop(grace: 0, patience: 0)
  }

  func send(_ line: String) {
    let bytes = Array(line.utf8) + [0x0A]
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe write(child.input, $0.baseAddress.map { unsafe $0 + sent }, $0.count - sent)
      }
      if count <= 0 { return }
      sent += count
    }
  }

  func closeInput() { close(child.input) }

  /// The next line of the proxy's output, or nil if none comes in time.
  func line(within milliseconds: Int = 10_000) -> String? { line(from: child.output, received, within: milliseconds) }

  func answer(within milliseconds: Int = 10_000) throws -> JSONValue { try json(line(within: milliseconds)) }

  /// All that the proxy has said on standard error until it ended.
  func complaints() -> String {
    let bytes = Mutex<[UInt8]>([])
    var text = ""
    while let line = line(from: child.diagnostics, bytes, within: 3000) { text += line + "\n" }
    return text
  }

  private func line(from descriptor: Int32, _ received: borrowing Mutex<[UInt8]>, within milliseconds: Int) -> String? {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    var searched = 0
    while true {
      let found = received.withLock { bytes -> String? in
        guard let feed = bytes[searched...].firstIndex(of: 0x0A) else {
          searched = bytes.count
          return nil
        }
        defer { bytes.removeSubrange(...feed) }
        return String(decoding: bytes[..<feed], as: UTF8.self)
      }
      if let found { return found }
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard ContinuousClock.now < end, unsafe poll(&entry, 1, 100) >= 0 else { return nil }
      guard entry.revents != 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return nil }
      received.withLock { $0 += buffer[..<count] }
    }
  }

  /// How the proxy ended, and after how long; nil if it did not within the time.
  func ending(within milliseconds: Int = 5000) -> (code: Int32, after: Duration)? {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < .milliseconds(milliseconds) {
      if let code = child.ending() { return (code, ContinuousClock.now - start) }
      usleep(2000)
    }
    return nil
  }

  /// The process ids of what the proxy has started.
  func descendants() -> [Int32] { Self.children(of: child.id).flatMap { [$0] + Self.children(of: $0) } }

  private static func children(of parent: Int32) -> [Int32] {
    guard let text = contents("/proc/\(parent)/task/\(parent)/children") else { return [] }
    return text.split(separator: " ").compactMap { Int32($0) }
  }

  static func contents(_ path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// Shakes hands as a client does.
  func shakeHands(_ revision: String = "2025-06-18") throws {
    send(Talk.initialize(revision))
    _ = try answer()
    send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
  }
}
