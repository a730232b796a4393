import LatchTestSupport
import Testing

@testable import LatchSource

struct TextRendererTests {
  private let source = Source(path: "latch.yaml", text: "name: demo\nrules:\n  - id: r\n    upstream: filesytem\n")

  /// A span of the first place where `text` stands.
  private func span(of text: String, in source: Source) throws -> Span {
    let wanted = Array(text.utf8)
    let start = try #require(source.bytes.indices.first { source.bytes[$0...].starts(with: wanted) })
    return Span(file: source.file, start: start, end: start + wanted.count)
  }

  private func rendered(_ text: String, under: String, width: Int = 60) throws -> String {
    let source = Source(path: "latch.yaml", text: text)
    let diagnostic = Diagnostic("L0999", .error, "look", at: try span(of: under, in: source))
    return TextRenderer(width: width).render(diagnostic, in: [source])
  }

  @Test(arguments: [
    ("tabs", "\ta:\tb c\n", "b c"),
    ("wide", "a: 漢字 and 🧀 then this\n", "then"),
    ("wide-under", "a: 漢字 x\n", "漢字"),
    ("combining", "a: e\u{301}a\u{308} then this\n", "then"),
    ("control", "a: \u{1B}[31m\u{202E} then \u{200B}this\n", "then"),
    ("end-of-file", "a: [1\n", "\n"),
    ("many-lines", "a:\n  - b\n  - c\n  - d\nx: y\n", "- b\n  - c\n  - d"),
    ("very-many-lines", "a:\n" + String(repeating: "  - b\n", count: 20), String(repeating: "  - b\n", count: 20)),
    ("long-line-start", "word " + String(repeating: "0123456789", count: 30), "word"),
    (
      "long-line-middle", String(repeating: "0123456789", count: 30) + "word" + String(repeating: "äö", count: 300),
      "word"
    ),
    ("long-line-end", String(repeating: "äöü", count: 300) + "word", "word"),
    ("long-span", "a: " + String(repeating: "x", count: 300), String(repeating: "x", count: 300)),
    ("windows-line-ends", "a: b\r\nc: d\r\n", "d"),
  ])
  func caretsStandUnderTheText(_ name: String, _ text: String, _ under: String) throws {
    let report = try rendered(text, under: under)
    #expect(try Golden("Fixtures/text/carets/\(name).txt").difference(of: report) == nil)
  }

  @Test func aFindingShowsItsNotesWhereTheyAreAndItsFix() throws {
    let other = Source(path: "rules/more.yaml", text: "# more\nupstreams:\n  filesystem: {}\n", file: 1)
    let wrong = try span(of: "filesytem", in: source)
    let diagnostic = Diagnostic(
      "L2104", .error, "no upstream is named `filesytem`", at: wrong,
      notes: [
        Note("for this rule", at: try span(of: "id: r", in: source)),
        Note("this one is near", at: try span(of: "filesystem", in: other)),
        Note("upstreams are looked for in all files"),
      ], fix: .replace(wrong, with: "filesystem"), help: "define it under `upstreams:`")
    let warning = Diagnostic("L3001", .warning, "nobody uses `demo`", at: try span(of: "demo", in: source))
    let nowhere = Diagnostic("L5001", .error, "there is no latch.yaml here", at: nil, help: "run `latch init`")
    let report = TextRenderer().render([diagnostic, warning, nowhere, warning], in: [source, other])
    #expect(try Golden("Fixtures/text/notes-and-fix.txt").difference(of: report) == nil)
    let colored = TextRenderer(usesColor: true).render([diagnostic], in: [source, other])
    #expect(try Golden("Fixtures/text/notes-and-fix-in-color.txt").difference(of: colored) == nil)
  }

  @Test func marksOnOneLineAreShownBelowEachOther() throws {
    let source = Source(path: "latch.yaml", text: "a: { x: 1, x: 2 }\n")
    let found = read(source).found
    #expect(try Golden("Fixtures/text/one-line.txt").difference(of: TextRenderer().render(found, in: [source])) == nil)
  }

  @Test func fixesOfSeveralLinesInsertionsAndRemovalsAreShown() throws {
    let text = "a: 1\nb: 2\nc: 3\n"
    let source = Source(path: "latch.yaml", text: text)
    let place = try span(of: "b: 2", in: source)
    let fixes = [
      Fix("add a key", [Edit(place.ending, "\nnew: 1")]), Fix("remove it", [Edit(place, "")]),
      Fix("change both", [Edit(place, "B: 2"), Edit(try span(of: "c", in: source), "C")]),
    ]
    let report = fixes.map {
      TextRenderer().render(Diagnostic("L0999", .error, "look", at: place, fix: $0), in: [source])
    }
    #expect(try Golden("Fixtures/text/fixes.txt").difference(of: report.joined()) == nil)
  }

  @Test func wordsOfTheUserCannotMoveTheCursor() {
    let report = TextRenderer().render(
      [Diagnostic("L0999", .error, "the key `a\u{1B}[2J\u{202E}\nb` is odd", at: nil, help: "not `\u{7}`")], in: [])
    #expect(report == "error[L0999]: the key `a<U+001B>[2J<U+202E> b` is odd\n  = help: not `<U+0007>`\n1 error\n")
  }

  @Test func findingsAreToldInOrderAndOnce() {
    let places = [8, 3, 3, 5].map { Span(file: 0, start: $0, end: $0 + 1) }
    let found =
      places.map { Diagnostic("L0999", .error, "x", at: $0) } + [Diagnostic("L0001", .error, "y", at: places[1])]
    #expect(found.sortedAndUnique.map { $0.span?.start } == [3, 3, 5, 8])
    #expect(found.sortedAndUnique.first?.code == "L0001")
    #expect(found.shuffled().sortedAndUnique == found.sortedAndUnique)
  }

  @Test func veryManyFindingsAreCounted() {
    let source = Source(path: "latch.yaml", text: String(repeating: "a\n", count: 50))
    let found = (0..<50).map { Diagnostic("L0999", .warning, "x", at: Span(file: 0, start: $0 * 2, end: $0 * 2 + 1)) }
    let report = TextRenderer(atMost: 3).render(found, in: [source])
    #expect(report.hasSuffix("and 47 more\n50 warnings\n"))
    #expect(TextRenderer().render([], in: [source]) == "")
  }

  @Test func placesOutsideOfTheTextOrInNoSourceAreNoHarm() {
    let far = Diagnostic(
      "L0999", .error, "x", at: Span(file: 0, start: 900, end: 1_000),
      notes: [Note("y", at: Span(file: 7, start: 1, end: 2))])
    #expect(TextRenderer().render([far], in: [source]).contains("x"))
    #expect(TextRenderer().render([far], in: [Source(path: "e", text: "")]).contains("e:1:1"))
    #expect(TextRenderer().render([far], in: []).hasPrefix("error[L0999]: x\n"))
  }
}
