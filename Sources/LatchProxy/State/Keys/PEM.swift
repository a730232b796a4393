/// Text armour round keys (RFC 7468): one block, of lines of Base64.
package enum PEM {
  package static func isThere(label: String, in text: String) -> Bool {
    lines(of: text).contains { $0 == Array("-----BEGIN \(label)-----".utf8) }
  }

  /// The bytes in the one block of that label; text before and after it is passed over.
  package static func contents(of text: String, label: String) throws(KeyError) -> [UInt8] {
    let lines = lines(of: text)
    let begin = Array("-----BEGIN \(label)-----".utf8)
    let end = Array("-----END \(label)-----".utf8)
    guard lines.count(where: { $0 == begin }) == 1, let first = lines.firstIndex(of: begin),
      let last = lines[first...].firstIndex(of: end), let bytes = decoded(lines[(first + 1)..<last].flatMap { $0 })
    else { throw .notPEM(label: label) }
    return bytes
  }

  static func text(of bytes: [UInt8], label: String) -> String {
    var digits = encoded(bytes)[...]
    var lines = ["-----BEGIN \(label)-----"]
    while !digits.isEmpty {
      lines.append(String(decoding: digits.prefix(64), as: UTF8.self))
      digits = digits.dropFirst(64)
    }
    return (lines + ["-----END \(label)-----", ""]).joined(separator: "\n")
  }

  private static func lines(of text: String) -> [[UInt8]] {
    text.utf8.split { $0 == 0x0A || $0 == 0x0D }.map { line in
      var line = Array(line)
      while line.last == 0x20 || line.last == 0x09 { line.removeLast() }
      return line
    }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  private static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 3).flatMap { start in
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      return (0..<4).map { $0 <= group.count ? alphabet[bits >> (18 - 6 * $0) & 63] : padding }
    }
  }

  /// The bytes, or nil where the digits are not exactly what ``encoded(_:)`` gives.
  private static func decoded(_ digits: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, held) = (0, 0)
    for digit in digits.prefix(while: { $0 != padding }) {
      guard let value = alphabet.firstIndex(of: digit) else { return nil }
      bits = (bits << 6 | value) & 0xFFFF
      held += 6
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> held))
      }
    }
    return encoded(bytes) == digits ? bytes : nil
  }
}
