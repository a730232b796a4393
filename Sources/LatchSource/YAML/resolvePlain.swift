/// What a plain scalar is under the YAML 1.2 core schema.
enum PlainReading: Equatable {
  case null, `true`, `false`, integer, float, string
  /// `.inf`, `-.inf`, `.nan`: numbers that JSON and so a policy cannot hold.
  case notFinite
}

/// Resolves a plain scalar by the YAML 1.2 core schema, by its bytes.
func resolvePlain(_ text: Swift.Span<UInt8>) -> PlainReading {
  guard text.count > 0 else { return .null }
  switch text[0] {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
    return resolveNumber(text)
  case UInt8(ascii: "~"):
    return text.count == 1 ? .null : .string
  case UInt8(ascii: "n"), UInt8(ascii: "N"):
    return isWord(text, "null", "Null", "NULL") ? .null : .string
  case UInt8(ascii: "t"), UInt8(ascii: "T"):
    return isWord(text, "true", "True", "TRUE") ? .true : .string
  case UInt8(ascii: "f"), UInt8(ascii: "F"):
    return isWord(text, "false", "False", "FALSE") ? .false : .string
  default:
    return .string
  }
}

private func resolveNumber(_ text: Swift.Span<UInt8>) -> PlainReading {
  if isPrefixedInteger(text) { return .integer }
  if isNotFinite(text) { return .notFinite }
  var offset = 0
  if !skip("+", in: text, &offset) { _ = skip("-", in: text, &offset) }
  let whole = skipDigits(in: text, &offset)
  if offset == text.count { return whole > 0 ? .integer : .string }
  let fraction = skip(".", in: text, &offset) ? skipDigits(in: text, &offset) : 0
  guard whole + fraction > 0 else { return .string }
  if skip("e", in: text, &offset) || skip("E", in: text, &offset) {
    if !skip("+", in: text, &offset) { _ = skip("-", in: text, &offset) }
    guard skipDigits(in: text, &offset) > 0 else { return .string }
  }
  return offset == text.count ? .float : .string
}

private func skip(_ letter: Unicode.Scalar, in text: Swift.Span<UInt8>, _ offset: inout Int) -> Bool {
  guard offset < text.count, text[offset] == UInt8(truncatingIfNeeded: letter.value) else { return false }
  offset += 1
  return true
}

private func skipDigits(in text: Swift.Span<UInt8>, _ offset: inout Int) -> Int {
  let start = offset
  while offset < text.count, isDigit(text[offset], base: 10) { offset += 1 }
  return offset - start
}

/// `0o17` or `0x1F`.
private func isPrefixedInteger(_ text: Swift.Span<UInt8>) -> Bool {
  guard text.count > 2, text[0] == UInt8(ascii: "0"), let base = numberBase(text[1]) else { return false }
  return text.indices.dropFirst(2).allSatisfy { isDigit(text[$0], base: base) }
}

private func isNotFinite(_ text: Swift.Span<UInt8>) -> Bool {
  switch text.count {
  case 4: isWord(text, ".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN")
  case 5: isWord(text, "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF")
  default: false
  }
}

/// The base that the second letter of `0x…` or `0o…` tells.
func numberBase(_ letter: UInt8) -> UInt8? {
  switch letter {
  case UInt8(ascii: "x"): 16
  case UInt8(ascii: "o"): 8
  default: nil
  }
}

/// Whether a byte is an ASCII digit of a base up to 16.
func isDigit(_ byte: UInt8, base: UInt8) -> Bool { digitValue(byte) < base }

/// The value of a hexadecimal digit; 255 of anything else.
func digitValue(_ byte: UInt8) -> UInt8 {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x41 + 10
  case 0x61...0x66: byte - 0x61 + 10
  default: 255
  }
}

/// Whether the text is one of the words, byte for byte.
func isWord(_ text: Swift.Span<UInt8>, _ words: StaticString...) -> Bool {
  words.contains { word in
    word.utf8CodeUnitCount == text.count
      && word.withUTF8Buffer { letters in text.indices.allSatisfy { unsafe letters[$0] == text[$0] } }
  }
}
