import LatchAutomata
import LatchTestSupport
import Testing

@testable import LatchPolicy

/// Names of protected files are held against texts without folding these: nothing may be lost by that.
@Suite struct FoldedSegmentTests {
  @Test func whatFoldsToASCIIIsKnown() {
    // Above are no letters. Whatever ends with a letter of ASCII once it is folded is that letter.
    let scalars = (UInt32(0x80)...0x323FF).compactMap(Unicode.Scalar.init).map { Array(String($0).utf8) }
    let twins = scalars.filter { foldedForComparison($0).last.map { $0 < 0x80 } ?? true }
    let known = FoldedSegment.twins.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    #expect(twins == known.map(\.bytes))
    #expect(twins.map { foldedForComparison($0) } == known.map { [$0.letter] })
  }

  @Test func aSegmentIsEqualIfItFoldsToTheSame() {
    let letters = [
      "l", "K", "k", "s", ";", "`", ".", "E", "e", "\u{E9}", "\u{301}", "\u{323}", "\u{212A}", "\u{17F}", "\u{37E}",
      "\u{1FEF}", "\u{345}", "\u{3B1}", "\u{1F71}", "\u{AC00}", "\u{1100}", "\u{1161}", "\u{1D160}", "<", "\u{338}",
    ]
    var dice = Dice(seed: 5)
    var equal = 0
    for _ in 0..<20_000 {
      var text = Array(dice.many(1...3) { $0.pick(letters) }.joined().utf8)
      if dice.one(in: 20) { text[0] = 0xC3 }
      let other = dice.many(1...3) { $0.pick(letters) }.joined()
      let name = foldedForComparison(dice.one(in: 3) ? text : Array(other.utf8))
      let segment = FoldedSegment(folded: name)
      let isEqual = foldedForComparison(text) == name
      if isEqual { equal += 1 }
      let padded = [0x2F] + text + [0x2F]
      #expect(segment.equals(padded.span, 1..<text.count + 1) == isEqual, "\(text) and \(name)")
      if isEqual {
        #expect(segment.fewestBytes <= text.count)
        #expect(text.last.map { segment.lastBytes.contains($0) } == true)
      }
    }
    #expect(equal > 6000)
  }
}
