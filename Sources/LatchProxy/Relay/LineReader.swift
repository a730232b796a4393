/// Splits a stream into lines at LF and nowhere else, in one buffer that is used again and again.
///
/// A final CR is cut off. What stands behind the last LF when the stream ends is no message. A line longer than the
/// limit is passed over and reported.
struct LineReader {
  enum Event: Equatable {
    /// A line in `buffer`; the byte at its end is LF.
    case line(Range<Int>)
    /// Its first bytes.
    case tooLong([UInt8])
  }

  private(set) var buffer: [UInt8]
  private let limit: Int
  /// Where what has not been handed out begins, up to where it is known to hold no LF, and where it ends.
  private var start = 0
  private var searched = 0
  private var end = 0
  private var isSkipping = false
  /// Of the line that is passed over.
  private var beginning: [UInt8] = []

  private static let room = 65_536
  private static let beginningSize = 1024

  init(limit: Int) {
    self.limit = limit
    buffer = [UInt8](repeating: 0, count: Self.room)
  }

  /// The next line that is already here in full.
  mutating func next() -> Event? {
    while let feed = Descriptors.firstLineFeed(in: buffer, searched..<end) {
      let line = start..<feed
      start = feed + 1
      searched = start
      if isSkipping {
        isSkipping = false
        return .tooLong(beginning)
      }
      return line.count > limit
        ? .tooLong(Array(buffer[line].prefix(Self.beginningSize))) : .line(withoutFinalReturn(line))
    }
    searched = end
    return nil
  }

  /// What stands behind the last LF.
  var unfinished: ArraySlice<UInt8> { buffer[start..<end] }

  /// Reads more; false at the end of the stream. Lines handed out before are gone.
  mutating func fill(from descriptor: Int32) -> Bool {
    makeRoom()
    let count = Descriptors.read(descriptor, into: &buffer, from: end)
    end += count
    return count > 0
  }

  private mutating func withoutFinalReturn(_ line: Range<Int>) -> Range<Int> {
    guard !line.isEmpty, buffer[line.upperBound - 1] == 0x0D else { return line }
    buffer[line.upperBound - 1] = 0x0A
    return line.lowerBound..<(line.upperBound - 1)
  }

  private mutating func makeRoom() {
    if isSkipping || end - start > limit + 2 {
      if !isSkipping { beginning = Array(buffer[start..<end].prefix(Self.beginningSize)) }
      isSkipping = true
      start = end
    }
    if start == end {
      (start, searched, end) = (0, 0, 0)
      // One long line does not keep its memory for ever.
      if buffer.count > 16 * Self.room { buffer = [UInt8](repeating: 0, count: Self.room) }
    } else if end == buffer.count, start > 0 {
      buffer.replaceSubrange(0..<(end - start), with: buffer[start..<end])
      (start, searched, end) = (0, searched - start, end - start)
    }
    if end == buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
  }
}
