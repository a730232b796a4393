import Crypto

/// The SHA-256 of a record's line, or a keyed digest of arguments.
struct RecordDigest: Sendable, Equatable {
  private var bytes = InlineArray<32, UInt8>(repeating: 0)

  /// Of a line without its end.
  init(of line: Span<UInt8>) {
    var hash = SHA256()
    unsafe line.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    take(hash.finalize())
  }

  init(of line: ArraySlice<UInt8>) { self.init(of: line.span) }

  /// HMAC-SHA-256.
  init(of message: ArraySlice<UInt8>, key: SymmetricKey) {
    var code = HMAC<SHA256>(key: key)
    code.update(data: message)
    take(code.finalize())
  }

  /// 64 hexadecimal digits.
  init?(hexadecimal text: ArraySlice<UInt8>) {
    guard text.count == 64 else { return nil }
    for (offset, digit) in text.enumerated() {
      guard let value = Self.value(of: digit) else { return nil }
      bytes[offset / 2] = bytes[offset / 2] << 4 | value
    }
  }

  private mutating func take(_ digest: some Sequence<UInt8>) {
    var index = 0
    for byte in digest {
      bytes[index] = byte
      index += 1
    }
  }

  static func == (left: Self, right: Self) -> Bool { (0..<32).allSatisfy { left.bytes[$0] == right.bytes[$0] } }

  var hexadecimal: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  func append(to text: inout [UInt8]) {
    for index in 0..<32 {
      text.append(hexadecimalDigit(bytes[index] >> 4))
      text.append(hexadecimalDigit(bytes[index] & 0xF))
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
