import LatchPolicy

/// The words of a tool's name, lower-case.
func nameWords(_ name: String) -> [String] {
  let bytes = Array(name.utf8)
  var walk = NameWords(0..<bytes.count)
  var words: [String] = []
  while let word = walk.next(in: bytes.span) {
    let letters = bytes[word].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    words.append(String(decoding: letters, as: UTF8.self))
  }
  return words
}
