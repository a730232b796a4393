/// How many scalars a text has before every so many bytes, so that the column of a place far along a line is not
/// counted from the line's beginning: a whole file may be one line, with a mistake in every word.
struct ColumnMarks: Sendable {
  private static let distance = 4096

  /// Empty where all lines are short.
  private let counts: [Int32]

  init(of bytes: [UInt8], lineStarts: [Int32]) {
    guard ColumnMarks.hasLongLine(lineStarts, end: bytes.count) else {
      counts = []
      return
    }
    var counts: [Int32] = [0]
    for start in stride(from: 0, to: bytes.count - ColumnMarks.distance, by: ColumnMarks.distance) {
      counts.append(counts[counts.count - 1] + Int32(ColumnMarks.count(start..<start + ColumnMarks.distance, bytes)))
    }
    self.counts = counts
  }

  private static func hasLongLine(_ starts: [Int32], end: Int) -> Bool {
    var next = end
    for start in starts.reversed() {
      if next - Int(start) > distance { return true }
      next = Int(start)
    }
    return false
  }

  func scalarCount(in range: Range<Int>, of bytes: [UInt8]) -> Int {
    guard range.count > ColumnMarks.distance, !counts.isEmpty else { return ColumnMarks.count(range, bytes) }
    return scalarCount(before: range.upperBound, bytes) - scalarCount(before: range.lowerBound, bytes)
  }

  private func scalarCount(before offset: Int, _ bytes: [UInt8]) -> Int {
    let mark = min(offset / ColumnMarks.distance, counts.count - 1)
    return Int(counts[mark]) + ColumnMarks.count(mark * ColumnMarks.distance..<offset, bytes)
  }

  private static func count(_ range: Range<Int>, _ bytes: [UInt8]) -> Int {
    let text = bytes.span
    var count = 0
    for offset in range where text[offset] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
