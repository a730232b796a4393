/// All that a word can be the beginning of, told by its first letters.
final class SecretBeginnings: Sendable {
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
  /// Whether something begins with three bytes, a bit for each place that `place` gives: in ordinary text that settles
  /// it.
  private let trios: [UInt64]

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
    trios = Self.trios(shapes)
  }

  private static func trios(_ shapes: [TokenShape]) -> [UInt64] {
    var trios = [UInt64](repeating: 0, count: 2048)
    func add(_ beginning: [UInt8]) {
      if beginning.count < 3 { return (UInt8.min...UInt8.max).forEach { add(beginning + [$0]) } }
      let place = place(UInt32(beginning[0]) | UInt32(beginning[1]) << 8 | UInt32(beginning[2]) << 16)
      trios[place >> 6] |= 1 << UInt64(place & 63)
    }
    for shape in shapes { add(Array(shape.beginning.prefix(3))) }
    for beginning in SecretScan.structuresBegin + SecretScan.schemesBegin { add(beginning) }
    return trios
  }

  /// Told apart are all bytes at first, and letters whatever their case behind.
  @inline(__always)
  private static func place(_ word: UInt32) -> Int {
    Int(truncatingIfNeeded: (word & 0x7F) << 10 | (word >> 8 & 0x1F) << 5 | word >> 16 & 0x1F)
  }

  /// Whether something could begin at `start`; nothing does whose end is nearer than four bytes.
  @inline(__always)
  func hasSome(at start: Int, in text: Span<UInt8>) -> Bool {
    guard start &+ 4 <= text.count else { return false }
    let word = unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt32.self).littleEndian
    let place = Self.place(word)
    return trios[place >> 6] >> UInt64(truncatingIfNeeded: place & 63) & 1 == 1
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
}
