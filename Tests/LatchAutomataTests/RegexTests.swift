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
  ])
  func re2HasItsOwnSyntax(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Automaton.regex(pattern, dialect: .re2).accepts(text) == expected)
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
