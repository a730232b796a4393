/// Credentials that are told by what stands before them: a scheme of HTTP, or an address around them.
extension SecretScan {
  private static let bearer = Array("bearer".utf8)
  private static let basic = Array("basic".utf8)
  private static let others = ["token", "apikey", "bot"].map { Array($0.utf8) }

  /// The first three letters of the schemes below, whatever their case at first.
  static let schemesBegin = ([bearer, basic] + others).flatMap { scheme in
    [Array(scheme.prefix(3)), [scheme[0] ^ 0x20, scheme[1], scheme[2]]]
  }

  /// What stands behind `Bearer` and its kin.
  func schemed(at index: Int, _ text: Span<UInt8>) -> SecretKind? {
    guard index + 11 < text.count, isThirdLetter(text[index + 2] | 0x20) else { return nil }
    if text.holds(letters: Self.bearer, at: index) {
      return value(after: index + 6, text).flatMap { isBearer($0, at: index, text) ? .bearer : nil }
    }
    if text.holds(letters: Self.basic, at: index) {
      return value(after: index + 5, text).flatMap { isPair($0, text) ? .basic : nil }
    }
    guard let scheme = Self.others.first(where: { text.holds(letters: $0, at: index) }) else { return nil }
    return value(after: index + scheme.count, text).flatMap { isOther($0, text) ? .bearer : nil }
  }

  private func value(after end: Int, _ text: Span<UInt8>) -> Range<Int>? {
    let start = text.end(of: end) { $0 == 0x20 || $0 == 0x09 }
    guard start > end else { return nil }
    let value = start..<text.end(of: start) { !endsValue($0) }
    return value.count >= 8 && !(purpose == .review && isPlaceholder(text.bytes(value))) ? value : nil
  }

  private func isBearer(_ value: Range<Int>, at start: Int, _ text: Span<UInt8>) -> Bool {
    if isOther(value, text) { return true }
    guard purpose == .redaction else { return false }
    if Randomness(text.bytes(value)).isToken { return true }
    // All that there is, or all that a header says.
    let before = (0..<start).last { !isSpace(text[$0]) }
    let stands = before.map { text[$0] == 0x3A || text[$0] == 0x3D || isQuote(text[$0]) } ?? true
    return stands && text[value.lowerBound] != 0x24
      && (value.upperBound == text.count || !isSpace(text[value.upperBound]))
  }

  private func isOther(_ value: Range<Int>, _ text: Span<UInt8>) -> Bool {
    isNamed || value.count >= 16 && Randomness(text.bytes(value)).isToken
  }

  /// `name:password` in Base64.
  private func isPair(_ value: Range<Int>, _ text: Span<UInt8>) -> Bool {
    decodedBase64(text.bytes(value))?.contains(0x3A) == true
  }

  /// `scheme://user:password@host`, given where the colon stands; a token may stand in the user's place.
  func addressed(at colon: Int, _ text: Span<UInt8>) -> SecretKind? {
    guard text[colon] == 0x3A, colon + 2 < text.count, text[colon + 1] == 0x2F, text[colon + 2] == 0x2F else {
      return nil
    }
    let start = colon + 3
    let end = text.end(of: start) { !endsAddress($0) && $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    guard let at = (start..<end).last(where: { text[$0] == 0x40 }) else { return nil }
    guard let mark = (start..<at).first(where: { text[$0] == 0x3A }) else {
      return at - start >= 16 && Randomness(text.bytes(start..<at)).isToken ? .urlPassword : nil
    }
    let password = text.bytes(mark + 1..<at)
    if purpose == .redaction { return password.isEmpty || password.first == 0x24 ? nil : .urlPassword }
    return password.count >= 3 && !saysPlaceholder(password) ? .urlPassword : nil
  }
}

/// What a word of a command or a header ends with.
func endsValue(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x2C, 0x3B, 0x26, 0x5C, 0x28, 0x29, 0x3C, 0x3E, 0x7C: true
  default: isSpace(byte) || isQuote(byte)
  }
}

/// Of the schemes: many a word begins like `token` and goes on otherwise.
private func isThirdLetter(_ letter: UInt8) -> Bool {
  switch letter {
  case UInt8(ascii: "a"), UInt8(ascii: "s"), UInt8(ascii: "k"), UInt8(ascii: "i"), UInt8(ascii: "t"): true
  default: false
  }
}

private func endsAddress(_ byte: UInt8) -> Bool { isSpace(byte) || isQuote(byte) || byte == 0x2C }
