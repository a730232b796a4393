/// Finds where in a text something can begin, eight bytes of a register at a time; a text's blocks come in order.
///
/// That is at the first letter of a word (letters, digits and `_`), at a letter right behind an escape, as in JSON within
/// a string (`\n`) or in an address (`%3D`), whose last letter is none of the word's, and at `-`, `~`, `:` and `=`.
struct BeginningMarks {
  // Bits that the block before leaves for the first bytes of this one.
  private var word: UInt64 = 0
  private var backslash: UInt64 = 0
  private var percent: UInt64 = 0

  @inline(__always)
  mutating func next(_ block: TextBlock) -> (lower: Marks, upper: Marks) {
    let words = block.words
    let backslashes = block.equal(to: 0x5C)
    let percents = block.equal(to: 0x25)
    let signs = block.equal(to: 0x2D) | block.equal(to: 0x7E) | block.equal(to: 0x3A) | block.equal(to: 0x3D)
    return (
      marks(words[0], backslashes[0], percents[0], signs[0]), marks(words[1], backslashes[1], percents[1], signs[1])
    )
  }

  @inline(__always)
  private mutating func marks(_ words: UInt64, _ backslashes: UInt64, _ percents: UInt64, _ signs: UInt64) -> Marks {
    let free = ~(words << 8 | word) | backslashes << 16 | backslash | percents << 24 | percent
    word = words >> 56
    backslash = backslashes >> 48
    percent = percents >> 40
    return Marks(words: words & free, signs: signs, free: free)
  }
}

/// What stands out in eight bytes: 0x80 for each of them.
struct Marks {
  private var rest: UInt64
  private let words: UInt64
  private let free: UInt64
  private var bit: UInt64 = 0

  @inline(__always)
  init(words: UInt64, signs: UInt64, free: UInt64) {
    rest = (words | signs) & 0x8080_8080_8080_8080
    self.words = words
    self.free = free
  }

  /// The next place; the others speak of it.
  @inline(__always)
  mutating func next() -> Int? {
    guard rest != 0 else { return nil }
    bit = rest & (0 &- rest)
    rest ^= bit
    return bit.trailingZeroBitCount >> 3
  }

  /// Whether a word begins there; else a sign stands there.
  @inline(__always)
  var isWord: Bool { words & bit != 0 }

  @inline(__always)
  var isFree: Bool { free & bit != 0 }
}

/// Sixteen bytes of a text, or fewer at its end and zeros behind them; what is found in them is all bits of a byte, the
/// first byte in the lowest place.
struct TextBlock {
  private var bytes = SIMD16<UInt8>(repeating: 0)

  /// Given an index within the text.
  @inline(__always)
  init(_ text: Span<UInt8>, at index: Int) {
    if index &+ 16 <= text.count {
      bytes = unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<UInt8>.self)
    } else {
      unsafe text.extracting(index..<text.count).withUnsafeBytes { rest in
        unsafe withUnsafeMutableBytes(of: &bytes) { unsafe $0.copyMemory(from: rest) }
      }
    }
  }

  // Operators of vectors alone: those that join a vector and a number are calls for every byte.

  @inline(__always)
  func equal(to byte: UInt8) -> SIMD2<UInt64> { bits(bytes .== SIMD16<UInt8>(repeating: byte)) }

  /// Letters, digits and `_`.
  @inline(__always)
  var words: SIMD2<UInt64> {
    let small = bytes | SIMD16<UInt8>(repeating: 0x20)
    let letters = bits(small &- SIMD16<UInt8>(repeating: 0x61) .< SIMD16<UInt8>(repeating: 26))
    let digits = bits(bytes &- SIMD16<UInt8>(repeating: 0x30) .< SIMD16<UInt8>(repeating: 10))
    return letters | digits | equal(to: 0x5F)
  }

  @inline(__always)
  private func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD2<UInt64> {
    let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return SIMD2(words[0].littleEndian, words[1].littleEndian)
  }
}
