import LatchAutomata
import LatchJSON

extension Arguments {
  /// The first object member that some reader may take for another of the same object: names that are equal after NFC and case
  /// folding.
  ///
  /// Servers differ in which of the two they see, so a call that has them says two things at once.
  func collidingName() -> String? {
    guard let doubtful = document.doubtfulObjects else { return firstCollidingName(among: root..<range.upperBound) }
    // They stand in the order in which they end; what is said is of the first that begins.
    return doubtful.isEmpty
      ? nil : firstCollidingName(among: doubtful.filter { $0 == root || range.contains($0) }.sorted())
  }

  private func firstCollidingName(among nodes: some Sequence<Int>) -> String? {
    for index in nodes where document.isObject(index) && document.nodes[index].count > 1 {
      if let name = collidingName(in: index) { return document.string(name) }
    }
    return nil
  }

  private func collidingName(in object: Int) -> Int? {
    let names = document.children(of: object).map { (folded: foldedForComparison(document.content($0)), index: $0) }
      .sorted { $0.folded.lexicographicallyPrecedes($1.folded) }
    return zip(names, names.dropFirst()).first { $0.folded == $1.folded }?.1.index
  }
}

/// An ASCII letter as its small form, any other byte as it is.
func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
