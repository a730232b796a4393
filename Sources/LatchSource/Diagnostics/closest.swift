/// The name that was probably meant: nearest by edits (insert, drop, change, swap of two neighbours), if near enough.
///
/// Letters' case costs nothing between ASCII letters, so `Allow` finds `allow`. A third of the letters may be wrong, at
/// least one, never all. Equal distances go to the name first in byte order; very long names are not compared.
package func closest(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = folded(name)
  guard (1...longestCompared).contains(wanted.count) else { return nil }
  let limit = min(max(1, wanted.count / 3), wanted.count - 1)
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    guard let distance = editDistance(wanted, folded(candidate), limit: min(limit, best?.distance ?? limit)) else {
      continue
    }
    if let found = best, found.distance == distance, !candidate.utf8.lexicographicallyPrecedes(found.name.utf8) {
      continue
    }
    best = (distance, candidate)
  }
  return best?.name
}

private let longestCompared = 128

private func folded(_ name: String) -> [UInt32] {
  name.unicodeScalars.prefix(longestCompared + 1).map { scalar in
    ("A"..."Z").contains(scalar) ? scalar.value + 32 : scalar.value
  }
}

/// The distance, or nil if it is over the limit. Three rows are enough: two neighbours swapped look back two.
private func editDistance(_ left: [UInt32], _ right: [UInt32], limit: Int) -> Int? {
  guard right.count <= longestCompared, abs(left.count - right.count) <= limit else { return nil }
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (row, letter) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count] <= limit ? last[right.count] : nil
}
