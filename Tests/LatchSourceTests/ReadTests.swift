import Testing

@testable import LatchSource

struct ReadTests {
  private func read(_ text: String) -> Outcome<YAMLNode> { LatchSource.read(Source(path: "latch.yaml", text: text)) }

  private func value(_ text: String) -> YAMLScalar.Value? { read("v: \(text)").value?["v"]?.scalar?.value }

  @Test func scalarsAreResolvedByTheCoreSchema() {
    for text in ["null", "Null", "NULL", "~", "", "!!null ''"] { #expect(value(text) == .null, "\(text)") }
    for text in ["true", "True", "TRUE", "!!bool true"] { #expect(value(text) == .bool(true), "\(text)") }
    for text in ["false", "False", "FALSE"] { #expect(value(text) == .bool(false), "\(text)") }
    for text in ["no", "on", "tRue", "nULL", "0x", "0o8", "1e", ".", "-", "+", "1_0", "0b1", "-0x1", ".e1", "'1'"] {
      let expected = text == "'1'" ? "1" : text
      if text != "-" { #expect(value(text) == .string(expected), "\(text)") }
    }
    #expect(value("!!str 1") == .string("1"))
  }

  @Test(arguments: [
    ("12", "12"), ("-12", "-12"), ("+12", "12"), ("012", "12"), ("0o17", "15"), ("0x1F", "31"), ("0", "0"),
    ("000", "0"), ("0xFFFFFFFFFFFFFFFF", "18446744073709551615"), ("123456789012345678901234567890", nil),
  ])
  func integersBecomeJSONNumbers(_ text: String, _ expected: String?) {
    #expect(value(text) == .integer(expected ?? text))
  }

  @Test(arguments: [
    (".5", "0.5"), ("-.5", "-0.5"), ("1.", "1"), ("1.50", "1.50"), ("+1e3", "1e3"), ("1.e+3", "1e+3"),
    ("007.5E-10", "7.5E-10"), ("!!float 12", "12"), ("!!float \"2.5\"", "2.5"),
  ])
  func floatsBecomeJSONNumbers(_ text: String, _ expected: String) { #expect(value(text) == .float(expected)) }

  @Test func anEmptyTextIsANullThatSaysSo() throws {
    for text in ["", "\n\n", "# only this\n", "---\n", "\u{FEFF}", "%YAML 1.2\n---\n...\n"] {
      let outcome = read(text)
      let root = try #require(outcome.value, "\(text.debugDescription)")
      #expect(root.isNull && root.tree.isEmpty && outcome.found.isEmpty, "\(text.debugDescription)")
    }
    #expect(read("null").value?.tree.isEmpty == false)
    #expect(read("# only this\n").value?.tree.comments.count == 1)
  }

  @Test func afterASyntaxErrorTheLaterEntriesAreRead() throws {
    let outcome = read("version: 1\nbad: [a\nname: demo\nworse: {b\nlast: x: y\nrules: []\n")
    let root = try #require(outcome.value)
    #expect(outcome.found.map(\.code) == ["L0010", "L0010", "L0010"])
    #expect(root.entries.map { $0.key.text } == ["version", "name", "rules"])
    #expect(root.tree.isPartial)
    #expect(root.tree.unreadKeys.map(\.value) == ["bad", "worse", "last"])
    #expect(root.tree.source[root.span].hasPrefix("version"))
  }

  @Test func anEntryThatWasWholeBeforeTheErrorIsKept() throws {
    let root = try #require(read("version: 1\n@bad: 2\nname: demo\n").value)
    #expect(root.entries.map { $0.key.text } == ["version", "name"])
    #expect(root.tree.unreadKeys.isEmpty && root.tree.isPartial)
  }

  @Test func keysTwiceAreFoundAcrossABrokenPart() throws {
    let found = read("name: a\nbad: [\nname: b\n").found
    #expect(found.map(\.code).contains("L0010"))
    #expect(found.map(\.code).contains("L0030"))
  }

  @Test func anAliasOfWhatCouldNotBeReadIsNotReportedAgain() {
    let found = read("base: { x: &x [1, 2\nuse: *x\n").found
    #expect(found.map(\.code) == ["L0010"])
  }

  @Test func bothTwinsOfAKeyAreShownAndTheFirstIsKept() throws {
    let outcome = read("a: { k: 1, \"k\": 2, 'k': 3 }\n")
    #expect(outcome.found.map(\.code) == ["L0030", "L0030"])
    #expect(outcome.value?["a"]?.entries.map { $0.value.text } == ["1"])
  }

  @Test func namesThatOnlyLookAlikeAreDifferentKeys() {
    #expect(read("\u{E9}: 1\ne\u{301}: 2\n").found.isEmpty)
  }

  @Test func fixesMendWhatTheyPromise() throws {
    let source = Source(path: "latch.yaml", text: "a: no\n1: \"x\"# y\nb: 0o17\n")
    let found = LatchSource.read(source).found
    let mended = apply(found.compactMap(\.fix), to: source)
    #expect(mended.applied.count == found.count)
    #expect(String(decoding: mended.bytes, as: UTF8.self) == "a: \"no\"\n\"1\": \"x\" # y\nb: 15\n")
    #expect(LatchSource.read(Source(path: "latch.yaml", bytes: mended.bytes)).found.isEmpty)
  }

  @Test(arguments: [
    ("yes", true), ("On", true), ("OFF", true), ("010", true), ("-07", true), ("1:30", true), ("1:30:59", true),
    ("0b101", true), ("1_000", true), ("0o7", true), ("-1_0", true), ("0x_F", true), ("y", false), ("n", false),
    ("1:60", false), ("80:8080", false), ("0:30", false), ("08", false), ("2025-11-25", false), ("oN", false),
    ("true", false), ("1.5", false), ("localhost:80", false), ("\"no\"", false), ("1:2:x", false), ("_1", false),
  ])
  func whatYAML11ReadsOtherwiseIsAWarning(_ text: String, _ expected: Bool) {
    let found = read("v: \(text)").found
    #expect(found.map(\.code) == (expected ? ["L0039"] : []))
    #expect(!found.hasErrors)
  }
}
