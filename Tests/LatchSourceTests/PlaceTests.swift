import Testing

@testable import LatchSource

/// Places are asserted as the text under them, and so survive edits to the lines above.
struct PlaceTests {
  /// Reads text that must be without mistakes.
  private func tree(_ text: String) throws -> YAMLNode {
    let outcome = read(Source(path: "latch.yaml", text: text))
    #expect(outcome.found.isEmpty)
    return try #require(outcome.value)
  }

  private func under(_ node: YAMLNode?) -> String? { node.map { $0.tree.source[$0.span] } }

  @Test func everyKeyAndValueKnowsItsText() throws {
    let root = try tree("name: demo\nargs: [ -y , 'a b', \"c\\td\" ]\nenv: { A: b, C: }\n")
    #expect(root.entries.map { under($0.key) } == ["name", "args", "env"])
    #expect(under(root["name"]) == "demo")
    #expect(under(root["args"]) == "[ -y , 'a b', \"c\\td\" ]")
    #expect(root["args"]?.elements.map { under($0) } == ["-y", "'a b'", "\"c\\td\""])
    #expect(root["args"]?.elements.map(\.string) == ["-y", "a b", "c\td"])
    #expect(under(root["env"]) == "{ A: b, C: }")
    #expect(under(root["env"]?["C"]) == "")
    #expect(root["env"]?["C"]?.isNull == true)
  }

  @Test func blockCollectionsEndWhereTheirLastValueEnds() throws {
    let root = try tree("a:\n  b:\n    - x\n    - y: z\n\n# later\nc: 1\n")
    #expect(under(root["a"]) == "b:\n    - x\n    - y: z")
    #expect(under(root["a"]?["b"]) == "- x\n    - y: z")
    #expect(under(root["a"]?["b"]?.elements.last) == "y: z")
    #expect(under(root["c"]) == "1")
  }

  @Test func blockScalarsEndWithTheirText() throws {
    let root = try tree("a: |\n  one\n  two\n\n\nb: >- # why\n  three\n  \n\nc: |+\n\n\nd: x\n")
    #expect(under(root["a"]) == "|\n  one\n  two")
    #expect(root["a"]?.string == "one\ntwo\n")
    #expect(under(root["b"]) == ">- # why\n  three")
    #expect(root["b"]?.string == "three")
    #expect(under(root["c"]) == "|+")
    #expect(under(root["d"]) == "x")
  }

  @Test func columnsAreCountedInScalarsAndPlacesInBytes() throws {
    let root = try tree("käse: [ \"zwölf €\", 🧀🧀 ] # größer\nnext: { é: ü }\n")
    #expect(under(root["käse"]) == "[ \"zwölf €\", 🧀🧀 ]")
    #expect(root["käse"]?.elements.map { under($0) } == ["\"zwölf €\"", "🧀🧀"])
    let second = try #require(root["käse"]?.elements.last)
    #expect(second.tree.source.position(of: second.span.start) == Position(line: 1, column: 20))
    #expect(under(root["next"]?["é"]) == "ü")
    #expect(root.tree.comments.map { root.tree.source[$0] } == ["# größer"])
  }

  @Test func windowsLineEndsAndByteOrderMarksMoveNothing() throws {
    let root = try tree("\u{FEFF}a: 1\r\nb:\r\n  - |\r\n    x\r\n  - y\r\nc: \"p\r\n  q\"\r\n")
    #expect(root.entries.map { under($0.key) } == ["a", "b", "c"])
    #expect(root["b"]?.elements.map { under($0) } == ["|\r\n    x", "y"])
    #expect(under(root["c"]) == "\"p\r\n  q\"")
    #expect(root["c"]?.string == "p q")
    let place = try #require(root["c"]?.span)
    #expect(root.tree.source.position(of: place.start) == Position(line: 6, column: 4))
  }

  @Test func tagsAndAnchorsAreNotInAValuesPlace() throws {
    let root = try tree("a: &x !!str 12\nb: !!map # why\n  k: v\nc: &l [1]\nd: !!null\ne: *l\nf: ! 7\n")
    #expect(under(root["a"]) == "12")
    #expect(root["a"]?.scalar?.value == .string("12"))
    #expect(under(root["b"]) == "k: v")
    #expect(under(root["c"]) == "[1]")
    #expect(under(root["d"]) == "")
    #expect(under(root["e"]) == "*l")
    #expect(root["e"].map { root.tree.source[$0.definition] } == "[1]")
    #expect(root["e"]?.elements.map { under($0) } == ["1"])
    #expect(root["f"]?.scalar?.value == .string("7"))
  }

  @Test func mergedEntriesAreAtTheirOwnPlaces() throws {
    let root = try tree(
      "base: &base { a: 1, b: 2 }\nmore: &more { b: 3, c: 4 }\none:\n  x: 0\n  <<: *base\n  b: 9\n"
        + "two: { <<: [*more, *base], d: 5 }\nthree: { <<: { <<: *base, a: 7 } }\n")
    let one = try #require(root["one"])
    #expect(one.entries.map { $0.key.text } == ["x", "a", "b"])
    #expect(one["b"]?.text == "9")
    #expect(one["a"].map { $0.span.start } == root["base"]?["a"].map { $0.span.start })
    #expect(root["two"]?.entries.map { $0.key.text + $0.value.text } == ["b3", "c4", "a1", "d5"])
    #expect(root["three"]?.entries.map { $0.key.text + $0.value.text } == ["b2", "a7"])
    #expect(under(root["one"]) == "x: 0\n  <<: *base\n  b: 9")
  }

  @Test func commentsAreFoundAndTextWithHashesIsNone() throws {
    let root = try tree(
      "# first\na: x#y # second\nb: \"# no\" #third\nc: | # fourth\n  # text\n# fifth\nd: [ # sixth\n  'x # y', # seventh\n]\n"
    )
    let comments = root.tree.comments.map { root.tree.source[$0] }
    #expect(comments == ["# first", "# second", "#third", "# fourth", "# fifth", "# sixth", "# seventh"])
  }
}
