// The only unsafe code of this target: memory read as another type than it was written, and copied at once.

/// The first index from `start` on whose byte is `"`, `\`, a control character or not ASCII; else the count.
@inline(__always)
func endOfPlainText(_ bytes: Span<UInt8>, from start: Int) -> Int {
  var index = start
  let raw = unsafe bytes.bytes
  while index <= bytes.count &- 64 {
    let first = specials(block(raw, index)) | specials(block(raw, index &+ 16))
    let second = specials(block(raw, index &+ 32)) | specials(block(raw, index &+ 48))
    if isAnySet(first | second) { break }
    index &+= 64
  }
  while index <= bytes.count &- 16 {
    let found = unsafe unsafeBitCast(specials(block(raw, index)), to: SIMD2<UInt64>.self)
    if found[0] != 0 { return index &+ found[0].littleEndian.trailingZeroBitCount / 8 }
    if found[1] != 0 { return index &+ 8 &+ found[1].littleEndian.trailingZeroBitCount / 8 }
    index &+= 16
  }
  while index < bytes.count, isPlain(bytes[index]) { index &+= 1 }
  return index
}

@inline(__always)
private func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x80 && byte != 0x22 && byte != 0x5C }

/// All bits of every byte that is special. A byte that is not ASCII is negative, and so less than a space too.
@inline(__always)
private func specials(_ block: SIMD16<Int8>) -> SIMD16<Int8> {
  // Operators of vectors alone: those that join a vector and a number, or two masks, are calls for every byte.
  bits(block .< SIMD16(repeating: 0x20)) | bits(block .== SIMD16(repeating: 0x22))
    | bits(block .== SIMD16(repeating: 0x5C))
}

/// A mask is -1 where it holds and else 0.
@inline(__always)
private func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD16<Int8> {
  unsafe unsafeBitCast(mask, to: SIMD16<Int8>.self)
}

@inline(__always)
private func isAnySet(_ block: SIMD16<Int8>) -> Bool {
  let halves = unsafe unsafeBitCast(block, to: SIMD2<UInt64>.self)
  return halves[0] | halves[1] != 0
}

/// Sixteen bytes. The caller has compared `index` with the count.
@inline(__always)
private func block(_ raw: RawSpan, _ index: Int) -> SIMD16<Int8> {
  unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<Int8>.self)
}

/// Eight bytes, the first in the lowest place. The caller has compared `index` with the count.
@inline(__always)
private func word(_ raw: RawSpan, _ index: Int) -> UInt64 {
  // Any eight bytes are a UInt64.
  UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
}

/// Up to eight bytes of a name as a number that sorts as they do, zeros behind a shorter one.
func leadingWord(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
  if range.lowerBound >= 0, range.lowerBound <= bytes.count &- 8 {
    let all = unsafe word(bytes.bytes, range.lowerBound).byteSwapped
    // A shift by all 64 bits leaves nothing.
    return range.count >= 8 ? all : all & ~(UInt64.max >> UInt64(range.count &* 8))
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
