/// A line of a source as a terminal shows it: tabs as spaces, hidden characters by their numbers, and of a very long line
/// only what is round the place of interest.
struct DisplayLine {
  private(set) var text = ""
  /// The column at which the text of each offset begins, in the order of offsets; the last is the end.
  private var starts: [(offset: Int, column: Int)] = []
  private var column = 0

  static let tabWidth = 4
  private static let ellipsis: Unicode.Scalar = "…"

  /// Shows a line (index from 0) so that `focus` is seen, in at most `width` columns or a few more.
  init(_ source: Source, line: Int, focus: Range<Int>, width: Int) {
    let range = source.lineRange(line)
    let focus = focus.clamped(to: range)
    var window = DisplayLine.window(of: range, in: source, round: focus, width: width)
    if window.lowerBound > range.lowerBound { put("…", width: 1) }
    let full = column + width
    while window.lowerBound < window.upperBound, column < full {
      let length = put(at: window.lowerBound, in: source, before: window.upperBound)
      window = window.lowerBound + length..<window.upperBound
    }
    starts.append((window.lowerBound, column))
    if window.lowerBound < range.upperBound { put("…", width: 1) }
  }

  /// The columns under a range of offsets, at least one; nil if they are out of sight.
  func columns(of range: Range<Int>) -> Range<Int>? {
    guard let first = starts.first, let last = starts.last else { return nil }
    guard range.upperBound >= first.offset, range.lowerBound <= last.offset else { return nil }
    let start = column(of: range.lowerBound)
    return start..<max(start + 1, column(of: range.upperBound))
  }

  private func column(of offset: Int) -> Int {
    starts.first { $0.offset >= offset }?.column ?? starts.last?.column ?? 0
  }

  /// The part of a line to show: from its beginning if the focus is seen then, else from a third of the width before it.
  private static func window(of line: Range<Int>, in source: Source, round focus: Range<Int>, width: Int) -> Range<Int>
  {
    let near = min(focus.upperBound, focus.lowerBound + width / 2)
    guard near - line.lowerBound > width - 2 else { return line }
    var start = max(line.lowerBound, focus.lowerBound - width / 3)
    while start > line.lowerBound, start < line.upperBound, source.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start..<line.upperBound
  }

  private mutating func put(_ shown: String, width: Int) {
    text += shown
    column += width
  }

  /// Shows the character at an offset and returns its length in bytes.
  private mutating func put(at offset: Int, in source: Source, before end: Int) -> Int {
    starts.append((offset, column))
    if source.bytes[offset] == 0x09 {
      put(String(repeating: " ", count: DisplayLine.tabWidth), width: DisplayLine.tabWidth)
      return 1
    }
    guard let (value, length) = decodeUTF8(source.bytes.span, at: offset), let scalar = Unicode.Scalar(value) else {
      put("<\(hex(UInt32(source.bytes[offset]), digits: 2))>", width: 4)
      return 1
    }
    if let instead = shownInstead(scalar) {
      put(instead, width: instead.utf8.count)
    } else {
      put(String(scalar), width: displayWidth(scalar))
    }
    return length
  }
}
