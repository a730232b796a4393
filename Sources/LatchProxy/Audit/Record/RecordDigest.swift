import Crypto

/// The SHA-256 of a record's line, or a keyed digest of arguments.
struct RecordDigest: Sendable, Equatable {
  private var first: SIMD2<UInt64>
  private var second: SIMD2<UInt64>

  /// Of a line without its end.
  init(of line: Span<UInt8>) {
    var hash = SHA256()
    unsafe line.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    self.init(hash.finalize())
  }

  init(of line: ArraySlice<UInt8>) { self.init(of: line.span) }

  init(_ digest: SHA256Digest) {
    (first, second) = unsafe digest.withUnsafeBytes { bytes in
      unsafe (
        bytes.loadUnaligned(as: SIMD2<UInt64>.self), bytes.loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
      )
    }
  }

  /// 64 hexadecimal digits.
  init?(hexadecimal text: ArraySlice<UInt8>) {
    guard text.count == 64 else { return nil }
    var words = [UInt64](repeating: 0, count: 4)
    for (offset, digit) in text.enumerated() {
      guard let value = Self.value(of: digit) else { return nil }
      words[offset / 16] = words[offset / 16] << 4 | UInt64(value)
    }
    first = SIMD2(words[0].bigEndian, words[1].bigEndian)
    second = SIMD2(words[2].bigEndian, words[3].bigEndian)
  }

  var hexadecimal: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  func append(to text: inout [UInt8]) {
    text.append(addingCapacity: 64) { output in
      Self.append(first[0], to: &output)
      Self.append(first[1], to: &output)
      Self.append(second[0], to: &output)
      Self.append(second[1], to: &output)
    }
  }

  private static func append(_ word: UInt64, to output: inout OutputSpan<UInt8>) {
    let value = UInt64(bigEndian: word)
    append(digits: value >> 32, to: &output)
    append(digits: value & 0xFFFF_FFFF, to: &output)
  }

  /// The eight digits of 32 bits, made at once: each half byte spread to a byte, then 0x30 added, and 39 more from ten
  /// on.
  @inline(__always)
  private static func append(digits value: UInt64, to output: inout OutputSpan<UInt8>) {
    var spread = (value << 16 | value) & 0x0000_FFFF_0000_FFFF
    spread = (spread << 8 | spread) & 0x00FF_00FF_00FF_00FF
    spread = (spread << 4 | spread) & 0x0F0F_0F0F_0F0F_0F0F
    let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    let digits = (spread &+ 0x3030_3030_3030_3030 &+ letters &* 39).bigEndian
    unsafe output.withUnsafeMutableBufferPointer { memory, count in
      unsafe UnsafeMutableRawBufferPointer(memory).storeBytes(of: digits, toByteOffset: count, as: UInt64.self)
      count += 8
    }
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}

/// HMAC-SHA-256 (RFC 2104) under a key that does not change: its two blocks are hashed once.
struct KeyedDigest: Sendable {
  private var inner = SHA256()
  private var outer = SHA256()

  /// `key` is no longer than a block of the hash.
  init(key: [UInt8]) {
    precondition(key.count <= 64, "a longer key would have to be hashed first")
    let block = key + [UInt8](repeating: 0, count: 64 - key.count)
    inner.update(data: block.map { $0 ^ 0x36 })
    outer.update(data: block.map { $0 ^ 0x5C })
  }

  func callAsFunction(_ message: Span<UInt8>) -> RecordDigest {
    var inner = inner
    unsafe message.withUnsafeBytes { unsafe inner.update(bufferPointer: $0) }
    var outer = outer
    unsafe inner.finalize().withUnsafeBytes { unsafe outer.update(bufferPointer: $0) }
    return RecordDigest(outer.finalize())
  }
}
