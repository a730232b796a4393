/// A string's UTF-8 bytes where they stand, as the formats read them.
struct TextBytes {
  private let bytes: Borrowed<UInt8>
  private let start: Int
  let count: Int

  init(_ bytes: Borrowed<UInt8>, _ start: Int, _ end: Int) {
    self.bytes = bytes
    self.start = start
    count = end - start
  }

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "a byte is within its text")
    return bytes[start + index]
  }

  /// The part from `from` up to, not including, `to`.
  subscript(range: Range<Int>) -> TextBytes {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a part is within its text")
    return TextBytes(bytes, start + range.lowerBound, start + range.upperBound)
  }

  var isEmpty: Bool { count == 0 }

  func from(_ index: Int) -> TextBytes { self[index..<count] }

  func upTo(_ index: Int) -> TextBytes { self[0..<index] }

  func firstIndex(where matches: (UInt8) -> Bool) -> Int? {
    for index in 0..<count where matches(self[index]) { return index }
    return nil
  }

  func firstIndex(of byte: UInt8) -> Int? { firstIndex { $0 == byte } }

  func lastIndex(of byte: UInt8) -> Int? {
    for index in stride(from: count - 1, through: 0, by: -1) where self[index] == byte { return index }
    return nil
  }

  func allSatisfy(_ holds: (UInt8) -> Bool) -> Bool { firstIndex { !holds($0) } == nil }

  func contains(_ byte: UInt8) -> Bool { firstIndex(of: byte) != nil }

  /// Whether every part between `separator`s satisfies `holds`; an empty text is one empty part.
  func allParts(separatedBy separator: UInt8, _ holds: (TextBytes) -> Bool) -> Bool {
    var from = 0
    for index in 0...count where index == count || self[index] == separator {
      if !holds(self[from..<index]) { return false }
      from = index + 1
    }
    return true
  }

  /// The number that `length` digits at `index` spell; nil where there are other characters, or too few.
  func digits(at index: Int, _ length: Int) -> Int? {
    guard index >= 0, index + length <= count else { return nil }
    var value = 0
    for offset in 0..<length {
      guard self[index + offset].isASCIIDigit else { return nil }
      value = value * 10 + Int(self[index + offset] - 0x30)
    }
    return value
  }

  /// The bytes as an array, for what has to rewrite them.
  var array: [UInt8] { (0..<count).map { self[$0] } }
}

extension TextBytes {
  /// The code points, in order; nil if the bytes are no UTF-8.
  var scalars: [UInt32]? {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(count)
    var index = 0
    while index < count {
      guard let (scalar, length) = scalar(at: index) else { return nil }
      scalars.append(scalar)
      index += length
    }
    return scalars
  }

  /// The code point that begins at `index`, and its length in bytes.
  func scalar(at index: Int) -> (scalar: UInt32, length: Int)? {
    let first = self[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + length <= count else { return nil }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      guard self[index + offset] & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | UInt32(self[index + offset] & 0x3F)
    }
    return (scalar, length)
  }
}
