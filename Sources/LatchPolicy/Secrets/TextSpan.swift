extension Span where Element == UInt8 {
  /// Whether `bytes` stand at `index`.
  func holds(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index + bytes.count <= count else { return false }
    for offset in 0..<bytes.count where self[index + offset] != bytes[offset] { return false }
    return true
  }

  /// The same for small letters, whatever their case is here.
  func holds(letters: [UInt8], at index: Int) -> Bool {
    guard index + letters.count <= count else { return false }
    for offset in 0..<letters.count where lowercased(self[index + offset]) != letters[offset] { return false }
    return true
  }

  /// A part in memory of its own.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    [UInt8](capacity: range.count) { output in for index in range { output.append(self[index]) } }
  }

  /// Where the run of bytes from `start` on ends that are as wanted, looked at no further than `most` bytes: a text made
  /// of beginnings must not be read again from each of them.
  func end(of start: Int, most: Int = 160, while isMeant: (UInt8) -> Bool) -> Int {
    let limit = Swift.min(count, start + most)
    var index = start
    while index < limit, isMeant(self[index]) { index += 1 }
    return index
  }

  /// Whether every byte of the range is as wanted.
  func all(_ range: Range<Int>, are isMeant: (UInt8) -> Bool) -> Bool {
    for index in range where !isMeant(self[index]) { return false }
    return true
  }
}

func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

/// `"`, `'` and the backtick.
func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }
