/// Tells at a glance that a text names no protected file, which is so for nearly all texts.
///
/// A path at or below a protected one holds that one's last segment as it stands, but for case, unless it is written
/// beyond ASCII or as a `file:` URL. The search looks at every few bytes only (Horspool's, for several words).
struct PathScreen: Sendable {
  /// Small ASCII letters; empty: every text may name a protected file.
  private var words: [[UInt8]] = []
  private var shortest = 0
  /// How far the search may go on where this byte stands at the end of the window.
  private var shifts: [UInt8] = []

  init(_ lastSegments: [[UInt8]]) {
    guard lastSegments.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 < 0x80 } }) else { return }
    words = (lastSegments + [Array("file:".utf8)]).map { $0.map(lowercased) }
    shortest = min(words.map(\.count).min() ?? 0, 255)
    shifts = [UInt8](repeating: UInt8(shortest), count: 256)
    for word in words {
      for (position, byte) in word.prefix(shortest).enumerated() {
        let shift = UInt8(shortest - 1 - position)
        shifts[Int(byte)] = min(shifts[Int(byte)], shift)
        let capital = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte & ~0x20 : byte
        shifts[Int(capital)] = min(shifts[Int(capital)], shift)
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
    var end = shortest - 1
    while end < text.count {
      let shift = Int(shifts[Int(text[end])])
      if shift == 0, words.contains(where: { stands($0, in: text, at: end + 1 - shortest) }) { return true }
      end += max(1, shift)
    }
    return false
  }

  private func stands(_ word: [UInt8], in text: Span<UInt8>, at start: Int) -> Bool {
    guard start + word.count <= text.count else { return false }
    for index in word.indices where word[index] != lowercased(text[start + index]) { return false }
    return true
  }
}
