extension JSONDocument {
  /// Reads JSON strictly (RFC 8259): any text with two readings is refused, duplicate names among them.
  package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var grammar = JSONGrammar(sink: TreeSink(textSize: bytes.count), limits: limits)
    try grammar.run(bytes.span, limits: limits)
    let decoded = grammar.sink.decoded
    self.init(
      storage: decoded.isEmpty ? bytes : bytes + decoded, nodes: grammar.sink.nodes,
      doubtfulObjects: grammar.sink.doubtfulObjects)
  }
}

/// Makes nodes of tokens; strings without escapes stay where they are in the text.
private struct TreeSink: JSONTokenSink {
  var nodes: [JSONDocument.Node] = []
  /// What strings with escapes say; its offsets count from the end of the text.
  var decoded: [UInt8] = []
  private(set) var doubtfulObjects: [Int] = []
  private let textSize: Int
  private var open: [Int] = []
  private var names: [DuplicateNames.Entry] = []

  init(textSize: Int) {
    self.textSize = textSize
    nodes.reserveCapacity(min(textSize / 12, 1 << 16) + 1)
  }

  mutating func open(_ kind: JSONDocument.Node.Kind, at start: Int) {
    count()
    open.append(nodes.count)
    nodes.append(node(kind, start..<start, start..<start))
  }

  mutating func close(at end: Int, in bytes: Span<UInt8>) throws(JSONError) {
    guard let index = open.popLast() else { preconditionFailure("the grammar closes only what it opened") }
    nodes[index].end = UInt32(truncatingIfNeeded: end)
    nodes[index].next = UInt32(truncatingIfNeeded: nodes.count)
    guard nodes[index].kind == .object else { return }
    if nodes[index].count > 1 { try refuseDuplicates(in: index, bytes) }
  }

  mutating func name(_ place: Range<Int>, traits: StringTraits, in bytes: Span<UInt8>) {
    nodes.append(node(.string, place, content(ofString: place, traits, bytes)))
  }

  mutating func scalar(
    _ kind: JSONDocument.Node.Kind, place: Range<Int>, traits: StringTraits, in bytes: Span<UInt8>
  ) {
    count()
    let content =
      switch kind {
      case .string: content(ofString: place, traits, bytes)
      case .number: place
      default: place.lowerBound..<place.lowerBound
      }
    nodes.append(node(kind, place, content))
  }

  mutating func lineBreak(at index: Int) {}

  /// One more value in the innermost container.
  @inline(__always)
  private mutating func count() {
    if let parent = open.last { nodes[parent].count &+= 1 }
  }

  @inline(__always)
  private func node(
    _ kind: JSONDocument.Node.Kind, _ place: Range<Int>, _ content: Range<Int>
  ) -> JSONDocument.Node {
    JSONDocument.Node(
      kind: kind, start: UInt32(truncatingIfNeeded: place.lowerBound),
      end: UInt32(truncatingIfNeeded: place.upperBound),
      contentStart: UInt32(truncatingIfNeeded: content.lowerBound),
      contentEnd: UInt32(truncatingIfNeeded: content.upperBound), count: 0,
      next: UInt32(truncatingIfNeeded: nodes.count &+ 1))
  }

  @inline(__always)
  private mutating func content(
    ofString place: Range<Int>, _ traits: StringTraits, _ bytes: Span<UInt8>
  ) -> Range<Int> {
    let inside = place.lowerBound &+ 1..<place.upperBound &- 1
    guard traits.contains(.escaped) else { return inside }
    let start = textSize + decoded.count
    appendDecoded(bytes, inside, to: &decoded)
    return start..<textSize + decoded.count
  }

  private mutating func refuseDuplicates(in object: Int, _ bytes: Span<UInt8>) throws(JSONError) {
    if areSurelyDistinct(object, bytes) { return }
    doubtfulObjects.append(object)
    let isDecoded = try collectNames(of: object, bytes)
    let found =
      isDecoded
      ? findAmongDecoded(object, bytes) : DuplicateNames.find(among: &names, in: bytes)
    guard let found else { return }
    let first = nodes[found.first.index]
    let second = nodes[found.second.index]
    throw JSONError(
      .duplicateName, at: Int(second.start),
      "this member's name is that of the member at byte \(first.start); every name stands once in an object")
  }

  /// Tells few names of plain ASCII apart, by hashes that are the same where they are equal but for case.
  private func areSurelyDistinct(_ object: Int, _ bytes: Span<UInt8>) -> Bool {
    let nodes = nodes.span
    let count = Int(nodes[object].count)
    var hashes = InlineArray<24, UInt64>(repeating: 0)
    guard count <= hashes.count else { return false }
    var name = object + 1
    for position in 0..<count {
      let range = Int(nodes[name].contentStart)..<Int(nodes[name].contentEnd)
      guard range.upperBound <= textSize, let hash = foldedHash(bytes, range) else { return false }
      for other in 0..<position where hashes[other] == hash { return false }
      hashes[position] = hash
      name = Int(nodes[name + 1].next)
    }
    return true
  }

  /// Fills `names`; says whether one of them stands in `decoded`.
  private mutating func collectNames(of object: Int, _ bytes: Span<UInt8>) throws(JSONError) -> Bool {
    names.removeAll(keepingCapacity: true)
    var index = object + 1
    var isDecoded = false
    for _ in 0..<nodes[object].count {
      let range = Int(nodes[index].contentStart)..<Int(nodes[index].contentEnd)
      if range.upperBound > textSize {
        isDecoded = true
        names.append(DuplicateNames.Entry(range: range, word: 0, index: index))
      } else {
        names.append(DuplicateNames.Entry(range: range, word: leadingWord(bytes, range), index: index))
      }
      index = Int(nodes[index + 1].next)
    }
    return isDecoded
  }

  /// Compares copies, side by side in one buffer: names with escapes are rare.
  private func findAmongDecoded(
    _ object: Int, _ bytes: Span<UInt8>
  ) -> (first: DuplicateNames.Entry, second: DuplicateNames.Entry)? {
    var copies: [UInt8] = []
    var entries: [DuplicateNames.Entry] = []
    for name in names {
      let start = copies.count
      if name.range.upperBound > textSize {
        copies.append(contentsOf: decoded[name.range.lowerBound - textSize..<name.range.upperBound - textSize])
      } else {
        for offset in name.range { copies.append(bytes[offset]) }
      }
      entries.append(DuplicateNames.Entry(range: start..<copies.count, word: 0, index: name.index))
    }
    for index in entries.indices { entries[index].word = leadingWord(copies.span, entries[index].range) }
    return DuplicateNames.find(among: &entries, in: copies.span)
  }
}

/// The same for a capital and its small letter, eight bytes at a time; nil of what is not ASCII.
private func foldedHash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
  var hash = UInt64(truncatingIfNeeded: range.count)
  var seen: UInt64 = 0
  var start = range.lowerBound
  while start < range.upperBound {
    let word = leadingWord(bytes, start..<range.upperBound)
    seen |= word
    hash = (hash << 23 | hash >> 41) ^ (word | 0x2020_2020_2020_2020)
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    start &+= 8
  }
  return seen & 0x8080_8080_8080_8080 == 0 ? hash : nil
}
