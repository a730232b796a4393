/// Writes JSON text for messages of our own.
struct MessageWriter {
  private(set) var bytes: [UInt8] = []

  /// Text that is JSON already.
  mutating func raw(_ text: String) { bytes += text.utf8 }

  /// The same of somebody else's writing.
  mutating func raw(_ json: [UInt8]) { appendWithoutUnicodeLineBreaks(json.span, to: &bytes) }

  mutating func number(_ value: Int) { bytes += String(value).utf8 }

  /// A string, with every character escaped that a reader could take for a line's end or a terminal for a command.
  mutating func string(_ text: String) {
    bytes.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: bytes += [0x5C, UInt8(scalar.value)]
      case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: bytes += "\\u".utf8 + Self.hexadecimal(scalar.value)
      default: bytes += String(scalar).utf8
      }
    }
    bytes.append(0x22)
  }

  private static func hexadecimal(_ value: UInt32) -> [UInt8] {
    let digits = Array(String(value, radix: 16).utf8)
    return Array(repeating: 0x30, count: 4 - digits.count) + digits
  }
}

/// Appends the message with U+0085, U+2028 and U+2029, which stand only in strings there, written as escapes: the
/// same JSON, but nobody takes them for a line's end.
func appendWithoutUnicodeLineBreaks(_ line: Span<UInt8>, to output: inout [UInt8]) {
  var index = 0
  while index < line.count {
    let rest = line.count - index
    if rest >= 2, line[index] == 0xC2, line[index + 1] == 0x85 {
      output += "\\u0085".utf8
      index += 2
    } else if rest >= 3, line[index] == 0xE2, line[index + 1] == 0x80, line[index + 2] & 0xFE == 0xA8 {
      output += line[index + 2] == 0xA8 ? "\\u2028".utf8 : "\\u2029".utf8
      index += 3
    } else {
      output.append(line[index])
      index += 1
    }
  }
}
