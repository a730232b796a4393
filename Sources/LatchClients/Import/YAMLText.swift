/// Writes scalars as YAML that every reader, of 1.1 and of 1.2, takes for the same string.
package enum YAMLText {
  /// Plain where nothing could be misread, else in double quotes.
  package static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// `[a, b]`.
  package static func flow(_ items: [String]) -> String { "[" + items.map(quoted).joined(separator: ", ") + "]" }

  private static func isPlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, isLetter(first) || first == UInt8(ascii: "/") else { return false }
    let isTame = bytes.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_-./@+".utf8.contains(byte)
    }
    let misread = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    return isTame && bytes.last != UInt8(ascii: "-") && !misread.contains(text.lowercased())
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars { result += escaped(scalar) }
    return result + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default: break
    }
    let isHarmless =
      !(scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value) && scalar.properties.generalCategory != .format
      && ![0x2028, 0x2029].contains(scalar.value) && scalar.value & 0xFFFE != 0xFFFE
    if isHarmless { return String(scalar) }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let width = scalar.value > 0xFFFF ? 8 : 4
    return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
  }
}
