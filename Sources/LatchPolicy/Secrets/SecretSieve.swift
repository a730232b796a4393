/// Tells at a glance that in sixty-four bytes of a text nothing begins that `SecretScan` looks for, which is so for most
/// of ordinary prose.
///
/// It never says so wrongly: whatever the scan finds begins at a sign, or as a scheme of HTTP does, or else has at least
/// sixteen letters of tokens in a row, and so eight that fill a register, not far behind.
struct SecretSieve {
  static let size = 64
  /// From a beginning (`webhook.office.com/webhookb2/` is the longest) to the end of the register that is full behind it.
  private static let reach = 29 + 7 + 8

  /// The newest bytes that were looked at for full registers, and whether there is one.
  private var seen = (start: -1, isFull: false)

  /// Given a multiple of `size`, larger from call to call.
  mutating func isDull(_ text: Span<UInt8>, at start: Int) -> Bool {
    assert(Self.reach <= Self.size, "what follows is looked at just as far")
    guard start &+ 2 &* Self.size &+ 2 <= text.count else { return false }
    let isFull = seen.start == start ? seen.isFull : hasFullRegister(text, at: start)
    seen = (start &+ Self.size, hasFullRegister(text, at: start &+ Self.size))
    return !isFull && !seen.isFull && !hasSignOrScheme(text, at: start)
  }

  /// Whether a word (letters, digits and `_`) goes through all of the bytes that has begun well before them: nothing
  /// begins within it, not even behind an escape.
  static func isInsideWord(_ text: Span<UInt8>, at start: Int) -> Bool {
    guard start >= 16, start &+ size <= text.count else { return false }
    var letters = TextBlock(text, at: start &- 16).words
    for offset in stride(from: 0, to: size, by: 16) { letters &= TextBlock(text, at: start &+ offset).words }
    return letters[0] & letters[1] == UInt64.max
  }

  @inline(__always)
  private func hasFullRegister(_ text: Span<UInt8>, at start: Int) -> Bool {
    for offset in stride(from: 0, to: Self.size, by: 16) {
      let halves = SieveBlock(text, at: start &+ offset).tokenLetters
      if halves[0] == -1 || halves[1] == -1 { return true }
    }
    return false
  }

  @inline(__always)
  private func hasSignOrScheme(_ text: Span<UInt8>, at start: Int) -> Bool {
    var found = SIMD16<Int8>(repeating: 0)
    for offset in stride(from: 0, to: Self.size, by: 16) {
      let first = SieveBlock(text, at: start &+ offset)
      found |= first.signs
      found |= first.schemes(
        SieveBlock(text, at: start &+ offset &+ 1).small, SieveBlock(text, at: start &+ offset &+ 2).small)
    }
    let halves = unsafe unsafeBitCast(found, to: SIMD2<Int64>.self)
    return halves[0] | halves[1] != 0
  }
}

/// Sixteen bytes of a text; what is found in them is all bits of a byte.
///
/// Only operators of two `SIMD16<Int8>` stand here, whose types are written out: all others are a loop over the bytes.
private struct SieveBlock {
  private let bytes: SIMD16<Int8>

  /// There are sixteen bytes.
  @inline(__always)
  init(_ text: Span<UInt8>, at index: Int) {
    bytes = unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: SIMD16<Int8>.self)
  }

  /// With small letters in the place of capitals, and some other bytes changed.
  @inline(__always)
  var small: SIMD16<Int8> { bytes | SIMD16<Int8>(repeating: 0x20) }

  /// `-`, `~`, `:` and `=`.
  @inline(__always)
  var signs: SIMD16<Int8> {
    Self.equal(bytes, 0x2D) | Self.equal(bytes, 0x7E) | Self.equal(bytes, 0x3A) | Self.equal(bytes, 0x3D)
  }

  /// All bits of both halves where all bytes can stand in the body of a token: ASCII from `%` to `9`, letters, `=`, `@`
  /// and `_`.
  @inline(__always)
  var tokenLetters: SIMD2<Int64> {
    let letters = Self.between(small, 0x60, 0x7B)
    let others =
      Self.between(bytes, 0x24, 0x3A) | Self.equal(bytes, 0x5F) | Self.equal(bytes, 0x40) | Self.equal(bytes, 0x3D)
    return unsafe unsafeBitCast(letters | others, to: SIMD2<Int64>.self)
  }

  /// Where `Bearer`, `Basic`, `Token`, `ApiKey` or `Bot` may begin, given the bytes one and two further on.
  @inline(__always)
  func schemes(_ second: SIMD16<Int8>, _ third: SIMD16<Int8>) -> SIMD16<Int8> {
    let behindB =
      (Self.equal(second, 0x65) & Self.equal(third, 0x61)) | (Self.equal(second, 0x61) & Self.equal(third, 0x73))
      | (Self.equal(second, 0x6F) & Self.equal(third, 0x74))
    return (Self.equal(small, 0x62) & behindB)
      | (Self.equal(small, 0x74) & (Self.equal(second, 0x6F) & Self.equal(third, 0x6B)))
      | (Self.equal(small, 0x61) & (Self.equal(second, 0x70) & Self.equal(third, 0x69)))
  }

  @inline(__always)
  private static func equal(_ bytes: SIMD16<Int8>, _ byte: Int8) -> SIMD16<Int8> {
    bits(bytes .== SIMD16<Int8>(repeating: byte))
  }

  /// Both ends are left out.
  @inline(__always)
  private static func between(_ bytes: SIMD16<Int8>, _ low: Int8, _ high: Int8) -> SIMD16<Int8> {
    bits(bytes .> SIMD16<Int8>(repeating: low)) & bits(bytes .< SIMD16<Int8>(repeating: high))
  }

  @inline(__always)
  private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD16<Int8> {
    unsafe unsafeBitCast(mask, to: SIMD16<Int8>.self)
  }
}
