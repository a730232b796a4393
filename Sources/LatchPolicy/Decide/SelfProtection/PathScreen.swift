/// Tells at a glance that a text names no protected file, which is so for nearly all texts.
///
/// A path at or below a protected one holds that one's last segment as it stands, but for case, unless it is written
/// beyond ASCII or as a `file:` URL. The search looks at a pair of bytes every few bytes only (Wu and Manber's, which
/// is Horspool's for several words).
struct PathScreen: Sendable {
  /// Small ASCII letters; empty: every text may name a protected file.
  private var words: [[UInt8]] = []
  /// As many bytes as the shortest word has.
  private var window = 0
  /// How far the search may go on where a pair stands at the end of the window.
  private var shifts: [UInt8] = []

  init(_ lastSegments: [[UInt8]]) {
    // A word of one byte holds no pair.
    guard lastSegments.allSatisfy({ $0.count > 1 && $0.allSatisfy { $0 < 0x80 } }) else { return }
    words = (lastSegments + [Array("file:".utf8)]).map { $0.map(lowercased) }
    window = min(words.map(\.count).min() ?? 0, 255)
    shifts = [UInt8](repeating: UInt8(window - 1), count: 1024)
    for word in words {
      for position in 1..<window {
        let pair = Self.number(word[position - 1], word[position])
        shifts[pair] = min(shifts[pair], UInt8(window - 1 - position))
      }
    }
  }

  func mayNameAny(_ text: Span<UInt8>) -> Bool {
    if words.isEmpty { return true }
    var seen: UInt8 = 0
    for index in text.indices { seen |= text[index] }
    return seen >= 0x80 || holdsWord(text)
  }

  private func holdsWord(_ text: Span<UInt8>) -> Bool {
    var end = window - 1
    while end < text.count {
      let shift = Int(shifts[Self.number(text[end - 1], text[end])])
      if shift == 0, words.contains(where: { stands($0, in: text, at: end + 1 - window) }) { return true }
      end += max(1, shift)
    }
    return false
  }

  /// Ten bits of a pair, the same for capital and small letters: a pair that shares them with one in a word is looked
  /// at more closely.
  private static func number(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first & 0x1F) << 5 | Int(second & 0x1F)
  }

  private func stands(_ word: [UInt8], in text: Span<UInt8>, at start: Int) -> Bool {
    guard start + word.count <= text.count else { return false }
    for index in word.indices where word[index] != lowercased(text[start + index]) { return false }
    return true
  }
}
