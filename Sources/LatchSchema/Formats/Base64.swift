/// Base64 (RFC 4648, section 4), for draft 7's `contentEncoding`.
extension TextBytes {
  /// The bytes that this text stands for; nil if it is no base64 with its padding.
  var decodedBase64: [UInt8]? {
    guard count % 4 == 0 else { return nil }
    var decoded: [UInt8] = []
    var bits: UInt32 = 0
    var length = 0
    var end = count
    while end > 0, end > count - 2, self[end - 1] == UInt8(ascii: "=") { end -= 1 }
    for index in 0..<end {
      guard let value = Self.base64Value(of: self[index]) else { return nil }
      bits = bits << 6 | value
      length += 6
      guard length >= 8 else { continue }
      length -= 8
      decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(length)))
    }
    return decoded
  }

  private static func base64Value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61) + 26
    case 0x30...0x39: UInt32(byte - 0x30) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
