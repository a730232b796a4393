/// Texts that stand one behind the other in one array, so that none is retained to be looked at.
struct TextList: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Where each text ends, behind the 0 where the first begins.
  private var ends = [0]
  /// Of each text what `firstWord` says of it.
  private(set) var firstWords: [UInt64] = []

  init(_ texts: some Sequence<[UInt8]>) {
    for text in texts {
      bytes += text
      firstWords.append(firstWord(of: text.span, 0..<text.count))
      ends.append(bytes.count)
    }
  }

  var count: Int { ends.count - 1 }

  /// Where a text stands in `bytes`.
  func range(_ position: Int) -> Range<Int> { ends[position]..<ends[position + 1] }

  /// Whether the text at that position is this one.
  func isText(_ position: Int, _ text: Span<UInt8>) -> Bool {
    areEqual(bytes.span.extracting(range(position)), text)
  }

  /// Whether a sorted list (bytes) has the text.
  func hasSorted(_ text: Span<UInt8>) -> Bool {
    let bytes = bytes.span
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let order = compared(bytes.extracting(range(middle)), text)
      if order == 0 { return true }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

/// Whether two spans hold the same bytes.
func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  var start = 0
  while start < left.count {
    guard word(of: left, from: start) == word(of: right, from: start) else { return false }
    start &+= 8
  }
  return true
}

/// The first eight bytes of a part of a text as one number, or fewer and zeros behind them.
@inline(__always)
func firstWord(of text: Span<UInt8>, _ part: Range<Int>) -> UInt64 {
  guard part.lowerBound <= text.count &- 8 else { return word(of: text.extracting(part), from: 0) }
  let all = loaded(UInt64.self, from: text, at: part.lowerBound)
  return part.count < 8 ? all & ~(UInt64.max << UInt64(part.count &* 8)) : all
}

/// Eight bytes of a text as one number, or fewer at its end and zeros behind them.
@inline(__always)
func word(of text: Span<UInt8>, from start: Int) -> UInt64 {
  if start <= text.count &- 8 { return loaded(UInt64.self, from: text, at: start) }
  return lastWord(of: text, from: start)
}

/// The same where fewer than eight bytes are left: of parts that overlap, as all of the text may be as short.
private func lastWord(of text: Span<UInt8>, from start: Int) -> UInt64 {
  let end = text.count
  let rest = end &- start
  if end >= 8 { return loaded(UInt64.self, from: text, at: end &- 8) >> UInt64((8 &- rest) &* 8) }
  if rest >= 4 { return joined(UInt32.self, text, start..<end) }
  if rest >= 2 { return joined(UInt16.self, text, start..<end) }
  return rest == 1 ? UInt64(text[start]) : 0
}

/// A range of at least so many bytes as the word has, and at most twice as many.
@inline(__always)
private func joined<Word: FixedWidthInteger & BitwiseCopyable>(
  _ word: Word.Type, _ text: Span<UInt8>, _ range: Range<Int>
) -> UInt64 {
  let size = MemoryLayout<Word>.size
  let last = UInt64(loaded(word, from: text, at: range.upperBound &- size))
  return UInt64(loaded(word, from: text, at: range.lowerBound)) | last << UInt64((range.count &- size) &* 8)
}

/// The first byte in the lowest place. The caller has compared the place with the count.
@inline(__always)
private func loaded<Word: FixedWidthInteger & BitwiseCopyable>(
  _ word: Word.Type, from text: Span<UInt8>, at start: Int
) -> Word {
  Word(littleEndian: unsafe text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: word))
}

/// Byte order: negative, zero or positive.
func compared(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
  for index in 0..<min(left.count, right.count) where left[index] != right[index] {
    return Int(left[index]) - Int(right[index])
  }
  return left.count - right.count
}
