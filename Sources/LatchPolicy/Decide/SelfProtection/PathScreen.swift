/// Tells at a glance that a text names no protected file, which is so for nearly all texts.
///
/// A path at or below a protected one holds that one's last segment as it stands, but for case, unless it is written
/// beyond ASCII or as a `file:` URL. For each such word the search looks for one pair of its bytes, in sixteen places
/// at once, and for the word itself only where the pair stands. Most words have a dot with a letter behind it, which
/// prose has not: for all of these the search looks at once.
struct PathScreen: Sendable {
  /// Two bytes that stand side by side, in the form of `folded`, sixteen times over.
  private struct Pair: Sendable {
    var first: SIMD16<Int8>
    var second: SIMD16<Int8>

    init(_ first: UInt8, _ second: UInt8) {
      self.first = SIMD16<Int8>(repeating: Int8(bitPattern: first))
      self.second = SIMD16<Int8>(repeating: Int8(bitPattern: second))
    }

    func isOf(_ first: UInt8, _ second: UInt8) -> Bool {
      self.first[0] == Int8(bitPattern: first) && self.second[0] == Int8(bitPattern: second)
    }
  }

  /// Small ASCII letters; empty: every text may name a protected file.
  private var words: [[UInt8]] = []
  private var pairs: [Pair] = []
  /// For each pair: the words that it is looked for in the place of, and where in them it stands.
  private var uses: [[(word: Int, offset: Int)]] = []
  /// So many pairs, the first ones, are a dot and a letter.
  private var dottedPairs = 0

  init(_ lastSegments: [[UInt8]]) {
    // A word of one byte holds no pair.
    guard lastSegments.allSatisfy({ $0.count > 1 }) else { return }
    // What is beyond ASCII is suspected anyway.
    let inASCII = lastSegments.filter { $0.allSatisfy { $0 < 0x80 } }
    words = (inASCII + [Array("file:".utf8)]).map { $0.map(lowercased) }
    let dots = words.map(Self.dotBeforeLetter)
    for number in words.indices { if let offset = dots[number] { addPair(of: number, among: [offset]) } }
    dottedPairs = pairs.count
    for number in words.indices where dots[number] == nil {
      addPair(of: number, among: Array(words[number].indices.dropLast()))
    }
  }

  private static func dotBeforeLetter(_ word: [UInt8]) -> Int? {
    word.indices.dropLast().first { word[$0] == UInt8(ascii: ".") && (0x61...0x7A).contains(word[$0 + 1]) }
  }

  /// One that is looked for already, else the rarest, of those at the offsets.
  private mutating func addPair(of number: Int, among offsets: [Int]) {
    let found = offsets.map { (first: folded(words[number][$0]), second: folded(words[number][$0 + 1])) }
    for position in pairs.indices {
      guard let offset = found.firstIndex(where: { pairs[position].isOf($0.first, $0.second) }) else {
        continue
      }
      return uses[position].append((number, offsets[offset]))
    }
    let rarest = found.indices.min { frequency(found[$0]) < frequency(found[$1]) } ?? 0
    pairs.append(Pair(found[rarest].first, found[rarest].second))
    uses.append([(number, offsets[rarest])])
  }
}

extension PathScreen {
  func mayNameAny(_ text: Span<UInt8>) -> Bool {
    if words.isEmpty { return true }
    if text.count < Block.count { return mayNameAny(padded: text) }
    // The last block begins early enough to be whole.
    var start = 0
    while text.count >= FourBlocks.count, start < text.count - 1 {
      if mayNameAny(text, inFourBlocksAt: min(start, text.count - FourBlocks.count)) { return true }
      start += 64
    }
    while start < text.count - 1 {
      let from = min(start, text.count - Block.count)
      if !Block(text, at: from).isASCII || holdsWord(text, at: from) { return true }
      start += 16
    }
    return false
  }

  @inline(__always)
  private func mayNameAny(_ text: Span<UInt8>, inFourBlocksAt start: Int) -> Bool {
    let blocks = FourBlocks(text, at: start)
    if !blocks.areASCII { return true }
    return holdsPair(blocks) && (0..<4).contains { holdsWord(text, at: start + 16 * $0) }
  }

  /// The same of a text that fills no block.
  private func mayNameAny(padded text: Span<UInt8>) -> Bool {
    var block = InlineArray<17, UInt8>(repeating: 0)
    for index in text.indices { block[index] = text[index] }
    return mayNameAny(block.span)
  }

  @inline(__always)
  private func holdsPair(_ blocks: FourBlocks) -> Bool {
    var found = SIMD16<Int8>(repeating: 0)
    let first = blocks.haveDotBeforeLetter ? 0 : dottedPairs
    for index in first..<pairs.count { found |= blocks.places(of: pairs[index].first, pairs[index].second) }
    return !isZero(found)
  }

  /// Whether a word stands in the text of which the pair begins in the block that begins there.
  private func holdsWord(_ text: Span<UInt8>, at start: Int) -> Bool {
    let block = Block(text, at: start)
    for number in pairs.indices {
      let places = block.places(of: pairs[number].first, pairs[number].second)
      if isZero(places) { continue }
      for place in 0..<16 where places[place] != 0 {
        if isOfWord(number, text, at: start + place) { return true }
      }
    }
    return false
  }

  /// Whether a word stands where it has the pair at that place.
  @inline(never)
  private func isOfWord(_ pair: Int, _ text: Span<UInt8>, at place: Int) -> Bool {
    uses[pair].contains { stands(words[$0.word], in: text, at: place - $0.offset) }
  }

  private func stands(_ word: [UInt8], in text: Span<UInt8>, at start: Int) -> Bool {
    guard start >= 0, start + word.count <= text.count else { return false }
    for index in word.indices where word[index] != lowercased(text[start + index]) { return false }
    return true
  }
}

/// Sixteen bytes of a text, each with the one behind it.
///
/// Only operators of two `SIMD16<Int8>` stand here, whose types are written out: all others are a loop over the bytes.
private struct Block {
  static let count = 17

  private let bytes: SIMD16<Int8>
  private let next: SIMD16<Int8>

  /// There are seventeen bytes.
  @inline(__always)
  init(_ text: Span<UInt8>, at start: Int) {
    let raw = unsafe text.bytes
    bytes = unsafe raw.unsafeLoadUnaligned(fromByteOffset: start, as: SIMD16<Int8>.self)
    next = unsafe raw.unsafeLoadUnaligned(fromByteOffset: start + 1, as: SIMD16<Int8>.self)
  }

  @inline(__always)
  var isASCII: Bool { isZero((bytes | next) & SIMD16<Int8>(repeating: -0x80)) }

  /// All bits are set where a dot stands before a letter.
  @inline(__always)
  var dotsBeforeLetters: SIMD16<Int8> {
    let small = next | SIMD16<Int8>(repeating: 0x20)
    let letters = bits(small .> SIMD16<Int8>(repeating: 0x60)) & bits(small .< SIMD16<Int8>(repeating: 0x7B))
    return bits(bytes .== SIMD16<Int8>(repeating: 0x2E)) & letters
  }

  /// All bits are set where the pair stands.
  @inline(__always)
  func places(of first: SIMD16<Int8>, _ second: SIMD16<Int8>) -> SIMD16<Int8> {
    let capital = SIMD16<Int8>(repeating: 0x20)
    return bits((bytes | capital) .== first) & bits((next | capital) .== second)
  }

  @inline(__always)
  private func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD16<Int8> {
    unsafe unsafeBitCast(mask, to: SIMD16<Int8>.self)
  }
}

/// Sixty-four bytes, so that a pair is loaded once for all of them.
private struct FourBlocks {
  static let count = 65

  private let first: Block
  private let second: Block
  private let third: Block
  private let fourth: Block

  /// There are sixty-five bytes.
  @inline(__always)
  init(_ text: Span<UInt8>, at start: Int) {
    first = Block(text, at: start)
    second = Block(text, at: start + 16)
    third = Block(text, at: start + 32)
    fourth = Block(text, at: start + 48)
  }

  @inline(__always)
  var areASCII: Bool { first.isASCII && second.isASCII && third.isASCII && fourth.isASCII }

  @inline(__always)
  var haveDotBeforeLetter: Bool {
    !isZero((first.dotsBeforeLetters | second.dotsBeforeLetters) | (third.dotsBeforeLetters | fourth.dotsBeforeLetters))
  }

  /// Whether the pair stands anywhere; which of the blocks it is in is lost.
  @inline(__always)
  func places(of pairFirst: SIMD16<Int8>, _ pairSecond: SIMD16<Int8>) -> SIMD16<Int8> {
    (first.places(of: pairFirst, pairSecond) | second.places(of: pairFirst, pairSecond))
      | (third.places(of: pairFirst, pairSecond) | fourth.places(of: pairFirst, pairSecond))
  }
}

@inline(__always)
private func isZero(_ bytes: SIMD16<Int8>) -> Bool {
  let halves = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
  return halves[0] | halves[1] == 0
}

/// The same for a capital and its small letter, and now and then for others.
private func folded(_ byte: UInt8) -> UInt8 { byte | 0x20 }

/// How often a pair may be met in texts: roughly, and only to be compared.
private func frequency(_ pair: (first: UInt8, second: UInt8)) -> Int { frequency(pair.first) * frequency(pair.second) }

private func frequency(_ byte: UInt8) -> Int { letters.firstIndex(of: byte).map { $0 + 2 } ?? 1 }

/// The rarest in English first; what is none is rarer. `h` is last because it makes common pairs of rare letters.
private let letters = Array("zqxjkvbpygfwmucldrsnioateh".utf8)
