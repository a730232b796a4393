/// The words of a tool's name: split at everything but letters and digits, and where camelCase begins a word;
/// lower-case. Letters beyond ASCII stay in their word, which no table then knows.
func nameWords(_ name: String) -> [String] {
  var words: [String] = []
  var word: [UInt8] = []
  func endWord() {
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    word = []
  }
  let bytes = Array(name.utf8)
  for (index, byte) in bytes.enumerated() {
    guard isWordByte(byte) else {
      endWord()
      continue
    }
    if isUpper(byte), index > 0, beginsWord(bytes, at: index) { endWord() }
    word.append(isUpper(byte) ? byte | 0x20 : byte)
  }
  endWord()
  return words
}

/// Whether the upper-case letter begins a word: `sendEmail`, and the `A` of `runSEOAudit`.
private func beginsWord(_ bytes: [UInt8], at index: Int) -> Bool {
  let before = bytes[index - 1]
  if !isUpper(before) { return true }
  return index + 1 < bytes.count && (0x61...0x7A).contains(bytes[index + 1])
}

private func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

private func isWordByte(_ byte: UInt8) -> Bool {
  isUpper(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
}
