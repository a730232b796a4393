/// A text read as one mail address: what `email_domain` reads.
///
/// `local@domain`, or a phrase and `<local@domain>`. The local part is a dot-atom of at most 64 bytes without `%` and
/// `!`, by which old mailers were told to send on; the domain is labels of letters, digits and hyphens. All of it is
/// ASCII: mailers that cut a character down to a byte would read a letter as `@`.
///
/// The phrase is words of letters, digits and signs that mean nothing in a header, perhaps in one pair of quotation
/// marks. It holds nothing that a reader could take for an address, a list, a group or a comment, and no encoded word
/// (`=?…?=`), in which it could hide one.
package struct MailAddress: Sendable, Equatable {
  /// The domain's bytes in the text, in the case in which they stand.
  package let domain: Range<Int>

  /// Reads the content of a JSON string.
  package init(_ text: Span<UInt8>) throws(Problem) {
    for index in text.indices {
      if text[index] >= 0x80 { throw .beyondASCII }
      if text[index].isControl { throw .control }
      if text[index] == UInt8(ascii: "="), index + 1 < text.count, text[index + 1] == UInt8(ascii: "?") {
        throw .encodedWord
      }
    }
    let address = try Self.address(in: text)
    guard let at = text.firstIndex(of: UInt8(ascii: "@"), in: address) else { throw .notAnAddress }
    try Self.checkLocal(text, address.lowerBound..<at)
    domain = at + 1..<address.upperBound
    try Self.checkDomain(text, domain)
  }

  /// Hands on the domain in small letters.
  package func withDomain<Result>(in text: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
    withLowercased(text.extracting(domain), body)
  }

  /// What stands between `<` and a final `>`, or else everything.
  private static func address(in text: Span<UInt8>) throws(Problem) -> Range<Int> {
    guard let open = text.firstIndex(of: UInt8(ascii: "<"), in: 0..<text.count) else { return 0..<text.count }
    guard text[text.count - 1] == UInt8(ascii: ">") else { throw .notAnAddress }
    try checkPhrase(text, 0..<open)
    return open + 1..<text.count - 1
  }

  private static func checkPhrase(_ text: Span<UInt8>, _ range: Range<Int>) throws(Problem) {
    var phrase = range
    while let last = phrase.last, text[last] == 0x20 { phrase.removeLast() }
    if phrase.count > 2, text[phrase.lowerBound] == quote, text[phrase.upperBound - 1] == quote {
      phrase = phrase.lowerBound + 1..<phrase.upperBound - 1
    }
    guard let first = phrase.first, text[first].isAtomCharacter else { throw .phrase }
    for index in phrase {
      let byte = text[index]
      guard byte.isAtomCharacter || byte == 0x20 || byte == dot else { throw .phrase }
    }
  }

  private static func checkLocal(_ text: Span<UInt8>, _ local: Range<Int>) throws(Problem) {
    guard (1...64).contains(local.count) else { throw .local }
    var previous = dot
    for index in local {
      let byte = text[index]
      guard byte == dot ? previous != dot : byte.isAtomCharacter else { throw .local }
      guard byte != UInt8(ascii: "%"), byte != UInt8(ascii: "!") else { throw .local }
      previous = byte
    }
    guard previous != dot else { throw .local }
  }

  private static func checkDomain(_ text: Span<UInt8>, _ domain: Range<Int>) throws(Problem) {
    do throws(Host.Problem) {
      try checkDomainName(text, domain, allowsUnderscore: false)
    } catch {
      throw .domain
    }
    if endsInNumber(text, domain) { throw .domain }
  }

  /// Why a text is not one mail address.
  package enum Problem: Error, Sendable, Equatable, CaseIterable {
    case notAnAddress, phrase, local, domain, control, beyondASCII, encodedWord

    package var message: String {
      switch self {
      case .notAnAddress: "it is not one address of the form `local@domain` or `name <local@domain>`"
      case .phrase: "the name before `<` holds more than words of letters, digits and plain signs"
      case .local: "what stands before the `@` is not words joined by dots, 64 bytes at most, without `%` and `!`"
      case .domain: "what stands behind the `@` is not one domain of letters, digits, `-` and `.`"
      case .control: "it holds a control character"
      case .beyondASCII: "it holds a character beyond ASCII"
      case .encodedWord: "it holds `=?`, which begins an encoded word"
      }
    }
  }
}

private let dot = UInt8(ascii: ".")
private let quote = UInt8(ascii: "\"")

extension UInt8 {
  /// `atext` of RFC 5322 §3.2.3.
  fileprivate var isAtomCharacter: Bool {
    if isASCIILetter || isASCIIDigit { return true }
    switch self {
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
      UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="),
      UInt8(ascii: "?"), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
      UInt8(ascii: "}"), UInt8(ascii: "~"):
      return true
    default: return false
    }
  }
}
