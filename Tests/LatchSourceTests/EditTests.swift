import Testing

@testable import LatchSource

struct EditTests {
  private let source = Source(path: "latch.yaml", text: "abcdef")

  private func edit(_ range: Range<Int>, _ text: String) -> Edit { Edit(Span(file: 0, range), text) }

  @Test func editsAreMadeAllAtOnceInAnyOrder() throws {
    let edits = [edit(4..<6, "X"), edit(0..<0, "^"), edit(1..<2, ""), edit(0..<0, "!")]
    #expect(String(decoding: try apply(edits, to: source), as: UTF8.self) == "^!acdX")
  }

  @Test func editsThatCannotBeMadeAreRefused() {
    #expect(throws: EditError.overlapping(edit(1..<3, "x"), edit(2..<4, "y"))) {
      try apply([edit(2..<4, "y"), edit(1..<3, "x")], to: source)
    }
    #expect(throws: EditError.outsideText(edit(5..<9, "x"))) { try apply([edit(5..<9, "x")], to: source) }
    let other = Edit(Span(file: 3, 0..<1), "x")
    #expect(throws: EditError.otherFile(other)) { try apply([other], to: source) }
  }

  @Test func aFixThatDoesNotGoWithAnEarlierOneIsLeftOut() {
    let fixes = [
      Fix("one", [edit(1..<3, "x")]), Fix("two", [edit(2..<4, "y"), edit(5..<6, "z")]),
      Fix("three", [edit(4..<5, "w")]),
      Fix("one again", [edit(1..<3, "x")]),
    ]
    let mended = apply(fixes, to: source)
    #expect(String(decoding: mended.bytes, as: UTF8.self) == "axdwf")
    #expect(mended.applied.map(\.title) == ["one", "three", "one again"])
  }
}

struct ClosestTests {
  private let keys = ["allow", "deny", "require_approval", "upstream", "upstreams", "tool", "class"]

  @Test(arguments: [
    ("alow", "allow"), ("Allow", "allow"), ("dney", "deny"), ("upstrem", "upstream"),
    ("requireapproval", "require_approval"),
    ("tools", "tool"), ("klass", "class"), ("toll", "tool"), ("x", nil), ("", nil), ("permit", nil), ("den", "deny"),
    ("lo", nil),
  ])
  func theNearestNameIsFoundIfItIsNear(_ name: String, _ expected: String?) {
    #expect(closest(to: name, among: keys) == expected)
    #expect(closest(to: name, among: keys.reversed()) == expected)
  }

  @Test func equalDistancesGoToTheFirstInByteOrder() {
    #expect(closest(to: "rat", among: ["hat", "cat", "bat"]) == "bat")
    #expect(closest(to: String(repeating: "x", count: 100_000), among: keys) == nil)
    #expect(closest(to: "allow", among: [String(repeating: "x", count: 1_000_000)]) == nil)
  }
}

struct OutcomeTests {
  @Test func stagesAddWhatTheyFindAndStopWithoutAValue() {
    let warning = Diagnostic("L0999", .warning, "w", at: nil)
    let error = Diagnostic("L1999", .error, "e", at: nil)
    let first = Outcome(1, [warning])
    let second = first.then { Outcome($0 + 1, [error]) }
    #expect(second == Outcome(2, [warning, error]))
    #expect(second.accepted == nil && second.hasErrors)
    #expect(first.map { "\($0)" }.accepted == "1")
    #expect(Outcome<Int>(nil, [error]).then { Outcome($0, [warning]) } == Outcome(nil, [error]))
  }

  @Test func codesAreWrittenAsTheyAreRead() {
    for text in ["L0030", "L5123", "L0000"] { #expect(DiagnosticCode(text)?.description == text) }
    #expect(("L5123" as DiagnosticCode).stage == 5)
    for text in ["", "L", "L030", "l0030", "L00300", "L0O30", "X0030", "L٠٠٠٠"] { #expect(DiagnosticCode(text) == nil) }
  }

  @Test func positionsCountScalarsAndAllLineEnds() {
    let source = Source(path: "a", text: "ab\r\nä€x\rc\n")
    #expect(source.position(of: 0) == Position(line: 1, column: 1))
    #expect(source.position(of: 9) == Position(line: 2, column: 3))
    #expect(source.position(of: 11) == Position(line: 3, column: 1))
    #expect(source.position(of: 99) == Position(line: 4, column: 1))
    #expect(source.range(of: Span(file: 0, start: 4, end: 9)).end == Position(line: 2, column: 3))
    #expect(Source(path: "a", text: "").position(of: 5) == Position(line: 1, column: 1))
  }
}
