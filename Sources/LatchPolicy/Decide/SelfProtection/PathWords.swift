/// The parts of a text that may be a path, one after the other: a long text has millions, and none is copied.
enum PathWords {
  /// Whether any is wanted of: the text itself, as it stands and without the space around it; C reads only as far as a
  /// NUL.
  static func anyWhole(of text: Span<UInt8>, isWanted: (Range<Int>) -> Bool) -> Bool {
    anyPart(of: text, between: nul) { part in
      if isWanted(part) { return true }
      let trimmed = trimmed(part, of: text)
      return !trimmed.isEmpty && trimmed != part && isWanted(trimmed)
    }
  }

  /// In a command, also what a shell, or a program behind it, may take for a word: whatever stands between quotes,
  /// spaces and operators, `=` and `:` among them.
  static func any(of text: Span<UInt8>, inCommand: Bool, isWanted: (Range<Int>) -> Bool) -> Bool {
    if anyWhole(of: text, isWanted: isWanted) { return true }
    return inCommand
      && (anyPart(of: text, between: quotes, isWanted: isWanted)
        || anyPart(of: text, between: quotesAndSpaces, notBetween: quotes, isWanted: isWanted)
        || anyPart(of: text, between: allOfCommand, notBetween: quotesAndSpaces, isWanted: isWanted))
  }

  private static let nul = ASCIISet("\0")
  private static let quotes = ASCIISet("\"'`")
  private static let spaces = ASCIISet("\0\t\n\u{B}\u{C}\r ")
  private static let quotesAndSpaces = quotes.union(spaces)
  private static let allOfCommand = quotesAndSpaces.union(ASCIISet("=:,;|&<>(){}[]@!"))

  /// Empty parts are left out, and those that stand between some of the separators only, which have been asked about.
  @inline(__always)
  private static func anyPart(
    of text: Span<UInt8>, between separators: ASCIISet, notBetween known: ASCIISet? = nil,
    isWanted: (Range<Int>) -> Bool
  ) -> Bool {
    var start = 0
    var isKnown = known != nil
    for index in text.indices where separators.contains(text[index]) {
      let endsKnown = known?.contains(text[index]) == true
      if start < index, !(isKnown && endsKnown), isWanted(start..<index) { return true }
      start = index + 1
      isKnown = endsKnown
    }
    return start < text.count && !isKnown && isWanted(start..<text.count)
  }

  private static func trimmed(_ part: Range<Int>, of text: Span<UInt8>) -> Range<Int> {
    let spaces = spaces
    let start = part.first { !spaces.contains(text[$0]) } ?? part.upperBound
    let end = part.last { !spaces.contains(text[$0]) }.map { $0 + 1 } ?? start
    return start..<end
  }
}

/// Some characters of ASCII.
private struct ASCIISet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ characters: String) {
    for byte in characters.utf8 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }
  }

  func union(_ other: ASCIISet) -> ASCIISet {
    var both = self
    both.low |= other.low
    both.high |= other.high
    return both
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte & 63) & 1 == 1
  }
}
