/// What was met within a string.
struct StringTraits: OptionSet {
  let rawValue: UInt8

  static let escaped = StringTraits(rawValue: 1)
  static let notASCII = StringTraits(rawValue: 2)
  /// U+0085, U+2028 or U+2029 as it is: what some readers of lines take for a line's end.
  static let lineBreak = StringTraits(rawValue: 4)
}

/// Reads the string whose opening quote is at `start`: where it ends (after the closing quote) and what is in it.
@inline(__always)
func scanString(
  _ bytes: Span<UInt8>, at start: Int, traits: inout StringTraits
) throws(JSONError) -> Int {
  var index = start &+ 1
  while true {
    index = endOfPlainText(bytes, from: index)
    guard index < bytes.count else {
      throw JSONError(.unexpectedEnd, at: bytes.count, "the text ends within a string; a `\"` ends it")
    }
    switch bytes[index] {
    case 0x22: return index &+ 1
    case 0x5C: index = try scanEscape(bytes, at: index, traits: &traits)
    case 0..<0x20: throw controlCharacter(bytes[index], at: index)
    default: index = try scanNonASCII(bytes, from: index, traits: &traits)
    }
  }
}

private func controlCharacter(_ byte: UInt8, at index: Int) -> JSONError {
  JSONError(
    .controlCharacter, at: index,
    "a string holds the control character \(hexadecimal(UInt32(byte))); write it as an escape such as `\\n`")
}

func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}

/// Checks a run of non-ASCII text against UTF-8 (Unicode table 3-7); returns where it ends.
private func scanNonASCII(
  _ bytes: Span<UInt8>, from start: Int, traits: inout StringTraits
) throws(JSONError) -> Int {
  traits.insert(.notASCII)
  var index = start
  repeat {
    let length = lengthOfScalar(bytes, at: index)
    guard length > 0 else {
      throw JSONError(.invalidUTF8, at: index, "these bytes are not UTF-8; save the text as UTF-8")
    }
    if isLineBreak(bytes, at: index, length: length) { traits.insert(.lineBreak) }
    index &+= length
  } while index < bytes.count && bytes[index] >= 0x80
  return index
}

@inline(__always)
private func isLineBreak(_ bytes: Span<UInt8>, at index: Int, length: Int) -> Bool {
  switch bytes[index] {
  case 0xC2: bytes[index &+ 1] == 0x85
  case 0xE2: bytes[index &+ 1] == 0x80 && bytes[index &+ 2] & 0xFE == 0xA8
  default: false
  }
}

/// The length of the well-formed scalar of two to four bytes at `index`; 0 if there is none.
@inline(__always)
func lengthOfScalar(_ bytes: Span<UInt8>, at index: Int) -> Int {
  let lead = bytes[index]
  let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
  guard lead >= 0xC2, lead <= 0xF4, index <= bytes.count &- length else { return 0 }
  let second = bytes[index &+ 1]
  let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
  let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
  guard second >= lowest, second <= highest else { return 0 }
  if length >= 3, bytes[index &+ 2] & 0xC0 != 0x80 { return 0 }
  if length == 4, bytes[index &+ 3] & 0xC0 != 0x80 { return 0 }
  return length
}
