import LatchAutomata
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
}
