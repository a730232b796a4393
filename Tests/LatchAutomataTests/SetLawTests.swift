import LatchAutomata
import Testing

/// Languages are sets: what holds for sets holds for automata, and equal languages are equal values.
@Suite struct SetLawTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func theLawsOfSetsHold(_ seed: UInt64) throws {
    var languages = RandomLanguage(seed: seed)
    for _ in 0..<8 {
      let (a, b, c) = (languages.next(), languages.next(), languages.next())
      let (notA, notB) = (try a.complement(), try b.complement())
      #expect(try notA.complement() == a)
      #expect(try a.union(b).complement() == notA.intersection(notB))
      #expect(try a.intersection(b).complement() == notA.union(notB))
      #expect(try a.subtracting(b) == a.intersection(notB))
      #expect(try a.subtracting(b).union(a.intersection(b)) == a)
      #expect(try a.union(b) == b.union(a))
      #expect(try a.intersection(b) == b.intersection(a))
      #expect(try a.intersection(b.union(c)) == a.intersection(b).union(a.intersection(c)))
      #expect(try Automaton.union(of: [a, b, c]) == a.union(b.union(c)))
      #expect(try Automaton.intersection(of: [a, b, c]) == a.intersection(b.intersection(c)))
      #expect(try a.union(notA) == .text)
      #expect(try a.intersection(notA) == .nothing)
      #expect(try a.union(.nothing) == a)
      #expect(try a.intersection(.text) == a)
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func questionsAgreeWithTheSetsThatTheyAreAbout(_ seed: UInt64) throws {
    var languages = RandomLanguage(seed: 100 + seed)
    for _ in 0..<20 {
      let a = languages.next()
      let b = seed % 2 == 0 ? languages.next() : try languages.next().intersection(a)
      let (both, difference) = (try a.intersection(b), try a.subtracting(b))
      #expect(try a.isSubset(of: b) == difference.isEmpty)
      #expect(try b.isSubset(of: a) == b.subtracting(a).isEmpty)
      #expect(try a.isDisjoint(with: b) == both.isEmpty)
      #expect(try a.isEquivalent(to: b) == (a == b))
      #expect(try both.isSubset(of: a))
      #expect(try a.isSubset(of: a.union(b)))
      #expect(try a.witness(outside: b) == difference.witness())
      #expect(try a.witness(in: b) == both.witness())
      #expect(difference.witness().map { a.accepts($0) && !b.accepts($0) } ?? difference.isEmpty)
      #expect(both.witness().map { a.accepts($0) && b.accepts($0) } ?? both.isEmpty)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func joinedAutomataAcceptWhatTheirPartsDo(_ seed: UInt64) throws {
    var languages = RandomLanguage(seed: 200 + seed)
    for _ in 0..<25 {
      let (a, b) = (languages.next(), languages.next())
      let (union, both) = (try a.union(b), try a.intersection(b))
      let (difference, notA) = (try a.subtracting(b), try a.complement())
      for _ in 0..<20 {
        let text = languages.text()
        let (inA, inB) = (a.accepts(text), b.accepts(text))
        #expect(union.accepts(text) == (inA || inB))
        #expect(both.accepts(text) == (inA && inB))
        #expect(difference.accepts(text) == (inA && !inB))
        #expect(notA.accepts(text) == !inA)
      }
    }
  }

  @Test func nothingJoinedIsTheNeutralLanguage() throws {
    #expect(try Automaton.union(of: []) == .nothing)
    #expect(try Automaton.intersection(of: []) == .text)
    #expect(Automaton.nothing.isEmpty)
    #expect(Automaton.text.isUniversal)
    #expect(try Automaton.nothing.complement() == .text)
  }

  @Test func aLanguageWrittenInTwoWaysIsOneValue() throws {
    let spellings: [[Automaton]] = [
      [try .prefix("ab"), try .regex("^ab", dialect: .re2), try .regex("^(?=a)ab", dialect: .ecma)],
      [try .suffix("aba"), try .regex(#"aba\z"#, dialect: .re2), try .regex("(?:aba|cabaaba)$", dialect: .ecma)],
      [
        try .contains("a/b"), try .regex("a/b", dialect: .re2),
        try .regex("^.*a/b(?:a/b)*", dialect: .re2).union(.contains("a/b")),
      ],
      [try .literal("é"), try .regex("^é$", dialect: .ecma), try .glob("é"), try .literals(["é", "é"])],
      [try .within("/a"), try .glob("/a/**"), try .regex("^/a(/|$)", dialect: .re2), try .within("/a/")],
      [.text, try .regex("", dialect: .re2), try .prefix(""), try .suffix(""), try .contains(""), try .glob("**")],
      [.nothing, try .literals([]), try .regex("[]", dialect: .ecma), try .regex(#"\b\B"#, dialect: .re2)],
    ]
    for group in spellings { #expect(group.allSatisfy { $0 == group[0] }) }
  }

  @Test func whatWouldBeTooLargeIsRefused() throws {
    let one = try Automaton.regex("^(a|b)*a(a|b){6}c", dialect: .re2)
    let other = try Automaton.regex("^(a|b)*b(a|b){6}d", dialect: .re2)
    let long = String(repeating: "a", count: 200)
    let refused = { (error: any Error) in (error as? PatternError)?.kind == .tooManyStates(100) }
    #expect(performing: { try one.union(other, stateLimit: 100) }, throws: refused)
    #expect(performing: { try one.subtracting(other, stateLimit: 100) }, throws: refused)
    #expect(performing: { try Automaton.union(of: [one, other, one], stateLimit: 100) }, throws: refused)
    #expect(performing: { try Automaton.literals((0..<1000).map { "\($0 * 7919)" }, stateLimit: 100) }, throws: refused)
    let makers: [(String, Int) throws -> Automaton] = [Automaton.prefix, Automaton.suffix, Automaton.contains]
    for make in makers {
      #expect(performing: { try make(long, 100) }, throws: refused)
    }
    #expect(performing: { try Automaton.within(long, stateLimit: 100) }, throws: refused)
    #expect(
      performing: { try Automaton.host("a" + String(repeating: ".b", count: 120), stateLimit: 100) }, throws: refused)
  }
}
