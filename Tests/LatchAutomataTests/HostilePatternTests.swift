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
    "(a|b)*a(a|b){20}", ".*x.{20}", #"(\p{L}{1,100}){1,100}"#, "^((a{1,100}){1,100}){1,100}$", #"\p{L}{1000}"#,
  ])
  func whatNeedsTooManyStatesIsRefused(_ pattern: String) {
    #expect { try Automaton.regex(pattern, dialect: .ecma, stateLimit: 500) } throws: {
      ($0 as? PatternError)?.kind == .tooManyStates(500)
    }
  }

  @Test func tenThousandAlternativesCompile() throws {
    let words = (0..<10_000).map { "w\($0 % 100)" }.joined(separator: "|")
    #expect(try Automaton.regex("^(?:\(words))$", dialect: .re2).accepts("w42"))
    let others = (0..<10_000).map { "w\($0)" }
    let automaton = try Automaton.regex("\\b(?:\(others.joined(separator: "|")))\\b", dialect: .re2)
    #expect(automaton.accepts("- w4242 -") && !automaton.accepts("w10000") && !automaton.accepts("xw1"))
  }

  @Test(arguments: [
    String(repeating: "a", count: 100_000), String(repeating: "a?", count: 50_000),
    String(repeating: "[a-z]", count: 20_000),
    String(repeating: #"\pL"#, count: 33_000),
    "a{1000}{1000}", "(?:a{1000}){1000}",
    "(?:(?:a{10}){10}){11}",
    "(?:a{1000}b?){1000}", "^" + String(repeating: "(?:a|b{1,1000})", count: 6000) + "$",
  ])
  func longPatternsCompileOrAreRefusedSoon(_ pattern: String) {
    #expect(throws: PatternError.self) { try Automaton.regex(pattern, dialect: .re2, stateLimit: 300) }
  }

  @Test func longPatternsThatAreSmallAutomataCompile() throws {
    #expect(try Automaton.regex("^" + String(repeating: "(a*)*", count: 20_000) + "$", dialect: .re2).accepts("aaa"))
    let nested = String(repeating: "(", count: 200) + "a" + String(repeating: ")*", count: 200)
    #expect(try Automaton.regex("^\(nested)$", dialect: .re2) == Automaton.regex("^a*$", dialect: .re2))
  }

  @Test func sixteenMebibytesAreReadOnce() throws {
    let text = Array(repeating: UInt8(ascii: "a"), count: 16 << 20)
    #expect(try Automaton.regex("(a+)+$", dialect: .re2).accepts(text))
    #expect(try Automaton.regex("(a|aa)*B|(.*){50}x", dialect: .re2).accepts(loweringASCII: text.span) == false)
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
