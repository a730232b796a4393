/// Finds two equal names among many without ever comparing all with all.
enum DuplicateNames {
  /// A name by its place and its first bytes, which most comparisons need not look behind.
  struct Entry {
    var range: Range<Int>
    var word: UInt64
    var index: Int
  }

  /// Up to this many names, comparing each with each is the fastest, however hostile they are.
  static let few = 16

  /// The first two of `entries`, in the order of the text, whose bytes are equal.
  static func find(among entries: inout [Entry], in bytes: Span<UInt8>) -> (first: Entry, second: Entry)? {
    if entries.count <= few { return findPairwise(entries, in: bytes) }
    // Sorting has no bad case that someone could provoke, as a hash table has.
    entries.sort { precedes($0, $1, bytes) }
    var found: (first: Entry, second: Entry)?
    for index in entries.indices.dropFirst() where areEqual(entries[index - 1], entries[index], bytes) {
      if let best = found, best.second.index < entries[index].index { continue }
      found = (entries[index - 1], entries[index])
    }
    return found
  }

  private static func findPairwise(_ entries: [Entry], in bytes: Span<UInt8>) -> (first: Entry, second: Entry)? {
    for later in entries.indices.dropFirst() {
      for earlier in 0..<later where areEqual(entries[earlier], entries[later], bytes) {
        return (entries[earlier], entries[later])
      }
    }
    return nil
  }

  private static func areEqual(_ left: Entry, _ right: Entry, _ bytes: Span<UInt8>) -> Bool {
    guard left.word == right.word, left.range.count == right.range.count else { return false }
    return left.range.count <= 8 || compare(left, right, bytes) == 0
  }

  private static func precedes(_ left: Entry, _ right: Entry, _ bytes: Span<UInt8>) -> Bool {
    if left.word != right.word { return left.word < right.word }
    let order = compare(left, right, bytes)
    return order == 0 ? left.index < right.index : order < 0
  }

  private static func compare(_ left: Entry, _ right: Entry, _ bytes: Span<UInt8>) -> Int {
    for offset in 0..<min(left.range.count, right.range.count) {
      let first = bytes[left.range.lowerBound &+ offset]
      let second = bytes[right.range.lowerBound &+ offset]
      if first != second { return first < second ? -1 : 1 }
    }
    return left.range.count - right.range.count
  }
}
