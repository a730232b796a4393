/// Credentials that are made of parts.
extension SecretScan {
  private static let keyBegins = Array("-----BEGIN".utf8)
  private static let privateKey = Array("PRIVATE KEY".utf8)
  private static let object = Array("eyJ".utf8)

  /// The first bytes of the structures below, at most three.
  static let structuresBegin: [[UInt8]] = {
    let bytes = UInt8.min...UInt8.max
    let digits = bytes.filter(\.isASCIIDigit)
    let telegram = digits.flatMap { first in digits.map { [first, $0] } }
    let discord = "MNO".utf8.flatMap { first in bytes.filter(isBase64URL).map { [first, $0] } }
    return [object] + telegram + discord
  }()

  /// What may stand right behind other letters: a key in its armour, a secret of Azure's.
  func unbound(at index: Int, _ text: Span<UInt8>) -> SecretKind? {
    if text[index] == 0x7E { return isAzureSecret(around: index, text) ? .azure : nil }
    guard text.holds(Self.keyBegins, at: index) else { return nil }
    for place in index..<min(index + 64, text.count) where text[place] == 0x50 && text.holds(Self.privateKey, at: place)
    {
      return .privateKey
    }
    return nil
  }

  /// `barren` is where the Base64 ends in which no web token was found.
  func structure(at index: Int, _ text: Span<UInt8>, barren: inout Int) -> SecretKind? {
    switch text[index] {
    case 0x65: index >= barren && isWebToken(index, text, barren: &barren) ? .webToken : nil
    case 0x30...0x39: isTelegramToken(index, text) ? .botToken : nil
    case 0x4D, 0x4E, 0x4F: isDiscordToken(index, text) ? .discord : nil
    default: nil
    }
  }

  /// base64url parts of which the first two are JSON objects; five of them where the content is encrypted.
  private func isWebToken(_ start: Int, _ text: Span<UInt8>, barren: inout Int) -> Bool {
    guard text.holds(Self.object, at: start) else { return false }
    let header = text.end(of: start, most: text.count, while: isBase64URL)
    barren = header
    guard header - start >= 10, header < text.count, text[header] == 0x2E else { return false }
    let content = text.end(of: header + 1, while: isBase64URL)
    if text.holds(Self.object, at: header + 1) { return content - header > 10 }
    let rest = text.end(of: header + 1, most: text.count) { isBase64URL($0) || $0 == 0x2E }
    var dots = 1
    for index in header + 1..<rest where text[index] == 0x2E { dots += 1 }
    return dots == 4 && rest - header >= 40
  }

  /// Digits, a colon, and 35 letters that begin with `AA`.
  private func isTelegramToken(_ start: Int, _ text: Span<UInt8>) -> Bool {
    let colon = text.end(of: start, while: \.isASCIIDigit)
    guard (8...10).contains(colon - start), colon + 2 < text.count, text[colon] == 0x3A, text[colon + 1] == 0x41,
      text[colon + 2] == 0x41
    else { return false }
    return text.end(of: colon + 1, while: isBase64URL) - colon > 33
  }

  /// A number in Base64, six letters, 27 or more.
  private func isDiscordToken(_ start: Int, _ text: Span<UInt8>) -> Bool {
    let first = text.end(of: start, while: isBase64URL)
    guard (23...28).contains(first - start), first < text.count, text[first] == 0x2E else { return false }
    let second = text.end(of: first + 1, while: isBase64URL)
    guard second - first == 7, second < text.count, text[second] == 0x2E else { return false }
    return text.end(of: second + 1, while: isBase64URL) - second > 27
  }

  /// Three letters, a digit, `Q~`, and 31 or more.
  private func isAzureSecret(around tilde: Int, _ text: Span<UInt8>) -> Bool {
    guard tilde >= 5, text[tilde - 1] == 0x51, text[tilde - 2].isASCIIDigit,
      text.all(tilde - 5..<tilde - 2, are: { isBase64URL($0) || $0 == 0x7E || $0 == 0x2E })
    else { return false }
    return text.end(of: tilde + 1) { isBase64URL($0) || $0 == 0x7E || $0 == 0x2E } - tilde > 31
  }
}

func isBase64URL(_ byte: UInt8) -> Bool { byte.isASCIIDigit || byte.isASCIILetter || byte == 0x2D || byte == 0x5F }
