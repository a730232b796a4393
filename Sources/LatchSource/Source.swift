/// A place as people count it: line and column from 1, columns in Unicode scalars.
package struct Position: Sendable, Hashable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A text that a user wrote, under the name that messages show.
package struct Source: Sendable {
  /// The path as shown: relative to the project, with `/`.
  package let path: String
  package let bytes: [UInt8]
  /// Which file of the project it is; spans carry it. Unique among the sources that are reported together.
  package let file: Int32
  /// Offsets at which lines begin; the first is 0. Lines end with LF, CRLF or CR.
  package let lineStarts: [Int32]
  private let columns: ColumnMarks

  package init(path: String, bytes: [UInt8], file: Int32 = 0) {
    self.path = path
    self.bytes = bytes
    self.file = file
    lineStarts = Source.findLineStarts(bytes)
    columns = ColumnMarks(of: bytes, lineStarts: lineStarts)
  }

  package init(path: String, text: String, file: Int32 = 0) {
    self.init(path: path, bytes: Array(text.utf8), file: file)
  }

  private static func findLineStarts(_ bytes: [UInt8]) -> [Int32] {
    let text = bytes.span
    var starts: [Int32] = [0]
    starts.reserveCapacity(bytes.count / 24 + 1)
    for offset in text.indices where text[offset] < 0x0E {
      let byte = text[offset]
      let endsLine = byte == 0x0A || (byte == 0x0D && !(offset + 1 < text.count && text[offset + 1] == 0x0A))
      if endsLine { starts.append(Int32(clamping: offset + 1)) }
    }
    return starts
  }
}

extension Source {
  /// The text under a span, bytes that are not UTF-8 replaced; what lies outside the text is left out.
  package subscript(span: Span) -> String { String(decoding: bytes[clamped(span)], as: UTF8.self) }

  /// The span's range, kept inside the text.
  package func clamped(_ span: Span) -> Range<Int> { span.range.clamped(to: 0..<bytes.count) }

  package var whole: Span { Span(file: file, start: 0, end: bytes.count) }

  /// Where an offset lies, for people; offsets past the end count as the end.
  package func position(of offset: Int) -> Position {
    let offset = min(max(0, offset), bytes.count)
    let line = lineIndex(of: offset)
    return Position(line: line + 1, column: columns.scalarCount(in: Int(lineStarts[line])..<offset, of: bytes) + 1)
  }

  /// The index, from 0, of the line that holds an offset.
  package func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The range of a line (index from 0) without its line break.
  package func lineRange(_ index: Int) -> Range<Int> {
    guard lineStarts.indices.contains(index) else { return bytes.count..<bytes.count }
    let start = Int(lineStarts[index])
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }
}
