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
