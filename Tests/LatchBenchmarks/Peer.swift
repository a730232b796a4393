import Foundation

/// A command that speaks MCP on its standard input and output, driven one line at a time.
final class Peer {
  let name: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer: [UInt8] = []
  private var start = 0

  init(_ name: String, _ command: [String]) throws {
    self.name = name
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// Begins a session; the answer to `initialize` is read.
  func greet() {
    send(Self.initialize)
    _ = receive()
    send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
  }

  func send(_ line: String) { send(Array((line + "\n").utf8)) }

  /// Bytes with their LF.
  func send(_ bytes: [UInt8]) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes[done...].withUnsafeBytes { rest in
        unsafe write(input.fileHandleForWriting.fileDescriptor, rest.baseAddress, rest.count)
      }
      precondition(count > 0, "\(name) does not read")
      done += count
    }
  }

  /// The next line's length.
  func receive() -> Int {
    while true {
      if let end = buffer[start...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return end - start
      }
      if start > 1 << 20 {
        buffer.removeFirst(start)
        start = 0
      }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = unsafe chunk.withUnsafeMutableBytes { room in
        unsafe read(output.fileHandleForReading.fileDescriptor, room.baseAddress, room.count)
      }
      precondition(count > 0, "\(name) says nothing more")
      buffer += chunk[..<count]
    }
  }

  /// The most memory that the process itself has had, in KiB; nil where the system does not tell.
  var peakMemory: Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8) else {
      return nil
    }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }
  }

  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  static let initialize =
    #"{"jsonrpc":"2.0","id":"hello","method":"initialize","params":{"protocolVersion":"2025-06-18","#
    + #""capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}"#
}
