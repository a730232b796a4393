import LatchAutomata
import LatchJSON

extension Arguments {
  /// The first object member that some reader may take for another of the same object: names that are equal after NFC
  /// and case folding.
  ///
  /// Servers differ in which of the two they see, so a call that has them says two things at once.
  func collidingName() -> String? {
    let nodes = document.nodes
    for index in root..<range.upperBound where document.isObject(index) && nodes[index].count > 1 {
      if let name = collidingName(in: index) { return document.string(name) }
    }
    return nil
  }

  private func collidingName(in object: Int) -> Int? { areSurelyDistinct(object) ? nil : foldedAndSorted(object) }

  /// Tells few names of ASCII apart where they stand, by hashes that are the same where they are equal but for case.
  private func areSurelyDistinct(_ object: Int) -> Bool {
    let nodes = document.nodes.span
    let storage = document.storage.span
    let count = Int(nodes[object].count)
    var hashes = InlineArray<24, UInt64>(repeating: 0)
    guard count <= hashes.count else { return false }
    var name = object + 1
    for position in 0..<count {
      guard
        let hash = foldedHash(storage.extracting(Int(nodes[name].contentStart)..<Int(nodes[name].contentEnd)))
      else { return false }
      for other in 0..<position where hashes[other] == hash { return false }
      hashes[position] = hash
      name = Int(nodes[name + 1].next)
    }
    return true
  }

  private func foldedAndSorted(_ object: Int) -> Int? {
    let names = document.children(of: object).map { (folded: foldedForComparison(document.content($0)), index: $0) }
      .sorted { $0.folded.lexicographicallyPrecedes($1.folded) }
    return zip(names, names.dropFirst()).first { $0.folded == $1.folded }?.1.index
  }
}

/// The same for a capital and its small letter, eight bytes at a time; nil of what is not ASCII. Names of one hash are
/// compared as they are.
private func foldedHash(_ text: Span<UInt8>) -> UInt64? {
  var hash = UInt64(truncatingIfNeeded: text.count)
  var seen: UInt64 = 0
  var start = 0
  while start < text.count {
    let word = word(of: text, from: start)
    seen |= word
    hash = (hash << 23 | hash >> 41) ^ (word | 0x2020_2020_2020_2020)
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    start &+= 8
  }
  return seen & 0x8080_8080_8080_8080 == 0 ? hash : nil
}

/// An ASCII letter as its small form, any other byte as it is.
func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
