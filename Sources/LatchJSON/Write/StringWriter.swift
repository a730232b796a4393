private let hexadecimalDigits: [UInt8] = Array("0123456789abcdef".utf8)

/// Appends a string in quotes with the fewest escapes there are (RFC 8785 §3.2.2.2).
func appendQuoted(_ content: some Sequence<UInt8>, to output: inout [UInt8]) {
  output.append(0x22)
  for byte in content {
    switch byte {
    case 0x22, 0x5C: output.append(contentsOf: [0x5C, byte])
    case 0x08: output.append(contentsOf: [0x5C, 0x62])
    case 0x09: output.append(contentsOf: [0x5C, 0x74])
    case 0x0A: output.append(contentsOf: [0x5C, 0x6E])
    case 0x0C: output.append(contentsOf: [0x5C, 0x66])
    case 0x0D: output.append(contentsOf: [0x5C, 0x72])
    case 0..<0x20: appendUnit(UInt16(byte), to: &output)
    default: output.append(byte)
    }
  }
  output.append(0x22)
}

/// As `appendQuoted`, but what nobody can see, or what turns the order of letters, is written as an escape: for
/// files that people review.
func appendQuotedVisibly(_ text: String, to output: inout [UInt8]) {
  guard text.unicodeScalars.contains(where: isUnseen) else { return appendQuoted(text.utf8, to: &output) }
  var quoted: [UInt8] = []
  appendQuoted(text.utf8, to: &quoted)
  for scalar in String(decoding: quoted, as: UTF8.self).unicodeScalars {
    if isUnseen(scalar) {
      for unit in Character(scalar).utf16 { appendUnit(unit, to: &output) }
    } else {
      output.append(contentsOf: Character(scalar).utf8)
    }
  }
}

private func appendUnit(_ unit: UInt16, to output: inout [UInt8]) {
  output.append(contentsOf: [0x5C, 0x75])
  for shift in [12, 8, 4, 0] as [UInt16] { output.append(hexadecimalDigits[Int(unit >> shift & 0xF)]) }
}

/// Controls, invisible and direction-turning characters, other spaces than the usual, tags.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x7F...0xA0, 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x2000...0x200F,
    0x2028...0x202F, 0x205F...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
    0xE0000...0xE0FFF, 0xE000...0xF8FF, 0xF0000...0x10FFFF:
    true
  default: false
  }
}
