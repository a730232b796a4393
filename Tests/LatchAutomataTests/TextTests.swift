import LatchAutomata
import LatchTestSupport
import Testing

@Suite struct TextTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func prefixSuffixAndContainsAreThoseOfBytes(_ seed: UInt64) throws {
    var random = RandomRegex(seed: seed)
    let pieces = ["a", "b", "ab", "aa", "é", "è", "e\u{301}", "😀", "😁", "/"]
    for _ in 0..<60 {
      let part = random.text(of: pieces, upTo: 4)
      let (prefix, suffix) = (try Automaton.prefix(part), try Automaton.suffix(part))
      let (contains, literal) = (try Automaton.contains(part), try Automaton.literal(part))
      for _ in 0..<30 {
        let text = random.text(of: pieces + [part], upTo: 6)
        let (bytes, wanted) = (Array(text.utf8), Array(part.utf8))
        #expect(prefix.accepts(text) == bytes.starts(with: wanted))
        #expect(suffix.accepts(text) == bytes.reversed().starts(with: wanted.reversed()))
        #expect(literal.accepts(text) == (bytes == wanted))
        let found = bytes.indices.contains { bytes[$0...].starts(with: wanted) }
        #expect(contains.accepts(text) == (found || wanted.isEmpty), "`\(part)` in `\(text)`")
      }
    }
  }

  @Test func literalsAreTheGivenTextsAlone() throws {
    let words = ["", "a", "ab", "b", "tap", "top", "taps", "tops", "é", "e\u{301}", "日本"]
    let automaton = try Automaton.literals(words.shuffled() + words)
    for word in words { #expect(automaton.accepts(word)) }
    for other in ["t", "ta", "to", "tapss", "topsy", "bb", "e", "日", "\u{301}"] { #expect(!automaton.accepts(other)) }
    #expect(try automaton == Automaton.union(of: words.map { try Automaton.literal($0) }))
  }

  @Test func tenThousandWordsCompile() throws {
    let words = (0..<10_000).map { "word-\($0 &* 7919 % 10_007)" }
    let automaton = try Automaton.literals(words)
    #expect(words.allSatisfy { automaton.accepts($0) })
    #expect(!automaton.accepts("word-") && !automaton.accepts("word-10008") && !automaton.accepts("word-00"))
  }

  @Test(arguments: [
    ("/srv", "/srv", true), ("/srv", "/srv/", true), ("/srv", "/srv/a/b", true), ("/srv", "/srvx", false),
    ("/srv", "/", false), ("/srv", "/srx/a", false), ("/srv", "", false), ("/srv", "a/srv", false),
    ("/srv/", "/srv", true),
    ("/srv/", "/srv/a", true), ("/", "/", true), ("/", "/a", true), ("/", "", false), ("/", "a", false), ("", "", true),
    ("", "/", true), ("", "/a/b", true), ("", "a", false), ("/a.b", "/axb", false), ("/é", "/e\u{301}", false),
  ])
  func aPathHoldsItselfAndWhatLiesBelow(_ path: String, _ text: String, _ expected: Bool) throws {
    #expect(try Automaton.within(path).accepts(text) == expected)
  }

  @Test(arguments: [
    ("/Srv/É", "/sRV/E\u{301}/x", true), ("/J\u{30C}", "/\u{1F0}", true), ("/STRASSE", "/straße", false),
    ("/\u{212A}", "/k", true), ("/ΣΑΣ", "/σας", true), ("/İ", "/i", false), ("/ı", "/I", false),
    ("/SRV/", "/srv", true),
  ])
  func foldedPathsIgnoreCaseAndComposition(_ path: String, _ text: String, _ expected: Bool) throws {
    let folded = foldedForComparison(text)
    #expect(try Automaton.within(path, caseFolded: true).accepts(folded) == expected)
    #expect(try Automaton.glob(path + "/**", caseFolded: true).accepts(folded) == (expected && !path.hasSuffix("/")))
  }

  @Test func capitalsAreMadeSmallWhileAllIsASCII() throws {
    let automaton = try Automaton.within("/Srv/[@`{", caseFolded: true)
    let accepts = { (text: String) in automaton.accepts(loweringASCII: Array(text.utf8).span) }
    #expect(accepts("/sRV/[@`{/Z") == true)
    #expect(accepts("/srv/{@`{") == false)
    #expect(accepts("/srv/[@`{/é") == nil)
    #expect(accepts("") == false)
  }
}
