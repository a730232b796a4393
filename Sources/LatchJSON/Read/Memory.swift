// The only unsafe code of this target: memory read as another type than it was written, and copied at once.

private let lowBits: UInt64 = 0x0101_0101_0101_0101
private let highBits: UInt64 = 0x8080_8080_8080_8080

/// The first index from `start` on whose byte is `"`, `\`, a control character or not ASCII; else the count.
@inline(__always)
func endOfPlainText(_ bytes: Span<UInt8>, from start: Int) -> Int {
  var index = start
  let raw = unsafe bytes.bytes
  while index <= bytes.count &- 32 {
    let first = specials(word(raw, index))
    let second = specials(word(raw, index &+ 8))
    let third = specials(word(raw, index &+ 16))
    let fourth = specials(word(raw, index &+ 24))
    if (first | second | third | fourth) & highBits != 0 { break }
    index &+= 32
  }
  while index <= bytes.count &- 8 {
    let found = specials(word(raw, index)) & highBits
    if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
    index &+= 8
  }
  while index < bytes.count, isPlain(bytes[index]) { index &+= 1 }
  return index
}

@inline(__always)
private func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x80 && byte != 0x22 && byte != 0x5C }

/// The high bit of every byte that is special, exact up to the lowest one: a borrow only runs upwards from a hit.
@inline(__always)
private func specials(_ word: UInt64) -> UInt64 {
  let quotes = (word ^ (lowBits &* 0x22)) &- lowBits
  let backslashes = (word ^ (lowBits &* 0x5C)) &- lowBits
  return (word &- (lowBits &* 0x20)) | quotes | backslashes | word
}

/// Eight bytes, the first in the lowest place. The caller has compared `index` with the count.
@inline(__always)
private func word(_ raw: RawSpan, _ index: Int) -> UInt64 {
  // Any eight bytes are a UInt64.
  UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
}

/// Up to eight bytes of a name as a number that sorts as they do, zeros behind a shorter one.
func leadingWord(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
  if range.count >= 8, range.upperBound <= bytes.count {
    return unsafe word(bytes.bytes, range.lowerBound).byteSwapped
  }
  var result: UInt64 = 0
  for offset in 0..<8 {
    result <<= 8
    if offset < range.count { result |= UInt64(bytes[range.lowerBound + offset]) }
  }
  return result
}

/// The bytes of a part of a text.
func copy(_ range: Range<Int>, of bytes: Span<UInt8>) -> [UInt8] {
  // The buffer does not outlive the closure.
  unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
}
