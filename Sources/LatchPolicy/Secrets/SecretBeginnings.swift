/// All that a word can be the beginning of, told by its first letters.
struct SecretBeginnings: Sendable {
  /// The first four bytes of a shape, or fewer.
  private struct Head: Sendable {
    var letters: UInt32
    var mask: UInt32
  }

  /// Shapes that begin with the same byte stand together, in the order that they were given in.
  private let shapes: [TokenShape]
  private let heads: [Head]
  /// Where the shapes begin that begin with a byte or one after it.
  private let starts: [Int]
  /// Whether something begins with two bytes, a bit for each pair: in ordinary text that settles it.
  private let pairs: [UInt64]

  static let all = SecretBeginnings(TokenShape.all)

  private init(_ shapes: [TokenShape]) {
    var sorted: [TokenShape] = []
    var starts: [Int] = []
    for byte in UInt8.min...UInt8.max {
      starts.append(sorted.count)
      sorted += shapes.filter { $0.beginning.first == byte }
    }
    self.starts = starts + [sorted.count]
    self.shapes = sorted
    heads = sorted.map { shape in
      shape.beginning.prefix(4).enumerated().reduce(Head(letters: 0, mask: 0)) { head, letter in
        let shift = UInt32(letter.offset * 8)
        return Head(letters: head.letters | UInt32(letter.element) << shift, mask: head.mask | 0xFF << shift)
      }
    }
    pairs = Self.pairs(shapes)
  }

  private static func pairs(_ shapes: [TokenShape]) -> [UInt64] {
    var pairs = [UInt64](repeating: 0, count: 1024)
    func add(_ first: UInt8, _ second: UInt8) {
      pairs[Self.pair(first, second) >> 6] |= 1 << UInt64(Self.pair(first, second) & 63)
    }
    for shape in shapes { add(shape.beginning[0], shape.beginning[1]) }
    for (first, second) in SecretScan.structuresBegin + SecretScan.schemesBegin { add(first, second) }
    return pairs
  }

  @inline(__always)
  func hasSome(at start: Int, in text: Span<UInt8>) -> Bool {
    guard start &+ 1 < text.count else { return false }
    let pair = Self.pair(text[start], text[start &+ 1])
    return pairs[pair >> 6] >> UInt64(truncatingIfNeeded: pair & 63) & 1 == 1
  }

  /// The first shape of which a token begins at `start`.
  func shape(at start: Int, in text: Span<UInt8>, sparingPlaceholders: Bool) -> TokenShape? {
    // No token is shorter.
    guard start &+ 4 <= text.count else { return nil }
    let word = unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt32.self).littleEndian
    let first = Int(text[start])
    for index in starts[first]..<starts[first + 1] where word & heads[index].mask == heads[index].letters {
      if shapes[index].begins(at: start, in: text, sparingPlaceholders: sparingPlaceholders) { return shapes[index] }
    }
    return nil
  }

  @inline(__always)
  private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
    Int(truncatingIfNeeded: first) << 8 | Int(truncatingIfNeeded: second)
  }
}
