import LatchAutomata
import LatchTestSupport

/// Automata of all kinds, small enough that any two can be joined.
struct RandomLanguage {
  private var random: RandomRegex

  init(seed: UInt64) { random = RandomRegex(seed: seed) }

  mutating func next() -> Automaton {
    for _ in 0..<100 {
      if let automaton = try? candidate(), automaton.accepting.count < 300 { return automaton }
    }
    return .text
  }

  private mutating func candidate() throws(PatternError) -> Automaton {
    switch random.dice.number(0...9) {
    case 0: try .prefix(text())
    case 1: try .suffix(text())
    case 2: try .contains(text())
    case 3: try .literals((0..<random.dice.number(0...6)).map { _ in text() })
    case 4: try .within("/" + text())
    case 5: try .host(random.dice.pick(["a.b", "*.a.b", "b:80", "*.b:80", "a.b.", "c"]))
    case 6: try .glob(random.dice.pick(["*", "**", "a*", "**/b", "[!a]?", "{a,b/**}", "/**/c*"]))
    case 7: try .regex("^(?:\(random.common(depth: 1)))$", dialect: .re2)
    default: try .regex(random.common(depth: 1), dialect: .re2)
    }
  }

  mutating func text() -> String {
    random.text(of: ["a", "b", "c", "/", ".", "é", "😀", "ab", "0", ":", " "], upTo: 4)
  }
}
