/// How values of messages stand in headers (2026-07-28), and what may stand in a header at all.
enum HeaderText {
  /// The value as it is if it is plain ASCII without outer blanks; else in the form `=?base64?…?=`, which is also
  /// used for values that look like that form.
  static func encoded(_ value: [UInt8]) -> String {
    let isPlain = value.allSatisfy { (0x20...0x7E).contains($0) } && value.first != 0x20 && value.last != 0x20
    let looksEncoded = value.starts(with: "=?base64?".utf8) && value.suffix(2).elementsEqual("?=".utf8)
    if isPlain, !looksEncoded { return String(decoding: value, as: UTF8.self) }
    return "=?base64?\(base64(value))?="
  }

  /// A field name (RFC 9110: a token).
  static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
  }

  /// Visible ASCII, blanks inside, and what newer texts may hold beyond ASCII; nothing that ends a line.
  static func isValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }
  }

  /// Visible ASCII without blanks, as session ids and revisions have it.
  static func isVisible(_ text: String, atMost length: Int) -> Bool {
    !text.isEmpty && text.utf8.count <= length && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      var digits: [UInt8] = []
      for _ in 0..<4 {
        digits.insert(alphabet[bits & 0x3F], at: 0)
        bits >>= 6
      }
      text += digits.prefix(group.count + 1) + Array(repeating: UInt8(ascii: "="), count: 3 - group.count)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
