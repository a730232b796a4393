/// Whether a value can be a token that a machine made, judged by its letters alone.
struct Randomness {
  let isToken: Bool

  init(_ value: [UInt8]) {
    let digits = value.count(where: \.isASCIIDigit)
    let isPlain = value.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || isJoiner($0) }
    guard isPlain, value.contains(where: \.isASCIILetter), hasVariety(value), !Self.isMadeOfWords(value) else {
      isToken = false
      return
    }
    isToken = digits > 0 || value.count >= 20 && Self.risesOfCase(value) * 100 >= value.count * 18
  }

  /// `my-app-v2`, `eu-west-1`, `2025-03-26`: each part a word of one case, a short number, or a word and its number.
  private static func isMadeOfWords(_ value: [UInt8]) -> Bool {
    value.split(whereSeparator: isJoiner).allSatisfy { part in
      let letters = part.prefix(while: \.isASCIILetter)
      let number = part.dropFirst(letters.count)
      guard number.count <= 4, number.allSatisfy(\.isASCIIDigit), letters.count <= 16 else {
        return false
      }
      return letters.dropFirst().allSatisfy { $0 & 0x20 != 0 } || letters.allSatisfy { $0 & 0x20 == 0 }
    }
  }

  /// How often an upper-case letter follows a lower-case one: rare in words run together.
  private static func risesOfCase(_ value: [UInt8]) -> Int {
    zip(value, value.dropFirst()).count { $0.isASCIILetter && $1.isASCIILetter && $0 & 0x20 != 0 && $1 & 0x20 == 0 }
  }
}

private func isJoiner(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x2D, 0x5F, 0x2E, 0x2B, 0x2F, 0x3D, 0x7E, 0x3A, 0x21, 0x23: true
  default: false
  }
}

/// Whether there are eight different bytes of ASCII.
private func hasVariety(_ value: [UInt8]) -> Bool {
  value.reduce(UInt128(0)) { $0 | 1 << UInt128($1 & 0x7F) }.nonzeroBitCount >= 8
}

/// The bytes that Base64 text stands for; nil if it is none.
func decodedBase64(_ text: [UInt8]) -> [UInt8]? {
  var bytes: [UInt8] = []
  var bits: UInt32 = 0
  var count = 0
  for byte in text where byte != 0x3D {
    guard let value = base64Value(byte) else { return nil }
    bits = bits << 6 | value
    count += 6
    if count >= 8 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
  }
  return bytes
}

private func base64Value(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x41...0x5A: UInt32(byte - 0x41)
  case 0x61...0x7A: UInt32(byte - 0x61 + 26)
  case 0x30...0x39: UInt32(byte - 0x30 + 52)
  case 0x2B, 0x2D: 62
  case 0x2F, 0x5F: 63
  default: nil
  }
}
