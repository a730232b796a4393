/// What the bytes of a text are, before any of its grammar.
struct EncodingCheck {
  /// Where the text begins: after a byte order mark.
  var start = 0
  var found: [Diagnostic] = []
  /// Whether an offset in code points is one in bytes.
  var isASCII = true
  /// Whether the rest can be read: every finding here says no.
  var isReadable: Bool { found.isEmpty }
}

/// Looks for what no policy may hold: other encodings, bytes that are no text, characters that a reader cannot see.
func checkEncoding(_ source: Source) -> EncodingCheck {
  var check = EncodingCheck()
  if let name = otherEncoding(source.bytes) {
    let mark = Span(file: source.file, start: 0, end: min(2, source.bytes.count))
    check.found = [.otherEncoding(name, at: mark)]
    return check
  }
  check.start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  var scan = CharacterScan(offset: check.start)
  var more = 0
  while let mistake = scan.nextMistake(in: source.bytes) {
    if check.found.count < reportedAtMost { check.found.append(.unreadable(mistake, in: source)) } else { more += 1 }
  }
  check.isASCII = scan.isASCII
  if more > 0 { check.found[reportedAtMost - 1].notes.append(Note("\(more) more are not shown")) }
  return check
}

private let reportedAtMost = 10

/// UTF-16 and UTF-32 by their byte order marks, or by the zero bytes that ASCII letters have in them.
private func otherEncoding(_ bytes: [UInt8]) -> String? {
  let first = Array(bytes.prefix(4))
  switch first.count {
  case 4 where first == [0, 0, 0xFE, 0xFF] || first == [0xFF, 0xFE, 0, 0]: return "UTF-32"
  case 2...:
    if first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0xFF, 0xFE]) { return "UTF-16" }
    if first.count == 4, (first[0] == 0) != (first[1] == 0), (first[0] == 0) == (first[2] == 0),
      (first[1] == 0) == (first[3] == 0)
    {
      return "UTF-16"
    }
    return nil
  default: return nil
  }
}

/// A stretch of bytes that no policy may hold.
enum CharacterMistake: Equatable {
  case notUTF8(Range<Int>)
  case control(UInt32, Range<Int>)
  case direction(UInt32, Range<Int>)
}

/// A walk over a text that stops at each mistake.
private struct CharacterScan {
  var offset: Int
  var isASCII = true

  init(offset: Int) { self.offset = offset }

  mutating func nextMistake(in text: [UInt8]) -> CharacterMistake? {
    let bytes = text.span
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x80 {
        if byte < 0x7F, byte >= 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
          offset += 1
          continue
        }
        defer { offset += 1 }
        return .control(UInt32(byte), offset..<offset + 1)
      }
      if let mistake = beyondASCII(bytes) { return mistake }
    }
    return nil
  }

  private mutating func beyondASCII(_ bytes: Swift.Span<UInt8>) -> CharacterMistake? {
    let start = offset
    isASCII = false
    guard let (scalar, length) = decodeUTF8(bytes, at: start) else {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      return .notUTF8(start..<offset)
    }
    offset += length
    switch scalar {
    case 0x80...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: return .control(scalar, start..<offset)
    case 0x202A...0x202E, 0x2066...0x2069: return .direction(scalar, start..<offset)
    default: return nil
    }
  }
}

/// The scalar at an offset and its length in bytes; nil if what stands there is not well-formed UTF-8.
func decodeUTF8(_ bytes: Swift.Span<UInt8>, at offset: Int) -> (scalar: UInt32, length: Int)? {
  let lead = bytes[offset]
  let length: Int
  let least: UInt32
  switch lead {
  case 0..<0x80: return (UInt32(lead), 1)
  case 0xC2...0xDF: (length, least) = (2, 0x80)
  case 0xE0...0xEF: (length, least) = (3, 0x800)
  case 0xF0...0xF4: (length, least) = (4, 0x10000)
  default: return nil
  }
  guard offset + length <= bytes.count else { return nil }
  var scalar = UInt32(lead) & (0x7F >> UInt32(length))
  for next in offset + 1..<offset + length {
    guard bytes[next] & 0xC0 == 0x80 else { return nil }
    scalar = scalar << 6 | UInt32(bytes[next] & 0x3F)
  }
  guard scalar >= least, scalar <= 0x10FFFF, !(0xD800...0xDFFF).contains(scalar) else { return nil }
  return (scalar, length)
}
