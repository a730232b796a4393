/// The parts of a text that may be a path.
enum PathWords {
  /// The text itself, as it stands and without the space around it; C reads only as far as a NUL.
  static func whole(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    let parts = text.split(separator: 0)
    return parts + parts.map(trimmed).filter { !$0.isEmpty }
  }

  /// Also what a shell, or a program behind it, may take for a word: whatever stands between quotes, spaces and
  /// operators, `=` and `:` among them.
  static func ofCommand(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    whole(text) + text.split(whereSeparator: quotes.contains) + text.split(whereSeparator: isSpaceOrQuote)
      + text.split { isSpaceOrQuote($0) || operators.contains($0) }
  }

  private static let quotes = Array("\"'`".utf8)
  private static let operators = Array("=:,;|&<>(){}[]@!".utf8)

  private static func isSpaceOrQuote(_ byte: UInt8) -> Bool { isSpace(byte) || quotes.contains(byte) }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D || byte == 0 }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = text.firstIndex { !isSpace($0) } ?? text.endIndex
    let end = text.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return text[start..<end]
  }
}
