/// Finds a name among many by its bytes, without an allocation.
struct NameTable: Sendable {
  private let names: TextList
  /// Positions in `names`, -1 where nothing is; as many as a power of two, at most half full.
  private var slots: [Int32] = []

  init(_ names: [String]) {
    let texts = names.map { Array($0.utf8) }
    self.names = TextList(texts)
    var capacity = 4
    while capacity < 2 * names.count { capacity *= 2 }
    slots = [Int32](repeating: -1, count: capacity)
    for (position, name) in texts.enumerated() {
      var slot = Self.hash(name.span) & (capacity - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = Int32(position)
    }
  }

  /// The position of a name in the list that the table was made of.
  func position(of name: Span<UInt8>) -> Int? {
    var slot = Self.hash(name) & (slots.count - 1)
    while slots[slot] >= 0 {
      if names.isText(Int(slots[slot]), name) { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  func position(of name: String) -> Int? { position(of: name.utf8.span) }

  /// Names come from the lock, so nobody gains by making them meet.
  private static func hash(_ bytes: Span<UInt8>) -> Int {
    var hash = UInt64(truncatingIfNeeded: bytes.count)
    var start = 0
    while start < bytes.count {
      hash = (hash ^ word(of: bytes, from: start)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      start &+= 8
    }
    return Int(truncatingIfNeeded: hash) & Int.max
  }
}
