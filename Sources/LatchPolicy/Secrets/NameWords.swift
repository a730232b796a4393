/// Walks the words of a name: split at everything but letters and digits, and where camelCase begins a word. Letters
/// beyond ASCII stay in their word, which no table then knows.
package struct NameWords {
  private var position: Int
  private let end: Int

  package init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// Where the next word stands; its letters are as they were written.
  package mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
    while position < end, !isWordByte(bytes[position]) { position += 1 }
    guard position < end else { return nil }
    let start = position
    repeat { position += 1 } while position < end && isWordByte(bytes[position]) && !beginsWord(bytes)
    return start..<position
  }

  /// Whether an upper-case letter begins a word: `sendEmail`, and the `A` of `runSEOAudit`.
  private func beginsWord(_ bytes: Span<UInt8>) -> Bool {
    guard isUpper(bytes[position]) else { return false }
    if !isUpper(bytes[position - 1]) { return true }
    return position + 1 < end && (0x61...0x7A).contains(bytes[position + 1])
  }
}

private func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

private func isWordByte(_ byte: UInt8) -> Bool {
  isUpper(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
}
