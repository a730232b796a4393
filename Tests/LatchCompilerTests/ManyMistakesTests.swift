import LatchCompiler
import LatchJSON
import LatchSchema
import LatchSource
import Testing

/// Files made to keep `latch validate` busy. None of these takes longer than some seconds; in a number of steps that
/// grows with the square of the mistakes, each took minutes.
@Suite("Files with very many mistakes")
struct ManyMistakesTests {
  private static let beginning = "version: 1\nname: many\n"

  private func found(_ text: String) -> [Diagnostic] { LatchCompilerTests.found(in: Self.beginning + text) }

  @Test("Every unknown key is told, in the order of the file", .timeLimit(.minutes(15)))
  func unknownKeys() {
    let found = found((0..<20_000).map { "k\($0): 1\n" }.joined())
    #expect(found.count == 20_000)
    #expect(found.allSatisfy { $0.code == "L1001" })
    for (number, finding) in found.enumerated() {
      guard finding.message.hasPrefix("unknown key `k\(number)` in the file") else {
        Issue.record("number \(number) is: \(finding.message)")
        return
      }
    }
    let start = found.last?.span?.start ?? 0
    #expect(found.last?.span?.end == start + 6)
  }

  @Test("The text tells the first thousand, and counts them all", .timeLimit(.minutes(15)))
  func textOfManyMistakes() {
    let files = ProjectFiles(Self.beginning + (0..<5_000).map { "k\($0): 1\n" }.joined())
    let lines = report(files).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("latch.yaml:") }.count == 1_000)
    #expect(lines.suffix(2) == ["and 4000 more", "5000 errors"])
  }

  @Test("A rule behind many others is called by its id for each of its mistakes", .timeLimit(.minutes(15)))
  func unknownKeysOfARule() {
    let rules = (0..<5_000).map { "  - { id: r\($0), effect: deny, tool: a }\n" }.joined()
    let keys = (0..<5_000).map { "    k\($0): 1\n" }.joined()
    let found = found("rules:\n\(rules)  - effect: deny\n    tool: a\n\(keys)    id: last\n")
    #expect(found.count == 5_000)
    #expect(found.allSatisfy { $0.message.contains("in rule `last`") })
  }

  @Test("Columns are right where the whole file is one line", .timeLimit(.minutes(15)))
  func oneLine() {
    let keys = (0..<5_000).map { "ü\($0): 1" }
    let text = "{ version: 1, name: one, \(keys.joined(separator: ", ")) }"
    let source = Source(path: "latch.yaml", text: text)
    let columns = LatchCompilerTests.found(in: text).compactMap { $0.span.map { source.position(of: $0.start).column } }
    var expected = 26
    for (column, key) in zip(columns, keys) {
      #expect(column == expected)
      expected += key.unicodeScalars.count + 2
    }
    #expect(columns.count == 5_000)
  }

  @Test("Keys that are no text are told one by one", .timeLimit(.minutes(15)))
  func listsAsKeys() {
    let found = found("values:\n" + (0..<10_000).map { "  [a\($0)]: [a]\n" }.joined())
    #expect(found.filter { $0.code == "L0031" }.count == 10_000)
  }

  @Test("Anchors are forgotten with the entries that cannot be read", .timeLimit(.minutes(15)))
  func anchorsAndSyntaxErrors() {
    let good = (0..<5_000).map { "    - &a\($0) x\n" }.joined()
    let bad = (0..<5_000).map { "b\($0): &b\($0) a: b\n" }.joined()
    let found = found("values:\n  list:\n\(good)\(bad)serial: *a4999\n")
    #expect(found.contains { $0.code == "L0010" })
    #expect(!found.contains { $0.code == "L0037" })
  }

  @Test("Every comment suppresses the warnings of its line, and no other", .timeLimit(.minutes(15)))
  func suppressions() {
    let lines = (0..<5_000).map { "  k\($0): [no] # latch: allow L0039 because it is text\n" }.joined()
    let files = ProjectFiles(Self.beginning + "values:\n\(lines)  last: [no]\n")
    let examined = examine(files, settings: testSettings)
    #expect(examined.suppressed.count == 5_000)
    #expect(examined.suppressed.map { $0.span?.start ?? 0 } == examined.suppressed.map { $0.span?.start ?? 0 }.sorted())
    #expect(examined.outcome.found.map(\.code) == ["L0039"])
  }

  @Test("Of comments below each other, all are about the line after them", .timeLimit(.minutes(15)))
  func commentsBelowEachOther() {
    let comments = String(repeating: "  # latch: allow L0039 because it is text\n\n", count: 10_000)
    let examined = examine(
      ProjectFiles(Self.beginning + "values:\n\(comments)  k: [no]\n"), settings: testSettings)
    #expect(examined.suppressed.count == 1)
    // All but the first suppress what is suppressed already.
    #expect(examined.outcome.found.count == 9_999)
    #expect(examined.outcome.found.allSatisfy { $0.message.contains("suppresses `L0039` here already") })
  }

  @Test("One rule with very many conditions is checked", .timeLimit(.minutes(15)))
  func manyConditions() {
    let conditions = (0..<3_000).map { "      path\($0): { prefix: /srv }\n" }.joined()
    let rule = "  - id: a\n    effect: deny\n    tool: x\n    when:\n\(conditions)"
    let found = found("upstreams: { u: { command: server } }\nrules:\n\(rule)")
    #expect(found.filter { $0.code == "L3116" }.count == 3_000)
  }

  @Test("Guessing what was meant ends when its steps are spent, and is the same until then")
  func guesses() {
    let known = (0..<50).map { "name-\($0)" }
    var guesses = Guesses(steps: 20_000)
    #expect(guesses.closest(to: "nmae-7", among: known) == closest(to: "nmae-7", among: known))
    #expect(!guesses.isSpent)
    var guessed = 0
    while guesses.closest(to: "nmae-7", among: known) != nil { guessed += 1 }
    #expect(guesses.isSpent)
    #expect((1..<20_000).contains(guessed))
  }

  @Test("Very long names of others are cut in messages")
  func longNames() {
    let id = String(repeating: "ü", count: 1_000)
    let found = found("tests:\n  - name: \(id)\n    cal: 1\n")
    let cut = "test `\(String(repeating: "ü", count: 256))…`"
    #expect(found.contains { $0.message.contains(cut) })
    #expect(found.allSatisfy { !$0.message.contains(id) })
  }

  @Test("Paths lead to every value, whatever is between them")
  func paths() throws {
    let schema = try Schema(
      JSONDocument(
        parsing: Array(
          ##"{"type":["object","array"],"additionalProperties":{"$ref":"#"},"items":{"$ref":"#"}}"##.utf8)))
    let instance = try JSONDocument(parsing: Array(#"{"a":[1,{"b/c":[2,{},3]},4],"d~":5,"e":[],"f":{"g":6}}"#.utf8))
    let failures = schema.failures(of: instance)
    #expect(
      failures.map(\.instancePath) == ["/a/0", "/a/1/b~1c/0", "/a/1/b~1c/2", "/a/2", "/d~0", "/f/g"])
    #expect(failures.allSatisfy { $0.schemaPath == "/type" })
  }

  @Test("Paths that would fill the memory are cut off, and what is left is still refused")
  func roomForPaths() throws {
    var options = SchemaOptions()
    options.limits.pathBytes = 5
    let schema = try Schema(
      JSONDocument(parsing: Array(#"{"additionalProperties":false}"#.utf8)), options: options)
    let instance = try JSONDocument(parsing: Array(#"{"first":1,"second":2}"#.utf8))
    #expect(schema.failures(of: instance).map(\.instancePath) == ["/first"])
  }
}
