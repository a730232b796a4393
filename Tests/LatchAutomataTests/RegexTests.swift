import LatchAutomata
import Testing

@Suite struct RegexTests {
  @Test(arguments: [
    ("a", "xay", true), ("^a$", "a\n", false), ("^a", "ba", false), ("a$", "ab", false), ("^[a-z]{2,4}$", "abc", true),
    ("^[a-z]{2,4}$", "abcde", false), (#"^\d+$"#, "٣", false), (#"^\w+$"#, "é", false), ("^.$", "😀", true),
    (#"\bfoo\b"#, "a foo b", true), (#"\bfoo\b"#, "afoo", false), (#"^(?:a|bc)*$"#, "abcbca", true), ("", "x", true),
    ("x*", "", true), ("(a*)*$", "b", true), (#"^a\Bb$"#, "ab", true), ("^(a+)+$", "aaaa!", false),
  ])
  func bothDialectsAgreeOnTheCommonSyntax(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Automaton.regex(pattern, dialect: .re2).accepts(text) == expected)
    #expect(try Automaton.regex(pattern, dialect: .ecma).accepts(text) == expected)
  }

  @Test(arguments: [
    ("(?i)straSSe", "STRAßE", false), ("(?i)abc", "ABC", true), ("(?m)^b$", "a\nb\nc", true), ("(?s)a.b", "a\nb", true),
    ("a.b", "a\nb", false), (#"\Aa\z"#, "a", true), (#"\Qa.b\E+"#, "a.bb", true), ("[[:alpha:]]", "1", false),
    ("(?i:a)b", "Ab", true), ("(?i:a)b", "AB", false), ("a{,2}", "a{,2}", true), (#"\x{1F600}"#, "😀", true),
    (#"\101"#, "A", true), ("[]a]", "]", true), ("[^a]", "\n", true), ("(?P<n>a)", "a", true),
    (#"^[\w-.]$"#, "-", true), (#"^[\w-.]$"#, ".", true), (#"^[\d-z]$"#, "y", false), (#"\_"#, "_", true),
    ("a{01}", "a{01}", true), ("a{01}", "a", false), ("[[:a]", ":", true), ("^[[:^alpha:]]$", "é", true),
    ("^ab(?i)*$", "abbb", true), (#"^ab\Q\E{2}$"#, "abb", true), (#"\p{Thai}"#, "ก", true), (#"\p{Yi}"#, "ꀀ", true),
    (#"\p{C}"#, "\u{378}", false), (#"\PC"#, "\u{378}", true), ("(?<n>a)(?P<é>b)", "ab", true),
    ("(?:a{10}){100}b", "b", false),
  ])
  func re2HasItsOwnSyntax(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Automaton.regex(pattern, dialect: .re2).accepts(text) == expected)
  }

  @Test(arguments: [
    "(?:a{10}){101}", "a{1001}", "a{2,1}", "a**", "a{2}{3}", "*a", "x|*", "(", ")", "[a", "[b-a]", #"[a-\d]"#,
    "[[:nope:]]",
    "[[:a-z:]]", "(?i-)", "(?x)a", "(?P=n)", "(?>a)", "(?#c)", #"\p{Latn}"#, #"\p{Letter}"#, #"\p{Cn}"#, #"\Z"#, #"\8"#,
    #"\é"#,
    #"\x{110000}"#, #"\x4"#, "(?P<n>a)(?P<n>b)",
  ])
  func whatRE2RefusesIsASyntaxError(_ pattern: String) {
    #expect { try Automaton.regex(pattern, dialect: .re2) } throws: { ($0 as? PatternError)?.kind == .syntax }
  }

  @Test(arguments: [#"(a)\1"#, "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", #"\C"#])
  func backReferencesAndLookAroundAreUnsupported(_ pattern: String) {
    #expect { try Automaton.regex(pattern, dialect: .re2) } throws: { ($0 as? PatternError)?.kind == .unsupported }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func everyErrorPointsIntoItsPattern(_ seed: UInt64) {
    var random = RandomRE2(seed: 600 + seed)
    for _ in 0..<400 {
      let pattern = random.pattern()
      expectPlace(in: pattern) { () throws(PatternError) in try Automaton.regex(pattern, dialect: .re2) }
      expectPlace(in: pattern) { () throws(PatternError) in try Automaton.regex(pattern, dialect: .ecma) }
      expectPlace(in: pattern) { () throws(PatternError) in try Automaton.glob(pattern) }
    }
  }

  private func expectPlace(in pattern: String, _ read: () throws(PatternError) -> Automaton) {
    do {
      _ = try read()
    } catch {
      #expect((0...pattern.utf8.count).contains(error.offset) && !error.message.isEmpty, "`\(pattern)`")
    }
  }

  @Test(arguments: [
    ("^(?=.*[0-9])(?=.*[a-z]).{3,}$", "ab1", true), ("^(?=.*[0-9])(?=.*[a-z]).{3,}$", "abc", false),
    ("^(?!.*bad)[a-z]+$", "good", true), ("^(?!.*bad)[a-z]+$", "xbadx", false), ("a(?=b)", "ac", false),
    ("a(?=b)", "acab", true), ("a(?!b)", "ab", false), ("(?<=a)b", "ab", true), ("(?<=a)b", "cb", false),
    ("(?<!a)b", "ab", false), ("^(?:(?=a)[ab]|(?=c)[cd])+$", "acca", true), ("^(?:(?=a)[ab])+$", "b", false),
    ("^(?=(?!ab)a)..$", "ab", false), ("^(?=(?!ab)a)..$", "ac", true), (#"^\s$"#, "\u{FEFF}", true),
    ("^.$", "\u{2028}", false), (#"^\cA$"#, "\u{1}", true), (#"^\uD83D\uDE00$"#, "😀", true),
    (#"^[\b]$"#, "\u{8}", true),
    ("[^]", "a", true), ("[]", "a", false), (#"^\u{1F600}$"#, "😀", true), (#"[\w-]"#, "-", true),
  ])
  func ecmaHasItsOwnSyntax(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Automaton.regex(pattern, dialect: .ecma).accepts(text) == expected)
  }
}
