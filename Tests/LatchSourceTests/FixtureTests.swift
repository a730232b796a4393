import LatchTestSupport
import Testing

@testable import LatchSource

/// `Fixtures/invalid/L0…`: what is wrong in a text, and word for word what is said about it.
struct FixtureTests {
  @Test(arguments: Fixture.all(in: "invalid", prefix: "L0"))
  func everyMistakeOfTheTextIsReportedAsRecorded(_ fixture: Fixture) throws {
    let source = Source(path: "latch.yaml", bytes: try fixture.bytes("latch.yaml"))
    let found = read(source, limits: try fixture.limits).found
    let code = try #require(DiagnosticCode(fixture.name.prefix(5)))
    #expect(found.contains { $0.code == code })
    #expect(try fixture.difference(of: TextRenderer().render(found, in: [source]), from: "expected.txt") == nil)
  }

  @Test func everyCodeHasAFixture() {
    let names = Fixture.all(in: "invalid", prefix: "L0").map(\.name)
    for explanation in SourceDiagnostics.all {
      #expect(names.contains { $0.hasPrefix("\(explanation.code)-") }, "no fixture for \(explanation.code)")
    }
  }

  @Test func everyCodeIsDeclaredOnceAndOfThisStage() {
    let codes = SourceDiagnostics.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.stage == 0 })
    #expect(DiagnosticCatalogue(SourceDiagnostics.all)["L0030"]?.title == "key twice")
    #expect(DiagnosticCatalogue(SourceDiagnostics.all)["L0999"] == nil)
  }

  @Test(arguments: SourceDiagnostics.all.filter { !shownOnly.contains($0.code) })
  func anExplanationsExamplesAreWrongAndRight(_ explanation: DiagnosticExplanation) {
    let wrong = read(Source(path: "latch.yaml", text: explanation.wrong)).found.map(\.code)
    #expect(wrong.contains(explanation.code))
    #expect(read(Source(path: "latch.yaml", text: explanation.right)).found.isEmpty)
  }
}

/// Codes whose wrong example is described, since it cannot be shown.
private let shownOnly: Set<DiagnosticCode> = ["L0001", "L0002", "L0003", "L0004", "L0020", "L0022", "L0023"]

extension Fixture {
  /// The usual limits, or with the size that the fixture's `limits.txt` gives: 16 MiB are too much to keep.
  fileprivate var limits: YAMLLimits {
    get throws {
      var limits = YAMLLimits()
      guard contains("limits.txt") else { return limits }
      let words = try text("limits.txt").split { $0 == " " || $0 == "\n" }
      limits.bytes = try #require(words.last.flatMap { Int($0) })
      return limits
    }
  }
}
