import Testing

@testable import LatchAutomata

/// RE2 itself, through its Python module.
@Suite(.enabled(if: Python.has("re2"), "the Python module google-re2 is not installed"))
struct RE2DifferentialTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func whateverRE2ReadsMeansTheSame(_ seed: UInt64) throws {
    var random = RandomRE2(seed: seed)
    let cases = (0..<600).map { _ in
      PatternCase(pattern: random.pattern(), texts: (0..<10).map { _ in random.subject() })
    }
    for (test, verdicts) in zip(cases, try Python.verdicts(of: "re2", on: cases)) { check(test, verdicts) }
  }

  private func check(_ test: PatternCase, _ verdicts: [Bool]?) {
    do throws(PatternError) {
      let automaton = try Automaton.regex(test.pattern, dialect: .re2)
      guard let verdicts else {
        Issue.record("RE2 refuses `\(test.pattern)`")
        return
      }
      for (text, verdict) in zip(test.texts, verdicts) where automaton.accepts(text) != verdict {
        // RE2 sees places between the bytes of a character, at which `\B` holds.
        if test.pattern.contains(#"\B"#), !text.utf8.allSatisfy({ $0 < 0x80 }) { continue }
        Issue.record("`\(test.pattern)` on `\(text)`: RE2 says \(verdict)")
      }
    } catch {
      if verdicts != nil, error.kind == .syntax { Issue.record("RE2 reads `\(test.pattern)`: \(error.message)") }
    }
  }

  /// All characters in one text, as runs of those that have the property.
  private func runs(of names: [String]) throws -> [[[UInt32]]?] {
    try Python.run(
      """
      import re2
      text = ''.join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
      def runs(name):
        try: pattern = re2.compile(r'\\p{%s}+' % name)
        except re2.error: return None
        found = [match.group() for match in pattern.finditer(text)]
        return [[ord(run[0]), ord(run[-1])] for run in found]
      result = [runs(name) for name in data]
      """, input: names)
  }

  @Test func everyCategoryAndScriptHasTheCharactersThatItHasInRE2() throws {
    let names =
      PropertyNames.scriptList.flatMap { $0 } + PropertyNames.categoryAliasList.flatMap { $0 }
      + ["Any", "ASCII", "Assigned", "Alphabetic", "latin"]
    for (name, runs) in zip(names, try runs(of: names)) {
      var parser = RegexParser("\\p{\(name)}", dialect: .re2)
      guard case .scalars(let set) = try? parser.parseAll() else {
        if runs != nil { Issue.record("RE2 knows \(name)") }
        continue
      }
      // RE2's tables may be of a later version: what ours do not know is left out, as are surrogates.
      let known = ScalarSet(binaryProperty: "Assigned")?.intersection(.text) ?? .none
      let theirs = ScalarSet(try #require(runs, "RE2 refuses \(name)").map { $0[0]...$0[1] })
      #expect(set.intersection(known) == theirs.intersection(known), "\(name)")
    }
  }

  @Test func everyCharacterFoldsToTheSameCharactersAsInRE2() throws {
    let table = StaticTable.caseFolding
    let points = (0..<table.count).flatMap { [table.key($0), table.number($0, from: 4, digits: 4)] }
    let letters = Set(points).sorted().compactMap { UInt32(exactly: $0) }
    let alike: [[UInt32]] = try Python.run(
      """
      import re2
      text = ''.join(map(chr, data))
      result = [[ord(c) for c in re2.findall('(?i)' + chr(point), text)] for point in data]
      """, input: letters)
    for (letter, alike) in zip(letters, alike) {
      let closed = ScalarSet(letter).closedUnderFolding
      #expect(letters.filter { closed.contains($0) } == alike, "U+\(String(letter, radix: 16))")
    }
  }
}
