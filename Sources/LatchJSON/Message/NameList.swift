/// The names of an object's members in a message: the first few in place, more in an array.
package struct NameList: Sendable {
  /// A name's place, quotes included.
  struct Name: Sendable {
    var start: UInt32
    var end: UInt32
    var isEscaped: Bool
    /// The first bytes, letters made lower-case (and some other bytes merged); equal names have equal words.
    var word: UInt64

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  static let fewest = 8

  package private(set) var count = 0
  /// Whether a name holds a character that is not ASCII, however it is written.
  package private(set) var hasNonASCII = false
  private(set) var hasEscapes = false
  private var few = InlineArray<8, Name>(repeating: Name(start: 0, end: 0, isEscaped: false, word: 0))
  private var more: [Name] = []

  /// Where a name stands, quotes included.
  package func range(_ index: Int) -> Range<Int> { name(index).range }

  /// What a name says.
  package func content(_ index: Int, in line: Span<UInt8>) -> [UInt8] {
    decodedName(range(index), isEscaped: name(index).isEscaped, in: line)
  }

  package func content(_ index: Int, in line: [UInt8]) -> [UInt8] { content(index, in: line.span) }

  func name(_ index: Int) -> Name { index < Self.fewest ? few[index] : more[index - Self.fewest] }

  mutating func append(_ range: Range<Int>, traits: StringTraits, in bytes: Span<UInt8>) {
    let inside = range.lowerBound + 1..<range.upperBound - 1
    let name = Name(
      start: UInt32(range.lowerBound), end: UInt32(range.upperBound), isEscaped: traits.contains(.escaped),
      word: leadingWord(bytes, inside) | 0x2020_2020_2020_2020)
    if count < Self.fewest { few[count] = name } else { more.append(name) }
    count += 1
    if traits.contains(.escaped) { hasEscapes = true }
    if traits.contains(.notASCII) { hasNonASCII = true }
  }
}

extension NameList {
  /// The first two names that are equal but for the case of ASCII letters.
  func collision(in line: Span<UInt8>) -> (first: Range<Int>, second: Range<Int>, isExact: Bool)? {
    guard count > 1 else { return nil }
    guard let (first, second) = hasEscapes || count > Self.fewest ? sortedPair(line) : closePair(line) else {
      return nil
    }
    let isExact = content(first, in: line) == content(second, in: line)
    return (range(first), range(second), isExact)
  }

  /// Compares each with each, where they are few and stand as they are.
  private func closePair(_ line: Span<UInt8>) -> (Int, Int)? {
    for later in 1..<count {
      for earlier in 0..<later where areEqual(few[earlier], few[later], line) { return (earlier, later) }
    }
    return nil
  }

  @inline(__always)
  private func areEqual(_ left: Name, _ right: Name, _ line: Span<UInt8>) -> Bool {
    guard left.word == right.word, left.end - left.start == right.end - right.start else { return false }
    return left.range.indices.allSatisfy { index in
      lowercased(line[index]) == lowercased(line[right.range.lowerBound + index - left.range.lowerBound])
    }
  }

  private func sortedPair(_ line: Span<UInt8>) -> (Int, Int)? {
    var copies: [UInt8] = []
    var entries: [DuplicateNames.Entry] = []
    for index in 0..<count {
      let start = copies.count
      copies.append(contentsOf: content(index, in: line).lazy.map(lowercased))
      entries.append(DuplicateNames.Entry(range: start..<copies.count, word: 0, index: index))
    }
    for index in entries.indices { entries[index].word = leadingWord(copies.span, entries[index].range) }
    return DuplicateNames.find(among: &entries, in: copies.span).map { ($0.first.index, $0.second.index) }
  }
}

private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
