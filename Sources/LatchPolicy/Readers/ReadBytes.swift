/// What the readers ask of single bytes and runs of them.
extension UInt8 {
  var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  var isASCIILetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  /// C0 and DEL.
  var isControl: Bool { self < 0x20 || self == 0x7F }

  var hexadecimalValue: UInt8? {
    if isASCIIDigit { return self - UInt8(ascii: "0") }
    let letter = self | 0x20
    return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f") ? letter - UInt8(ascii: "a") + 10 : nil
  }
}

extension Span<UInt8> {
  /// Where the byte first stands in that part.
  @inline(__always)
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    let part = extracting(range)
    for index in part.indices where part[index] == byte { return range.lowerBound + index }
    return nil
  }

  /// Whether the part is the word, given in small letters, in any case.
  func isWord(_ word: String, in range: Range<Int>) -> Bool {
    guard range.count == word.utf8.count else { return false }
    let letters = word.utf8.span
    for index in letters.indices where lowercased(self[range.lowerBound + index]) != letters[index] { return false }
    return true
  }

  /// Whether it begins with the word, given in small letters, in any case.
  func begins(withWord word: String) -> Bool {
    count >= word.utf8.count && isWord(word, in: 0..<word.utf8.count)
  }
}

/// The bytes as an array of their own.
func copy(_ bytes: Span<UInt8>) -> [UInt8] {
  // The buffer does not outlive the closure.
  unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
}
