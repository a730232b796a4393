import LatchAutomata
import Testing

@Suite struct HostilePatternTests {
  @Test(arguments: ["^(a+)+$", "^(a|a)*$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*){50}x", "(x+x+)+y"])
  func nestedRepetitionsStayLinear(_ pattern: String) throws {
    for dialect in [RegexDialect.re2, .ecma] {
      let automaton = try Automaton.regex(pattern, dialect: dialect)
      #expect(!automaton.accepts(String(repeating: "a", count: 10_000) + "!"))
    }
  }

  @Test(arguments: [
    "(a|b)*a(a|b){20}", ".*x.{20}", #"(\p{L}{1,100}){1,100}"#, "((a{1,100}){1,100}){1,100}", #"\p{L}{1000}"#,
  ])
  func whatNeedsTooManyStatesIsRefused(_ pattern: String) {
    #expect { try Automaton.regex(pattern, dialect: .re2, stateLimit: 500) } throws: {
      ($0 as? PatternError)?.kind == .tooManyStates(500)
    }
  }

  @Test func tenThousandAlternativesCompile() throws {
    let words = (0..<10_000).map { "w\($0 % 100)" }.joined(separator: "|")
    #expect(try Automaton.regex("^(?:\(words))$", dialect: .re2).accepts("w42"))
  }

  @Test(arguments: ["(", "(?:", "[", "(?=", "{", "a|(", "*", "[^", "(?i", "[[:"])
  func deepNestingIsAnErrorAndNoCrash(_ piece: String) {
    let text = String(repeating: piece, count: piece.contains("[") ? 10_000 : 100_000)
    #expect(throws: PatternError.self) { try Automaton.regex(text + "a", dialect: .re2) }
    #expect(throws: PatternError.self) { try Automaton.regex(text + "a", dialect: .ecma) }
    #expect(!isValidECMARegex(text + "a"))
  }

  @Test func deepGlobsAreErrorsAndNoCrash() {
    #expect(throws: PatternError.self) { try Automaton.glob(String(repeating: "{", count: 100_000)) }
    #expect(throws: PatternError.self) { try Automaton.glob(String(repeating: "{a,", count: 100_000)) }
    #expect(throws: PatternError.self) { try Automaton.glob(String(repeating: "[", count: 100_000)) }
  }

  @Test func emptyPiecesRepeatedWithoutEndCostNothing() throws {
    #expect(try Automaton.regex("(?:){1000000000}(?:^){1,1000000000}a", dialect: .ecma).accepts("a"))
  }

  @Test(arguments: [
    ("^.{0,65535}$", "é", 65535, 65536), ("^[a-z]{1,2000}$", "a", 2000, 2001), ("^.{3000,}$", "x", 3000, 2999),
    (#"^(?=.*x).{1,5000}$"#, "x", 5000, 5001), ("^[ab]{0,4000}[xa]{10,4000}$", "a", 8000, 8001),
  ])
  func longBoundsAreCountedWithoutStates(_ pattern: String, _ piece: String, _ good: Int, _ bad: Int) throws {
    let matcher = try PatternMatcher(regex: pattern, dialect: .ecma)
    #expect(!matcher.isTable)
    #expect(try matcher.accepts(String(repeating: piece, count: good).utf8))
    #expect(try !matcher.accepts(String(repeating: piece, count: bad).utf8))
  }

  @Test func aCounterKeepsApartWhereItWasEntered() throws {
    let matcher = try PatternMatcher(regex: "x.{1000,1001}y", dialect: .ecma, stateLimit: 100)
    #expect(!matcher.isTable)
    for gap in 995..<1005 {
      let text = "xx" + String(repeating: "-", count: gap) + "y"
      #expect(try matcher.accepts(text.utf8) == (999...1001).contains(gap))
    }
  }

  @Test func aTextThatCostsTooMuchIsAnErrorAndNoWait() throws {
    let matcher = try PatternMatcher(
      regex: "(?:(?:a|b|ab){1,40}c?){1,40}z", dialect: .ecma, stateLimit: 10, workLimit: 1_000_000)
    #expect(!matcher.isTable)
    #expect(throws: PatternError.self) { try matcher.accepts(String(repeating: "ab", count: 400_000).utf8) }
  }
}
