extension TreeBuilder {
  /// Finds a key that is not text, and takes it for the text that is written.
  mutating func checkKey(_ record: inout YAMLTree.Record, _ value: Swift.Span<UInt8>) {
    if record.style == .plain, record.kind == .string, value.count == 2, isWord(value, "<<") {
      record.isMerge = true
      needsTidying = true
    }
    guard record.kind != .string else { return }
    let place = place(of: record)
    found.append(place.isEmpty ? .missingKey(at: place) : .keyIsNotText(source[place], record.kind, at: place))
    record.kind = .string
    record.isDropped = place.isEmpty
    needsTidying = needsTidying || place.isEmpty
  }

  /// Finds an alias in a key's place that does not name text.
  mutating func checkAliasedKey(at index: Int, _ place: Span) {
    guard records[index].kind != .string else { return }
    records[index].isDropped = true
    needsTidying = true
    found.append(.collectionAsKey(at: place))
  }

  /// Finds keys that a mapping has twice, in time linear in the mapping.
  mutating func checkKeys(of mapping: Int) {
    let count = Int(records[mapping].count)
    guard count > 1 else { return }
    if count <= 8 { checkFewKeys(of: mapping) } else { checkManyKeys(of: mapping, count) }
  }

  private mutating func checkFewKeys(of mapping: Int) {
    var key = mapping + 1
    while key < records.count {
      var earlier = mapping + 1
      while earlier < key, !isSameKey(earlier, key) { earlier = nextKey(after: earlier) }
      if earlier < key { reportDuplicate(key, of: earlier) }
      key = nextKey(after: key)
    }
  }

  private mutating func checkManyKeys(of mapping: Int, _ count: Int) {
    var slots = 16
    while slots < count * 2 { slots *= 2 }
    var table = [Int32](repeating: -1, count: slots)
    var key = mapping + 1
    while key < records.count {
      defer { key = nextKey(after: key) }
      // No other key is the same as one that is left out, and those that are no text would all have one hash.
      if records[key].isDropped { continue }
      var slot = hash(key) & (slots - 1)
      while table[slot] >= 0, !isSameKey(Int(table[slot]), key) { slot = (slot + 1) & (slots - 1) }
      if table[slot] >= 0 { reportDuplicate(key, of: Int(table[slot])) } else { table[slot] = Int32(key) }
    }
  }

  private func nextKey(after key: Int) -> Int { Int(records[Int(records[key].next)].next) }

  private func isSameKey(_ one: Int, _ other: Int) -> Bool {
    let (one, other) = (records[one], records[other])
    return one.contentEnd - one.contentStart == other.contentEnd - other.contentStart
      && !one.isDropped && !other.isDropped && bytes(of: one).elementsEqual(bytes(of: other))
  }

  /// Seeded anew by every process, so that nobody can write keys that collide.
  private func hash(_ key: Int) -> Int {
    var hasher = Hasher()
    var word: UInt64 = 0
    var filled = 0
    for byte in bytes(of: records[key]) {
      word = word << 8 | UInt64(byte)
      filled += 1
      if filled.isMultiple(of: 8) { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(filled)
    return hasher.finalize()
  }

  private mutating func reportDuplicate(_ key: Int, of first: Int) {
    let (place, earlier) = (usedPlace(of: key), usedPlace(of: first))
    found.append(.duplicateKey(text(of: records[key]), at: place, first: earlier))
    records[key].isDropped = true
    needsTidying = true
  }

  private func usedPlace(of index: Int) -> Span { aliases[index] ?? place(of: records[index]) }
}
