/// Finds what words of up to sixteen letters stand for, each given as one number, in a few steps: there are many times
/// more places than words.
struct WordTable<Value: Sendable>: Sendable {
  private var words = [UInt128](repeating: 0, count: 1 << bits)
  private var values = [Value?](repeating: nil, count: 1 << bits)
  private static var bits: Int { 10 }

  subscript(word: UInt128) -> Value? {
    get {
      let place = place(of: word)
      return words[place] == word ? values[place] : nil
    }
    set {
      let place = place(of: word)
      words[place] = word
      values[place] = newValue
    }
  }

  /// Where the word stands, or would.
  private func place(of word: UInt128) -> Int {
    let mixed = UInt64(truncatingIfNeeded: word) ^ UInt64(truncatingIfNeeded: word >> 64) &* 0xD6E8_FEB8_6659_FD93
    var place = Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - Self.bits))
    while words[place] != 0, words[place] != word { place = (place + 1) & (1 << Self.bits - 1) }
    return place
  }
}
