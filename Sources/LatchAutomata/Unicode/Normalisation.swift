/// Canonical decomposition and composition (Unicode Standard Annex 15).
enum Normalisation {
  /// The text in normalisation form C.
  static func nfc(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    isSurelyNFC(scalars) ? scalars : composed(ordered(decomposed(scalars)))
  }

  /// Whether no scalar of it can be touched; false does not say that one is.
  static func isSurelyNFC(_ scalars: [Unicode.Scalar]) -> Bool {
    scalars.allSatisfy { scalar in
      guard scalar.value >= 0x300 else { return true }
      // Borders alternate: an odd number of them lies at or below a member.
      return StaticTable.nfcBorders.record(atOrBelow: scalar.value).map { $0 % 2 == 1 } ?? true
    }
  }

  static func decomposed(_ scalars: [Unicode.Scalar]) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(scalars.count)
    for scalar in scalars {
      let value = scalar.value
      if value < 0xC0 {
        result.append(value)
      } else if Hangul.syllables.contains(value) {
        result += Hangul.decomposed(value)
      } else if let record = StaticTable.decompositions.record(of: value) {
        let start = StaticTable.decompositions.number(record, from: 4, digits: 3)
        let length = StaticTable.decompositions.number(record, from: 7, digits: 1)
        result += (start..<start + length).map { UInt32(StaticTable.decompositionPool.key($0)) }
      } else {
        result.append(value)
      }
    }
    return result
  }

  /// Marks sorted by their class, those of one class as they stood.
  static func ordered(_ points: [UInt32]) -> [UInt32] {
    let classes = points.map(UnicodeTables.combiningClass(of:))
    var result = points
    var index = 0
    while index < points.count {
      let end = classes[index...].firstIndex(of: 0) ?? points.count
      if end - index > 1 {
        let sorted = (index..<end).sorted { (classes[$0], $0) < (classes[$1], $1) }
        result.replaceSubrange(index..<end, with: sorted.map { points[$0] })
      }
      index = end + 1
    }
    return result
  }

  private static func composed(_ points: [UInt32]) -> [Unicode.Scalar] {
    var result: [UInt32] = []
    var starter: Int?
    var lastClass = -1
    for point in points {
      let pointClass = UnicodeTables.combiningClass(of: point)
      if let starter, lastClass < pointClass, let composite = composite(result[starter], point) {
        result[starter] = composite
        continue
      }
      if pointClass == 0 { starter = result.count }
      lastClass = pointClass == 0 ? -1 : pointClass
      result.append(point)
    }
    return result.compactMap(Unicode.Scalar.init)
  }

  private static func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if let syllable = Hangul.composed(first, second) { return syllable }
    let table = StaticTable.compositions
    guard var record = table.record(atOrBelow: first) else { return nil }
    while record >= 0, table.key(record) == first {
      if table.number(record, from: 4, digits: 4) == second { return UInt32(table.number(record, from: 8, digits: 4)) }
      record -= 1
    }
    return nil
  }
}

/// The syllables that are composed by arithmetic (The Unicode Standard, 3.12).
private enum Hangul {
  static let syllables = UInt32(0xAC00)...0xD7A3

  static func decomposed(_ syllable: UInt32) -> [UInt32] {
    let index = syllable - 0xAC00
    let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
    return index % 28 == 0 ? letters : letters + [0x11A7 + index % 28]
  }

  static func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
    switch (first, second) {
    case (0x1100...0x1112, 0x1161...0x1175): 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    case (syllables, 0x11A8...0x11C2) where (first - 0xAC00) % 28 == 0: first + second - 0x11A7
    default: nil
    }
  }
}
