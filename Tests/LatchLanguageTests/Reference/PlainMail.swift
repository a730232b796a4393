/// One `local@domain` or `phrase <local@domain>` (language.md §5, note 3): no comma, semicolon, group, comment or
/// quoted local part.
struct PlainMail {
  /// Small letters.
  let domain: Text

  init?(_ string: String) {
    var address = Text(string)
    guard address.allSatisfy({ $0.isASCII && !$0.isControl }), !string.contains("=?") else { return nil }
    if let open = address.firstIndex(of: "<") {
      guard address.last == ">", Self.isPhrase(Text(address[..<open])) else { return nil }
      address = Text(address[(open + 1)...].dropLast())
    }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false).map(Text.init)
    guard parts.count == 2, Self.isLocal(parts[0]), Self.isDomain(parts[1]) else { return nil }
    domain = parts[1].lowercased
  }

  /// Words, perhaps in one pair of quotation marks.
  private static func isPhrase(_ text: Text) -> Bool {
    var phrase = Text(text.reversed().drop { $0 == " " }.reversed())
    if phrase.count > 2, phrase.first == "\"", phrase.last == "\"" { phrase = Text(phrase.dropFirst().dropLast()) }
    guard let first = phrase.first, isAtom(first) else { return false }
    return phrase.allSatisfy { isAtom($0) || $0 == " " || $0 == "." }
  }

  private static func isLocal(_ text: Text) -> Bool {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    // Old mailers are told by `%` and `!` to send on.
    return text.count <= 64 && !text.contains("%") && !text.contains("!")
      && words.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtom) }
  }

  private static func isAtom(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetter || scalar.isDigit || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
  }

  private static func isDomain(_ text: Text) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.last.map { Text($0).lowercased.isNumberOfAnAddress } == false
      && labels.allSatisfy { label in
        !label.isEmpty && label.first != "-" && label.last != "-"
          && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == "-" }
      }
  }

  /// Equal, or below where the pattern begins with `*.`.
  func hasDomain(_ pattern: String) -> Bool {
    let wanted = Text(pattern).lowercased
    guard wanted.starts(with: "*.") else { return domain == wanted }
    return domain.count > wanted.count - 1 && domain.reversed().starts(with: wanted.dropFirst().reversed())
  }
}
