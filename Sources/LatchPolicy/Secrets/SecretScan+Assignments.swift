/// Credentials that are told by the name they are given to: `--api-key=…`, `TOKEN: …`, `{"password": "…"}`.
extension SecretScan {
  /// What stands around a value in a longer text.
  private struct Setting {
    var isQuoted = false
    /// Spaces stand between the sign and the value: code or prose as likely as a setting.
    var isSpaced = false
  }

  /// Given where a `:` or `=` stands.
  func assigned(at sign: Int, _ text: Span<UInt8>) -> SecretKind? {
    guard let name = nameBefore(sign, text) else { return nil }
    if purpose == .redaction, text[sign] == 0x3A, isCredentialHeader(name, valueAt: sign + 1, text) { return .header }
    guard let secret = SecretName(text, name) else { return nil }
    var start = text.end(of: sign + 1, most: 2) { $0 == 0x3D || $0 == 0x3E }
    let afterSpace = text.end(of: start, most: 8) { $0 == 0x20 || $0 == 0x09 }
    var setting = Setting(isSpaced: afterSpace > start)
    start = text.end(of: afterSpace, most: 4) { $0 == 0x5C }
    if start < text.count, isQuote(text[start]) {
      setting.isQuoted = true
      start += 1
    }
    let value = start..<text.end(of: start) { setting.isQuoted ? !endsQuotation($0) : !endsValue($0) }
    return accepts(value, of: secret, setting, text) ? named(name, text) : nil
  }

  /// `--password hunter2` and curl's `-u name:password`, given where the first `-` stands.
  func optioned(at dash: Int, _ text: Span<UInt8>) -> SecretKind? {
    let name = dash..<text.end(of: dash, most: 64) { isBase64URL($0) }
    guard name.count > 1, name.upperBound < text.count, text[name.upperBound] == 0x20 else { return nil }
    var start = text.end(of: name.upperBound, most: 8, while: isSpace)
    if start < text.count, isQuote(text[start]) { start += 1 }
    let value = start..<text.end(of: start) { !endsValue($0) }
    guard let first = value.first, text[first] != 0x2D, text[first] != 0x24 else { return nil }
    if text.holds([0x2D, 0x75], at: dash) && name.count == 2 || text.holds(Self.user, at: dash) && name.count == 6 {
      return purpose == .redaction && isUserAndPassword(value, text) ? .basic : nil
    }
    guard let secret = SecretName(text, name), accepts(value, of: secret, Setting(), text) else { return nil }
    return named(name, text)
  }

  /// The value of something whose name says that it is secret, and that can be one.
  func named(_ secret: SecretName, _ value: [UInt8]) -> Bool {
    accepts(0..<value.count, of: secret, Setting(isQuoted: true), value.span)
  }

  private static let user = Array("--user".utf8)
  private static let headers = ["authorization", "proxy-authorization", "cookie", "set-cookie"].map { Array($0.utf8) }

  /// `"`, spaces and the like may stand between a name and its sign.
  private func nameBefore(_ sign: Int, _ text: Span<UInt8>) -> Range<Int>? {
    func back(from end: Int, most: Int, while isMeant: (UInt8) -> Bool) -> Int {
      var index = end
      while index > 0, end - index < most, isMeant(text[index - 1]) { index -= 1 }
      return index
    }
    let spaced = back(from: sign, most: 4) { $0 == 0x20 || $0 == 0x09 }
    let end = back(from: spaced, most: 4) { isQuote($0) || $0 == 0x5C || $0 == 0x5D }
    let start = back(from: end, most: 64) { isBase64URL($0) || $0 == 0x2E }
    return start < end ? start..<end : nil
  }

  private func accepts(_ value: Range<Int>, of name: SecretName, _ setting: Setting, _ text: Span<UInt8>) -> Bool {
    guard let first = value.first, text[first] != 0x24, !isAddressOrPath(value, text) else { return false }
    let bytes = text.bytes(value)
    guard purpose == .redaction && setting.isQuoted || !bytes.contains(0x20) else { return false }
    switch name {
    case .password:
      return bytes.count >= 4 && !saysPlaceholder(bytes) && !isCode(value, setting, text)
    case .token, .key:
      let isLong = bytes.count >= (purpose == .review ? 12 : 8)
      return isLong && !(purpose == .review ? isPlaceholder(bytes) : saysPlaceholder(bytes))
        && Randomness(bytes).isToken
    }
  }

  /// `password: String`, `password = read()`: words alone, where a text can well be code or prose.
  private func isCode(_ value: Range<Int>, _ setting: Setting, _ text: Span<UInt8>) -> Bool {
    guard !setting.isQuoted, text.all(value, are: { $0.isASCIILetter || $0 == 0x5F || $0 == 0x2E }) else {
      return false
    }
    let next = value.upperBound < text.count ? text[value.upperBound] : 0x0A
    return setting.isSpaced ? next != 0x0A : next == 0x28 || next == 0x29
  }

  private func isAddressOrPath(_ value: Range<Int>, _ text: Span<UInt8>) -> Bool {
    let bytes = text.bytes(value)
    func begins(_ beginning: String) -> Bool { bytes.starts(with: beginning.utf8) }
    if begins("./") || begins("~/") || begins("../") { return true }
    if begins("/") { return bytes.split(separator: 0x2F).count >= 2 }
    return bytes.indices.dropLast(2).contains { bytes[$0] == 0x3A && bytes[$0 + 1] == 0x2F && bytes[$0 + 2] == 0x2F }
  }

  /// A header that holds nothing but what opens a door.
  private func isCredentialHeader(_ name: Range<Int>, valueAt start: Int, _ text: Span<UInt8>) -> Bool {
    guard
      let header = Self.headers.first(where: { $0.count == name.count && text.holds(letters: $0, at: name.lowerBound) })
    else { return false }
    let begin = text.end(of: start, most: 8) { $0 == 0x20 || $0 == 0x09 || $0 == 0x5C || isQuote($0) }
    let value = text.bytes(begin..<text.end(of: begin) { !endsQuotation($0) })
    guard value.count >= 8, value.first != 0x24 else { return false }
    if header.last == UInt8(ascii: "e") { return value.contains(0x3D) }
    let words = value.split(separator: 0x20)
    return words.count < 3 && words.contains(where: isCredential)
  }

  /// Whether a word of a header is no reference, and none of a sentence.
  private func isCredential(_ word: ArraySlice<UInt8>) -> Bool {
    word.count >= 8 && word.first != 0x24 && !word.allSatisfy { $0 & 0x20 != 0 && $0.isASCIILetter }
  }

  private func isUserAndPassword(_ value: Range<Int>, _ text: Span<UInt8>) -> Bool {
    let parts = text.bytes(value).split(separator: 0x3A, maxSplits: 1)
    return parts.count == 2 && parts[1].count >= 4 && parts[0] != parts[1] && !parts[1].allSatisfy(\.isASCIIDigit)
  }

  private func named(_ name: Range<Int>, _ text: Span<UInt8>) -> SecretKind {
    .value(of: String(decoding: text.bytes(name).drop { $0 == 0x2D }, as: UTF8.self))
  }
}

private func endsQuotation(_ byte: UInt8) -> Bool { isQuote(byte) || byte == 0x5C || byte == 0x0A || byte == 0x0D }
