/// Checks the escape whose backslash is at `start`; returns where it ends. A surrogate pair counts as one escape.
func scanEscape(_ bytes: Span<UInt8>, at start: Int, traits: inout StringTraits) throws(JSONError) -> Int {
  traits.insert(.escaped)
  guard start + 1 < bytes.count else {
    throw JSONError(.unexpectedEnd, at: bytes.count, "the text ends within an escape")
  }
  switch bytes[start + 1] {
  case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return start + 2
  case 0x75: return try scanUnicodeEscape(bytes, at: start, traits: &traits)
  default:
    throw JSONError(
      .badEscape, at: start,
      "not an escape of JSON; these are: \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits")
  }
}

private func scanUnicodeEscape(
  _ bytes: Span<UInt8>, at start: Int, traits: inout StringTraits
) throws(JSONError) -> Int {
  let unit = try codeUnit(bytes, at: start)
  if unit >= 0x80 { traits.insert(.notASCII) }
  guard unit & 0xF800 == 0xD800 else { return start + 6 }
  if unit < 0xDC00, start + 7 < bytes.count, bytes[start + 6] == 0x5C, bytes[start + 7] == 0x75,
    try codeUnit(bytes, at: start + 6) & 0xFC00 == 0xDC00
  {
    return start + 12
  }
  throw JSONError(
    .loneSurrogate, at: start, "half of a surrogate pair stands alone; write \\uD800…\\uDBFF then \\uDC00…\\uDFFF")
}

/// The four hexadecimal digits of the `\u` at `start`.
private func codeUnit(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> UInt32 {
  var unit: UInt32 = 0
  for index in start + 2..<start + 6 {
    guard index < bytes.count else {
      throw JSONError(.unexpectedEnd, at: bytes.count, "the text ends within an escape")
    }
    guard let digit = hexadecimalDigit(bytes[index]) else {
      throw JSONError(.badEscape, at: index, "`\\u` wants four hexadecimal digits")
    }
    unit = unit << 4 | digit
  }
  return unit
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x30...0x39: UInt32(byte - 0x30)
  case 0x41...0x46: UInt32(byte - 0x41 + 10)
  case 0x61...0x66: UInt32(byte - 0x61 + 10)
  default: nil
  }
}

/// Appends what the text of a string (without its quotes, already checked) says.
func appendDecoded(_ bytes: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
  var index = range.lowerBound
  while index < range.upperBound {
    let byte = bytes[index]
    guard byte == 0x5C else {
      output.append(byte)
      index += 1
      continue
    }
    if bytes[index + 1] == 0x75 {
      index = appendUnicodeEscape(bytes, at: index, to: &output)
    } else {
      output.append(character(ofEscape: bytes[index + 1]))
      index += 2
    }
  }
}

private func character(ofEscape letter: UInt8) -> UInt8 {
  switch letter {
  case 0x62: 0x08
  case 0x66: 0x0C
  case 0x6E: 0x0A
  case 0x72: 0x0D
  case 0x74: 0x09
  default: letter
  }
}

private func appendUnicodeEscape(_ bytes: Span<UInt8>, at start: Int, to output: inout [UInt8]) -> Int {
  guard var scalar = try? codeUnit(bytes, at: start) else {
    preconditionFailure("the string was checked before it is decoded")
  }
  var end = start + 6
  if scalar & 0xFC00 == 0xD800, let low = try? codeUnit(bytes, at: end) {
    scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
    end += 6
  }
  appendUTF8(scalar, to: &output)
  return end
}

private func appendUTF8(_ scalar: UInt32, to output: inout [UInt8]) {
  func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3F) }
  switch scalar {
  case 0..<0x80: output.append(UInt8(scalar))
  case 0x80..<0x800: output.append(contentsOf: [UInt8(0xC0 | scalar >> 6), tail(0)])
  case 0x800..<0x10000: output.append(contentsOf: [UInt8(0xE0 | scalar >> 12), tail(6), tail(0)])
  default: output.append(contentsOf: [UInt8(0xF0 | scalar >> 18), tail(12), tail(6), tail(0)])
  }
}
