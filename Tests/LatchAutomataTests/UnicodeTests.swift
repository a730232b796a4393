import Testing

@testable import LatchAutomata

@Suite struct UnicodeTests {
  @Test(.enabled(if: Python.has("bz2"), "python3 is not there"))
  func composedTextIsAsTheUnicodeConsortiumTestsIt() throws {
    let lines: [[String]] = try Python.run(
      """
      import bz2, glob
      for name in glob.glob('/usr/share/unicode/NormalizationTest.txt.bz2'):
        for line in bz2.open(name, 'rt', encoding='utf-8'):
          fields = line.split('#')[0].split(';')
          if len(fields) > 4: result.append([''.join(chr(int(p, 16)) for p in f.split()) for f in fields[:5]])
      """, input: [0])
    withKnownIssue("the Unicode test data are not installed", isIntermittent: true) { #expect(!lines.isEmpty) }
    for line in lines {
      let scalars = line.map { Array($0.unicodeScalars) }
      for index in 0..<3 { try #require(Normalisation.nfc(scalars[index]) == scalars[1], "\(line[index])") }
      for index in 3..<5 { try #require(Normalisation.nfc(scalars[index]) == scalars[3], "\(line[index])") }
    }
  }

  @Test(.enabled(if: Python.has("unicodedata"), "python3 is not there"))
  func tablesAgreeWithPythonWhereItKnowsTheCharacter() throws {
    let known: [[String]] = try Python.run(
      """
      import unicodedata as u
      result = [[chr(c), u.category(chr(c)), u.normalize('NFC', chr(c))] for c in range(0x110000)
                if u.category(chr(c)) not in ('Cn', 'Cs', 'Co') and not 0x3400 < c < 0xd7a0 and not 0x17000 < c < 0x18d00
                and not 0x20000 < c < 0x2f800 and c < 0x30000]
      """, input: [0])
    #expect(known.count > 20_000)
    for row in known {
      let scalar = try #require(row[0].unicodeScalars.first)
      try #require(UnicodeTables.generalCategory(of: scalar.value) == row[1], "U+\(String(scalar.value, radix: 16))")
      try #require(Normalisation.nfc([scalar]) == Array(row[2].unicodeScalars))
    }
  }

  @Test(arguments: [
    ("Path", "path"), ("É", "e\u{301}"), ("ſ", "S"), ("\u{212A}", "k"), ("ΣΑΣ", "σας"), ("\u{1E9E}", "ß"), ("Ǆ", "ǆ"),
  ])
  func textsThatDifferInCaseOrCompositionAreFoldedAlike(_ one: String, _ other: String) {
    let folded = foldedForComparison(one.utf8)
    #expect(folded == foldedForComparison(other.utf8))
    #expect(foldedForComparison(folded) == folded)
  }

  @Test func foldingIsDoneOnceForAll() {
    let folding = StaticTable.caseFolding
    let decompositions = StaticTable.decompositions
    let points =
      (0..<folding.count).map(folding.key) + (0..<folding.count).map { folding.number($0, from: 4, digits: 4) }
      + (0..<decompositions.count).map(decompositions.key)
    for point in points {
      guard let scalar = Unicode.Scalar(UInt32(point)) else { continue }
      let folded = foldedForComparison(UTF8.encode(scalar).map(Array.init) ?? [])
      if foldedForComparison(folded) != folded { Issue.record("U+\(String(point, radix: 16))") }
    }
  }

  @Test func everyCharacterHasAScriptWithAName() {
    #expect(UnicodeTables.script(of: 0xE01) == "Thai")
    #expect(UnicodeTables.script(of: 0x61) == "Latin")
    for point in stride(from: UInt32(0), to: 0x110000, by: 64) { #expect(!UnicodeTables.script(of: point).isEmpty) }
  }

  @Test(arguments: [
    (#"^\p{Letter}+$"#, "aé日"), (#"^\p{Lu}$"#, "É"), (#"^\p{L}$"#, "ß"), (#"^\P{L}$"#, "1"), (#"^\p{gc=Nd}$"#, "٣"),
    (#"^\p{Script=Greek}$"#, "σ"), (#"^\p{sc=Grek}$"#, "σ"), (#"^\p{scx=Deva}$"#, "\u{964}"), (#"^\p{Emoji}$"#, "😀"),
    (#"^\p{ASCII}$"#, "a"), (#"^\p{Alphabetic}$"#, "ª"), (#"^[\p{Lu}\p{Nd}_]+$"#, "A9_"), (#"^\p{punct}$"#, "!"),
    (#"^\p{White_Space}$"#, "\u{85}"), (#"^\p{XIDS}$"#, "x"), (#"^\p{Any}$"#, "\u{10FFFF}"), (#"^\p{LC}$"#, "ǅ"),
  ])
  func charactersHaveTheirProperties(_ pattern: String, _ text: String) throws {
    #expect(try Automaton.regex(pattern, dialect: .ecma).accepts(text))
  }

  @Test(arguments: [#"\p{Lx}"#, #"\p{letter}"#, #"\p{Script}"#, #"\pL"#, #"\p{}"#, #"\p{sc=greek}"#, #"\p{IsGreek}"#])
  func unknownPropertiesAreSyntaxErrors(_ pattern: String) {
    #expect(!isValidECMARegex(pattern))
  }
}
