import LatchCompiler
import LatchSource
import LatchTestSupport
import Testing

/// Those of codes L1xxx to L4xxx; the reader of YAML has its own.
private let compilerFixtures = ["L1", "L2", "L3", "L4", "mixed"].flatMap { Fixture.all(in: "invalid", prefix: $0) }

@Suite("What the compiler finds")
struct DiagnosticTests {
  @Test("Every mistake is reported as recorded", arguments: compilerFixtures)
  func everyMistakeIsReportedAsRecorded(_ fixture: Fixture) throws {
    let text = report(try ProjectFiles(fixture))
    #expect(try fixture.difference(of: text, from: "expected.txt") == nil)
  }

  @Test("Every fixture yields the code in its name", arguments: compilerFixtures)
  func everyFixtureYieldsItsCode(_ fixture: Fixture) throws {
    guard let code = DiagnosticCode(fixture.name.prefix(5)) else { return }
    let found = check(try ProjectFiles(fixture), settings: testSettings).found
    #expect(found.contains { $0.code == code })
  }

  @Test("Every code of the compiler has a fixture", arguments: CompilerDiagnostics.all)
  func everyCodeHasAFixture(_ explanation: DiagnosticExplanation) throws {
    #expect(!Fixture.all(in: "invalid", prefix: explanation.code.description).isEmpty)
  }

  @Test("Every code that a check names is explained")
  func everyCheckIsExplained() {
    let explained = Set(CompilerDiagnostics.all.map(\.code))
    for check in Check.all {
      for code in check.codes { #expect(explained.contains(code), "\(code): \(check.summary)") }
    }
  }

  @Test("The wrong example stands in the fixture, and the right one mends it", arguments: CompilerDiagnostics.all)
  func examplesAreTheFixtures(_ explanation: DiagnosticExplanation) throws {
    let fixture = try #require(Fixture.all(in: "invalid", prefix: explanation.code.description).first)
    let files = try Dictionary(uniqueKeysWithValues: fixture.files.map { ($0, try fixture.bytes($0)) })
    let mended = try #require(replaced(explanation.wrong, with: explanation.right, in: files))
    let before = try found(in: files).filter { $0.code == explanation.code }
    let after = try found(in: mended).filter { $0.code == explanation.code }
    #expect(after.count < before.count)
    #expect(before.allSatisfy { $0.severity == explanation.severity })
  }

  private func found(in files: [String: [UInt8]]) throws -> [Diagnostic] {
    check(try ProjectFiles(files), settings: testSettings).found
  }

  @Test("Nothing is found in the valid projects but warnings", arguments: Fixture.all(in: "valid"))
  func validProjectsAreValid(_ fixture: Fixture) throws {
    let outcome = check(try ProjectFiles(fixture), settings: testSettings)
    #expect(outcome.accepted != nil)
    #expect(try fixture.difference(of: report(try ProjectFiles(fixture)), from: "expected.txt") == nil)
  }
}

/// The files with a block of lines, at whatever indentation it stands, in the place of another.
private func replaced(_ block: String, with other: String, in files: [String: [UInt8]]) -> [String: [UInt8]]? {
  for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
    guard path != "expected.txt", let new = replaced(block, with: other, in: bytes) else { continue }
    return files.merging([path: new]) { $1 }
  }
  return nil
}

private func replaced(_ block: String, with other: String, in bytes: [UInt8]) -> [UInt8]? {
  let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = block.split(separator: "\n")
  for start in lines.indices where lines.count - start >= wanted.count {
    guard let indent = indentation(of: lines[start], before: wanted[0]) else { continue }
    let found = lines[start..<(start + wanted.count)]
    guard found.elementsEqual(indented(wanted, indent).map { Substring($0) }) else { continue }
    let new = indented(other.split(separator: "\n", omittingEmptySubsequences: false), indent)
    let text = lines[..<start].map(String.init) + new + lines[(start + wanted.count)...].map(String.init)
    return Array(text.joined(separator: "\n").utf8)
  }
  return nil
}

/// What stands before a line's text: spaces, and the `- ` of a list.
private func indentation(of line: Substring, before text: Substring) -> Substring? {
  guard line.hasSuffix(text) else { return nil }
  let indent = line.dropLast(text.count)
  return indent.allSatisfy { $0 == " " || $0 == "-" } ? indent : nil
}

private func indented(_ lines: [Substring], _ indent: Substring) -> [String] {
  let blank = String(repeating: " ", count: indent.count)
  return lines.enumerated().map { ($0 == 0 ? String(indent) : blank) + $1 }
}
