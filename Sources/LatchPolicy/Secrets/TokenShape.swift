/// A credential that can be told by its beginning: whose it is, how it begins, what it is made of, and how long the
/// rest is at least.
struct TokenShape: Sendable {
  enum Alphabet: Sendable {
    case alphanumeric, word, hexadecimal, upper
    /// Base64 as it stands in connection strings and, percent-encoded, in addresses.
    case base64
    /// What follows a host in an address.
    case path

    func contains(_ byte: UInt8) -> Bool {
      switch (self, byte) {
      case (_, 0x30...0x39): true
      case (.hexadecimal, 0x61...0x66): true
      case (.hexadecimal, _): false
      case (_, 0x41...0x5A): true
      case (.upper, _): false
      case (_, 0x61...0x7A): true
      case (.word, 0x5F), (.word, 0x2D), (.word, 0x2E): true
      case (.base64, 0x2B), (.base64, 0x2F), (.base64, 0x3D), (.base64, 0x25), (.base64, 0x2D), (.base64, 0x5F): true
      case (.path, 0x2F), (.path, 0x5F), (.path, 0x2D), (.path, 0x2E), (.path, 0x40): true
      default: false
      }
    }
  }

  var kind: SecretKind
  var beginning: [UInt8]
  var alphabet: Alphabet
  var length: Int

  /// Whether a token of the shape begins at `start`; its body must not only show where the real one goes, if
  /// placeholders are spared.
  func begins(at start: Int, in text: Span<UInt8>, sparingPlaceholders: Bool) -> Bool {
    let body = start + beginning.count
    guard body + length <= text.count, text.holds(beginning, at: start) else { return false }
    let end = text.end(of: body, while: alphabet.contains)
    return end - body >= length && !(sparingPlaceholders && isPlaceholder(text.bytes(body..<end)))
  }
}
