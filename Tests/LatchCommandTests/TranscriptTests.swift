import Foundation
import LatchTestSupport
import Testing

/// A recorded run of `latch` in the directory of a fixture: the first line is the command, the rest what it said.
struct Transcript: Sendable, CustomStringConvertible {
  let fixture: Fixture
  let file: String

  var description: String { "\(fixture.name)/\(file)" }

  static let all = Fixture.all(in: "commands").flatMap { fixture in
    fixture.files.filter { $0.hasSuffix(".run.txt") }.map { Transcript(fixture: fixture, file: $0) }
  }
}

@Suite("Commands")
struct TranscriptTests {
  @Test("A command says what is recorded, to the letter", arguments: Transcript.all)
  func saysWhatIsRecorded(_ transcript: Transcript) throws {
    let recorded = try transcript.fixture.text(transcript.file)
    let command = try #require(recorded.split(separator: "\n").first)
    let words = command.split(separator: " ").map(String.init)
    #expect(words.prefix(2) == ["$", "latch"])
    let run = try Run(of: Array(words.dropFirst(2)), in: transcript.fixture.url)
    #expect(try transcript.fixture.difference(of: "\(command)\n\(run.text)", from: transcript.file) == nil)
  }

  @Test("What one run says the next one says too")
  func saysTheSameAgain() throws {
    let fixture = try #require(Fixture.all(in: "commands", prefix: "test-all-pass").first)
    let arguments = ["test", "--coverage", "--mutate", "--format", "json"]
    let runs = try (0..<2).map { _ in try Run(of: arguments, in: fixture.url).text }
    #expect(runs[0] == runs[1])
  }
}

/// What the program said and how it ended.
private struct Run {
  let text: String

  init(of arguments: [String], in directory: URL) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ["HOME": "/nowhere/home", "PATH": "/usr/bin:/bin", "NO_COLOR": "1"]
    // Files, not pipes: what fills up stops nobody.
    let output = try Scratch()
    let errors = try Scratch()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output.handle
    process.standardError = errors.handle
    try process.run()
    process.waitUntilExit()
    let said = try errors.text()
    text = try output.text() + (said.isEmpty ? "" : "# stderr\n\(said)") + "# exit \(process.terminationStatus)\n"
  }
}

/// `latch`, which lies beside the program that runs the tests.
private let program: URL = {
  #if os(Linux)
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
  #else
    let own = URL(filePath: CommandLine.arguments[0])
  #endif
  return own.deletingLastPathComponent().appending(path: "latch")
}()

/// A file that is gone when the value is.
private final class Scratch {
  let handle: FileHandle
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "latch-command-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: url.path, contents: nil)
    handle = try FileHandle(forWritingTo: url)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func text() throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }
}
