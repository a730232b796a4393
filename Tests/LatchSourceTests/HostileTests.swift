import LatchTestSupport
import Testing

@testable import LatchSource

/// Texts that were written to break a reader end in findings, soon.
struct HostileTests {
  private func codes(_ text: String) -> [DiagnosticCode] {
    let source = Source(path: "latch.yaml", text: text)
    let outcome = read(source)
    _ = TextRenderer().render(outcome.found, in: [source])
    return outcome.found.map(\.code)
  }

  @Test(.timeLimit(.minutes(15)))
  func depthIsBoundedInEveryForm() {
    #expect(codes(String(repeating: "[", count: 200_000)) == ["L0022"])
    #expect(codes("a: " + String(repeating: "{a: ", count: 200_000)) == ["L0022"])
    #expect(codes(String(repeating: "- ", count: 200_000)) == ["L0022"])
    #expect(codes(String(repeating: "? ", count: 200_000)).contains("L0022"))
    #expect(codes((0..<1_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()) == ["L0022"])
  }

  @Test func sixtyFourLevelsAreReadAndAliasesAddTheirs() {
    let deepest = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
    #expect(codes("a: \(deepest)").isEmpty)
    #expect(codes("a: [\(deepest)]") == ["L0022"])
    let half = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(
      codes("a: &a \(half)\nb: \(String(repeating: "[", count: 30))*a\(String(repeating: "]", count: 30))")
        == ["L0022"])
  }

  @Test func aliasBombsAreDefused() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(codes(text) == ["L0023"])
    #expect(codes("a: &a [*a]") == ["L0037"])
    #expect(codes("a: &a { <<: *a }").contains("L0037"))
  }

  @Test(.timeLimit(.minutes(15)))
  func manyKeysAndManyMistakesTakeLinearTime() {
    #expect(codes((0..<100_000).map { "k\($0): 1\n" }.joined()).isEmpty)
    #expect(codes((0..<50_000).map { "k\($0 / 2): 1\n" }.joined()).count == 25_000)
    #expect(codes("a: {" + String(repeating: "b: no, ", count: 20_000) + "}").count == 39_999)
    #expect(codes(String(repeating: "a: [\n", count: 20_000)).contains("L0022"))
    #expect(codes(String(repeating: "a: \"\n", count: 20_000)).contains("L0012"))
    #expect(codes(String(repeating: "b: @\n", count: 20_000)).contains("L0010"))
    #expect(codes("a: '" + String(repeating: "b: \"x\n", count: 100_000)).contains("L0010"))
  }

  @Test(.timeLimit(.minutes(15)))
  func hugeScalarsAndLinesAreRead() {
    let huge = String(repeating: "x ", count: 2_000_000)
    #expect(codes("a: \(huge)y").isEmpty)
    #expect(codes("a: \"\(huge)\"").isEmpty)
    #expect(codes("a: |\n  \(huge)").isEmpty)
    #expect(codes("a: >\n" + String(repeating: "  x\n\n", count: 500_000)).isEmpty)
    #expect(codes("# \(huge)").isEmpty)
    #expect(codes("a: {b: no} #" + huge) == ["L0039"])
    #expect(codes(String(repeating: "\n", count: 4_000_000)).isEmpty)
  }

  @Test func bytesThatAreNoTextAreFoundWhereTheyAre() {
    for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]] {
      let source = Source(path: "latch.yaml", bytes: Array("a: x".utf8) + bytes)
      let outcome = read(source)
      #expect(outcome.value == nil)
      #expect(outcome.found.first?.code == "L0001")
      #expect(outcome.found.first?.span?.start == 4)
    }
    #expect(codes("a: \u{0}") == ["L0003"])
    #expect(codes(String(repeating: "\u{7}", count: 100_000)).count == 10)
  }

  @Test(.timeLimit(.minutes(15)))
  func noMutationOfAFixtureIsFatalOrPointsOutsideTheText() throws {
    for fixture in Fixture.all(in: "invalid") + Fixture.all(in: "valid") where fixture.contains("latch.yaml") {
      let bytes = try fixture.bytes("latch.yaml")
      for mutation in mutations(of: bytes) {
        let source = Source(path: "latch.yaml", bytes: mutation)
        let outcome = read(source)
        for diagnostic in outcome.found {
          let spans = [diagnostic.span].compactMap(\.self) + diagnostic.notes.compactMap(\.span)
          #expect(spans.allSatisfy { $0.end <= mutation.count }, "\(fixture.name): \(diagnostic)")
        }
        if let root = outcome.value { try expectWhole(root, in: source) }
        #expect(outcome.value != nil || outcome.hasErrors)
        _ = TextRenderer(width: 40).render(outcome.found, in: [source])
        _ = apply(outcome.found.compactMap(\.fix), to: source)
      }
    }
  }

  /// Every line dropped, doubled, cut in half, and the text cut after each line and in its middle.
  private func mutations(of bytes: [UInt8]) -> [[UInt8]] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    func joined(_ lines: [[UInt8]]) -> [UInt8] { Array(lines.joined(separator: [0x0A])) }
    var mutations: [[UInt8]] = []
    for (index, line) in lines.enumerated() {
      mutations.append(joined(Array(lines[..<index] + lines[(index + 1)...])))
      mutations.append(joined(Array(lines[...index] + lines[index...])))
      mutations.append(joined(lines[..<index] + [Array(line.prefix(line.count / 2))] + lines[(index + 1)...]))
      mutations.append(joined(lines[..<index] + [Array(line.suffix(line.count / 2))] + lines[(index + 1)...]))
      mutations.append(joined(lines[..<index] + [[0x20] + line] + lines[(index + 1)...]))
      mutations.append(joined(Array(lines[..<index] + [Array(line.prefix(line.count / 2))])))
    }
    return mutations
  }

  private func expectWhole(_ node: YAMLNode, in source: Source) throws {
    #expect(node.span.end <= source.bytes.count && node.definition.end <= source.bytes.count)
    switch node.kind {
    case .scalar(let scalar): _ = scalar.value
    case .sequence(let elements): for element in elements { try expectWhole(element, in: source) }
    case .mapping(let entries):
      for entry in entries {
        #expect(entry.key.string != nil)
        try expectWhole(entry.key, in: source)
        try expectWhole(entry.value, in: source)
      }
    }
  }
}
