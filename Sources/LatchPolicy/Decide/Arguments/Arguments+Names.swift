import LatchAutomata
import LatchJSON

extension Arguments {
  /// The first object member that some reader may take for another of the same object: names that are equal after NFC
  /// and case folding.
  ///
  /// Servers differ in which of the two they see, so a call that has them says two things at once.
  func collidingName() -> String? {
    let nodes = document.nodes
    for index in root..<range.upperBound where nodes[index].kind == .object && nodes[index].count > 1 {
      if let name = collidingName(in: index) { return document.string(name) }
    }
    return nil
  }

  private func collidingName(in object: Int) -> Int? {
    if Int(document.nodes[object].count) <= Self.fewNames {
      switch comparedPairwise(object) {
      case .distinct: return nil
      case .same(let name): return name
      case .beyondASCII: break
      }
    }
    return foldedAndSorted(object)
  }

  /// Up to so many names it is faster to compare each with each than to fold and sort them.
  private static let fewNames = 24

  private enum Comparison { case distinct, same(Int), beyondASCII }

  /// Compares names of ASCII where they stand.
  private func comparedPairwise(_ object: Int) -> Comparison {
    let nodes = document.nodes.span
    let storage = document.storage.span
    var index = object + 1
    for position in 0..<Int(nodes[object].count) {
      let name = Int(nodes[index].contentStart)..<Int(nodes[index].contentEnd)
      for byte in name where storage[byte] >= 0x80 { return .beyondASCII }
      var other = object + 1
      for _ in 0..<position {
        let range = Int(nodes[other].contentStart)..<Int(nodes[other].contentEnd)
        if range.count == name.count, isSameFolded(storage.extracting(range), storage.extracting(name)) {
          return .same(index)
        }
        other = Int(nodes[other + 1].next)
      }
      index = Int(nodes[index + 1].next)
    }
    return .distinct
  }

  private func foldedAndSorted(_ object: Int) -> Int? {
    let names = document.children(of: object).map { (folded: foldedForComparison(document.content($0)), index: $0) }
      .sorted { $0.folded.lexicographicallyPrecedes($1.folded) }
    return zip(names, names.dropFirst()).first { $0.folded == $1.folded }?.1.index
  }
}

/// Whether two texts of ASCII and the same length are the same but for case.
private func isSameFolded(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  for index in left.indices where lowercased(left[index]) != lowercased(right[index]) { return false }
  return true
}

/// An ASCII letter as its small form, any other byte as it is.
func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
