/// A text read as the one absolute path that every program takes it for: what `within` and `path_glob` read.
///
/// It begins with exactly one `/`; no segment of it is empty, `.` or `..`; a final `/` does not count. It holds no
/// backslash and no control character (C0, DEL), and does not end in white space or a quotation mark, which programs
/// strip before they open what is left. `%` and `~` are characters like any other.
///
/// `file:///path`, the scheme in any case, is the path behind it where nothing in it can be read otherwise: no `%`, `?`
/// or `#`, no host.
package struct CleanPath: Sendable, Equatable {
  /// The path's bytes in the text, without a final `/` unless it is the root.
  package let range: Range<Int>

  /// Reads the content of a JSON string.
  package init(_ text: Span<UInt8>) throws(Problem) {
    let start = try Self.start(in: text)
    guard !endsInStrippedCharacter(text, quotes: true) else { throw .strippedEnd }
    range = start..<start + (try Self.count(of: text.extracting(start..<text.count)))
  }

  /// Where the path begins: behind `file://`, if that stands there.
  private static func start(in text: Span<UInt8>) throws(Problem) -> Int {
    guard !text.isEmpty else { throw .empty }
    if text[0] == slash { return 0 }
    guard text.begins(withWord: "file:") else { throw .notAbsolute }
    guard text.begins(withWord: "file:///") else { throw .fileURL }
    let start = 7
    for index in start..<text.count where "%?#".utf8.contains(text[index]) { throw .fileURL }
    // URL readers make a drive letter of it: `/c:`.
    if text.count >= start + 3, text[start + 1].isASCIILetter, text[start + 2] == UInt8(ascii: "|") {
      if text.count == start + 3 || text[start + 3] == slash { throw .fileURL }
    }
    return start
  }

  /// The length of a path that begins with `/`, without a final one.
  private static func count(of path: Span<UInt8>) throws(Problem) -> Int {
    var segment = 1
    for index in 1..<path.count {
      let byte = path[index]
      if byte > slash, byte != UInt8(ascii: "\\"), byte != 0x7F { continue }
      if byte == slash {
        try check(path, segment..<index)
        segment = index + 1
      } else if byte.isControl {
        throw .control
      } else if byte == UInt8(ascii: "\\") {
        throw .backslash
      }
    }
    if segment == path.count { return max(segment - 1, 1) }
    try check(path, segment..<path.count)
    return path.count
  }

  private static func check(_ path: Span<UInt8>, _ segment: Range<Int>) throws(Problem) {
    switch dots(path, segment) {
    case 0: throw segment.lowerBound == 1 ? .doubledStart : .emptySegment
    case 1: throw .dot
    case 2: throw .dotDot
    default: break
    }
  }
}

private let slash = UInt8(ascii: "/")

/// How many dots a segment is made of; nil if of anything else, or more than two.
func dots(_ bytes: Span<UInt8>, _ segment: Range<Int>) -> Int? {
  guard segment.count <= 2 else { return nil }
  for index in segment where bytes[index] != UInt8(ascii: ".") { return nil }
  return segment.count
}
