import LatchAutomata
import Testing

@Suite struct WitnessTests {
  @Test(arguments: [
    ("", ""), ("^a", "a"), ("b+", "b"), ("^(?:[0-9]|[x-z])$", "x"), ("^[0-9!]$", "0"), ("^[!~ ]$", "!"),
    ("^[ -~]{3}$", "aaa"),
    ("^.{2}$", "aa"), (#"^\W$"#, "!"), (#"^\s$"#, " "), ("^[^ -~]$", "\0"), ("^[^\\x00-\\x7f]$", "é"), ("^[é-ü]$", "é"),
    ("(?i)^k$", "k"), ("^(?:\\x{1}ab|1!x)$", "1!x"), ("^(?:ab|日)$", "ab"), ("^\\p{Han}$", "⺩"),
    ("^[\\x{10000}-\\x{10ffff}]$", "𩩩"),
    ("^(?:a{40}|b{30})$", String(repeating: "b", count: 30)), (#"\d{3}-\d{4}"#, "000-0000"), ("^[A-Z]{2}$", "AA"),
  ])
  func theExampleIsAShortOneThatReadsWell(_ pattern: String, _ expected: String) throws {
    #expect(try Automaton.regex(pattern, dialect: .re2).witness() == expected)
  }

  @Test func anEmptyLanguageHasNoExample() throws {
    #expect(Automaton.nothing.witness() == nil)
    #expect(Automaton.text.witness() == "")
    #expect(try Automaton.prefix("a").witness(in: .prefix("b")) == nil)
    #expect(try Automaton.literal("ab").witness(outside: .prefix("a")) == nil)
    #expect(try Automaton.prefix("a").witness(outside: .literal("a")) == "aa")
    #expect(try Automaton.host("*.example.com").witness() == "a.example.com:")
  }

  /// Every text of up to three of these characters is tried: none that is accepted is shorter.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func noTextOfTheLanguageIsShorter(_ seed: UInt64) throws {
    var random = RandomRegex(seed: 300 + seed)
    let letters = ["a", "b", "0", "é", "-"]
    let texts = letters.reduce(into: [""]) { texts, _ in
      if texts.last.map({ $0.unicodeScalars.count < 3 }) ?? false {
        texts += texts.flatMap { text in letters.map { text + $0 } }
      }
    }
    for _ in 0..<40 {
      let automaton = try Automaton.regex("^(?:\(random.common(depth: 1)))$", dialect: .re2)
      guard let witness = automaton.witness() else {
        #expect(automaton.isEmpty)
        continue
      }
      #expect(automaton.accepts(witness))
      #expect(!texts.contains { $0.utf8.count < witness.utf8.count && automaton.accepts($0) })
    }
  }
}
