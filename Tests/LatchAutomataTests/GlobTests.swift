import LatchAutomata
import LatchTestSupport
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("*.txt", "a.txt", true), ("*.txt", "d/a.txt", false), ("?", "é", true), ("?", "/", false), ("?", "", false),
    ("**", "", true), ("**", "a/b/c", true), ("a/**", "a", true), ("a/**", "a/b/c", true), ("a/**", "ab", false),
    ("**/x", "x", true), ("**/x", "a/b/x", true), ("**/x", "ax", false), ("a/**/b", "a/b", true),
    ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/xb", false), ("/**", "/", true), ("/**", "a", false),
    ("**/.git/**", "/p/.git", true), ("**/.git/**", "/p/.git/config", true), ("**/.git/**", "/p/.gitx", false),
    ("[a-c]", "b", true), ("[!a-c]", "b", false), ("[!a]", "/", false), ("[]]", "]", true), ("[a-]", "-", true),
    ("{a,b/c}", "b/c", true), ("{a,b{c,d}}", "bd", true), ("{a,b{c,d}}", "b", false), ("{a,}x", "x", true),
    ("{a/**,b}/c", "a/c", true), ("{a/**,b}/c", "a/1/2/c", true), ("{a/**,b}/c", "b/c", true),
    ("{a/**,b}/c", "b/1/c", false), ("**{/a,/b}", "x/b", true), ("**{/a,/b}", "b", true),
    (#"\*"#, "*", true), (#"\*"#, "a", false), (#"\{a\}"#, "{a}", true), ("a,b", "a,b", true), ("日*", "日本", true),
  ])
  func aGlobMatchesTheWholeValueBySegments(_ glob: String, _ value: String, _ expected: Bool) throws {
    #expect(try Automaton.glob(glob).accepts(value) == expected)
  }

  @Test(arguments: ["a**", "**a", "***", "{a,b/}**", "[", "[a", "{a", "a}", "{}", "\\", "[z-a]", "[^a]", "[a/]"])
  func whatCannotBeMeantIsASyntaxError(_ glob: String) {
    #expect { try Automaton.glob(glob) } throws: { ($0 as? PatternError)?.kind == .syntax }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func globsMatchAsTheirDefinitionSays(_ seed: UInt64) throws {
    var globs = RandomGlob(seed: seed)
    for _ in 0..<250 {
      let glob = globs.glob()
      let automaton = try? Automaton.glob(glob)
      guard let reference = ReferenceGlob(glob) else {
        #expect(automaton == nil, "`\(glob)` has `**` beside something else")
        continue
      }
      guard let automaton else {
        Issue.record("`\(glob)` is refused")
        continue
      }
      for text in (0..<12).map({ _ in globs.text() }) + [automaton.witness() ?? "x"] where !text.isEmpty || glob.isEmpty
      {
        #expect(automaton.accepts(text) == reference.matches(text), "`\(glob)` on `\(text)`")
      }
    }
  }

  @Test(arguments: [
    ("/SRV/*.TXT", "/srv/A.txt", true), ("/e\u{301}", "/É", true), ("/É*", "/e\u{301}\u{302}x", true),
    ("/J\u{30C}", "/\u{1F0}", true),
    ("[A-Z]", "q", true), ("[!k]", "\u{212A}", false), ("[Σ]", "ς", true), ("ß", "\u{1E9E}", true), ("ß", "ss", false),
    ("İ", "i", false),
    ("/[É]", "/é", true), ("?", "e\u{301}", true), ("\\É", "é", true),
  ])
  func foldedGlobsIgnoreCaseAndComposition(_ glob: String, _ value: String, _ expected: Bool) throws {
    #expect(try Automaton.glob(glob, caseFolded: true).accepts(foldedForComparison(value)) == expected)
  }
}

private struct RandomGlob {
  private var random: RandomRegex

  init(seed: UInt64) { random = RandomRegex(seed: 500 + seed) }

  mutating func glob(depth: Int = 2) -> String {
    let pieces = [
      "a", "b", "é", "/", "/", "/", "*", "?", "**", "**/", "/**", "/**/", "[ab]", "[!a]", "[a-cx]", "\\*", "\\?", ".",
    ]
    return (0..<random.dice.number(0...4)).map { _ in
      guard depth > 0, random.dice.one(in: 6) else { return random.dice.pick(pieces) }
      let choices = (0...random.dice.number(1...2)).map { _ in glob(depth: depth - 1) }
      return "{\(choices.joined(separator: ","))}"
    }.joined()
  }

  mutating func text() -> String {
    random.text(of: ["a", "b", "c", "x", "é", "/", "/", "/", "*", "?", ".", "a/b"], upTo: 6)
  }
}
