extension ScalarSet {
  /// Itself and whatever is equal to a member after simple case folding.
  var closedUnderFolding: ScalarSet {
    let count = ranges.reduce(0) { $0 + $1.count }
    if count <= 64 {
      return ScalarSet(ranges.flatMap { $0.flatMap { FoldingPairs.alike($0) } }.map { $0...$0 })
    }
    let folded = union(ScalarSet(FoldingPairs.all.filter { contains($0.point) }.map { $0.folded...$0.folded }))
    return folded.union(ScalarSet(FoldingPairs.all.filter { folded.contains($0.folded) }.map { $0.point...$0.point }))
  }
}

/// The code points that case folding changes, in the order of what they become.
private enum FoldingPairs {
  static let all: [(folded: UInt32, point: UInt32)] = {
    let table = StaticTable.caseFolding
    let pairs = (0..<table.count).map { record in
      (folded: UInt32(table.number(record, from: 4, digits: 4)), point: UInt32(table.key(record)))
    }
    return pairs.sorted { ($0.folded, $0.point) < ($1.folded, $1.point) }
  }()

  /// All code points that fold to what this one folds to.
  static func alike(_ point: UInt32) -> [UInt32] {
    let folded = simpleCaseFold(point)
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].folded < folded { low = middle + 1 } else { high = middle }
    }
    return [folded] + all[low...].prefix { $0.folded == folded }.map(\.point)
  }
}
