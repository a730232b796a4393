import LatchAutomata

/// A segment of a protected path after NFC and case folding, to be held against segments as they are written.
///
/// Folding megabytes takes seconds, and whoever sends them chooses what is in them. But nearly all protected names are
/// ASCII, and hardly anything beyond ASCII folds to that: most segments differ at the last letter.
struct FoldedSegment: Hashable, Sendable {
  let bytes: [UInt8]

  init(folded bytes: [UInt8]) { self.bytes = bytes }

  /// The text is folded.
  init(_ text: String) { bytes = Array(text.utf8) }

  /// Whether what stands there folds to this.
  func equals(_ text: Span<UInt8>, _ place: Range<Int>) -> Bool { Self.isFolded(text, place, to: bytes.span) }

  /// Whether what stands there folds to the segment.
  static func isFolded(_ text: Span<UInt8>, _ place: Range<Int>, to folded: Span<UInt8>) -> Bool {
    var end = place.upperBound
    var count = folded.count
    // From the end on, each letter of ASCII stands for itself: what is composed with it would stand behind it.
    while count > 0, folded[count - 1] < 0x80 {
      guard let start = start(of: folded[count - 1], endingAt: end, in: text, after: place.lowerBound) else {
        return false
      }
      end = start
      count -= 1
    }
    if count == 0 { return end == place.lowerBound }
    // Four characters of four bytes may be composed to one; nothing is left out.
    guard place.lowerBound < end, end - place.lowerBound <= 16 * count else { return false }
    let rest = foldedForComparison((place.lowerBound..<end).map { text[$0] })
    return areEqual(rest.span, folded.extracting(first: count))
  }

  /// Which bytes the last one of a text may be that folds to this.
  var lastBytes: [UInt8] {
    guard let last = bytes.last else { return [] }
    if last >= 0x80 { return Array(0x80...0xFF) }
    let capital = last >= UInt8(ascii: "a") && last <= UInt8(ascii: "z") ? [last & ~0x20] : []
    return [last] + capital + Self.twins.filter { $0.letter == last }.compactMap(\.bytes.last)
  }

  /// Folding may make of one byte what it likes, but leaves none of the letters out that stand at the end.
  var fewestBytes: Int { bytes.reversed().prefix { $0 < 0x80 }.count }

  /// All that folds to a letter of ASCII from beyond it.
  static let twins: [(letter: UInt8, bytes: [UInt8])] = [
    (UInt8(ascii: "k"), Array("\u{212A}".utf8)), (UInt8(ascii: "s"), Array("\u{17F}".utf8)),
    (UInt8(ascii: ";"), Array("\u{37E}".utf8)), (UInt8(ascii: "`"), Array("\u{1FEF}".utf8)),
  ]

  /// Where the character starts that folds to the letter and ends there; nil if another one ends there.
  @inline(__always)
  private static func start(of letter: UInt8, endingAt end: Int, in text: Span<UInt8>, after start: Int) -> Int? {
    guard start < end else { return nil }
    let last = text[end - 1]
    if last < 0x80 { return lowercased(last) == letter ? end - 1 : nil }
    return startOfTwin(of: letter, endingAt: end, in: text, after: start)
  }

  private static func startOfTwin(
    of letter: UInt8, endingAt end: Int, in text: Span<UInt8>, after start: Int
  ) -> Int? {
    for twin in twins where twin.letter == letter && twin.bytes.count <= end - start {
      let first = end - twin.bytes.count
      if twin.bytes.indices.allSatisfy({ text[first + $0] == twin.bytes[$0] }) { return first }
    }
    return nil
  }
}
