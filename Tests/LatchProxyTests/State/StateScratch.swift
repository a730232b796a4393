import Foundation
import LatchProxy
import Testing

/// A directory for a state database that is gone when the value is; the directory itself is not made.
final class StateScratch: Sendable {
  let root: String
  let path: String

  init() {
    root = "/tmp/latch-state-test-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    path = root + "/state"
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func open() throws -> StateDatabase { try StateDatabase(directory: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// How opening fails; nil if it does not.
  func failure() -> StateError? {
    do throws(StateError) {
      _ = try StateDatabase(directory: path)
      return nil
    } catch {
      return error
    }
  }

  /// All files of the state, by name.
  func contents() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      files[name] = try Data(contentsOf: URL(filePath: file(name)))
    }
    return files
  }

  /// Puts files in the place of those that are there, as one who restores a copy does.
  func restore(_ files: [String: Data]) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      try FileManager.default.removeItem(atPath: file(name))
    }
    for (name, data) in files {
      try data.write(to: URL(filePath: file(name)))
      try chmod(name, 0o600)
    }
  }

  func chmod(_ name: String, _ mode: Int) throws {
    let path = name.isEmpty ? path : file(name)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  func mode(_ name: String) throws -> Int {
    let path = name.isEmpty ? path : file(name)
    return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
  }

  /// What the command line of SQLite says to a statement; nil if it is not installed.
  @discardableResult
  func sqlite(_ sql: String) throws -> String? { try output(of: "sqlite3", [file("state.db"), sql]) }
}

/// What a program prints; nil if there is no such program. It must end well.
func output(of program: String, _ arguments: [String], input: String = "") throws -> String? {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let (stdin, stdout) = (Pipe(), Pipe())
  process.standardInput = stdin
  process.standardOutput = stdout
  process.standardError = FileHandle.nullDevice
  try process.run()
  try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try stdin.fileHandleForWriting.close()
  let text = String(decoding: stdout.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  if process.terminationStatus == 127 {
    print("skipped: there is no `\(program)` here")
    return nil
  }
  #expect(process.terminationStatus == 0)
  return text
}

/// A process of its own that uses the database when it is told to go.
final class Racer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init(_ words: String...) throws {
    process.executableURL = URL(filePath: Product.path("StateRacer"))
    process.arguments = words
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  func line() -> String? {
    var line: [UInt8] = []
    while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  func go() throws { try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }

  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// All that it still prints.
  func rest() -> String {
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}
