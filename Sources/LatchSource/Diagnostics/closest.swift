/// The name that was probably meant: nearest by edits (insert, drop, change, swap of two neighbours), if near enough.
///
/// Letters' case costs nothing between ASCII letters, so `Allow` finds `allow`. A third of the letters may be wrong, at
/// least one, never all. Equal distances go to the name first in byte order; very long names are not compared.
package func closest(to name: String, among candidates: some Sequence<String>) -> String? {
  var guesses = Guesses(steps: .max)
  return guesses.closest(to: name, among: candidates)
}

/// Finds what was meant by many names. Each is compared with all that there are, so that many mistakes in a project of
/// many names would take hours: the steps are counted for all of them together.
package struct Guesses: Sendable {
  private var left: Int

  /// Far more than any project needs in which something is to be mended, and few enough to be waited for.
  package init(steps: Int = 300_000_000) { left = steps }

  /// Whether there is no guessing any more.
  package var isSpent: Bool { left <= 0 }

  /// Counts steps that somebody else makes for a message.
  package mutating func spend(_ steps: Int) { left -= min(left, steps) }

  /// The name that was probably meant, as the function of this name finds it; nil once the steps are spent.
  package mutating func closest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(name)
    guard (1...longestCompared).contains(wanted.count) else { return nil }
    let limit = min(max(1, wanted.count / 3), wanted.count - 1)
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      guard !isSpent else { return nil }
      spend(1)
      guard mayBeNear(candidate, wanted.count, limit: limit) else { continue }
      guard let distance = distance(wanted, folded(candidate), limit: min(limit, best?.distance ?? limit)) else {
        continue
      }
      if let found = best, found.distance == distance, !candidate.utf8.lexicographicallyPrecedes(found.name.utf8) {
        continue
      }
      best = (distance, candidate)
    }
    return best?.name
  }

  private mutating func distance(_ left: [UInt32], _ right: [UInt32], limit: Int) -> Int? {
    guard right.count <= longestCompared, abs(left.count - right.count) <= limit else { return nil }
    let (distance, rows) = editDistance(left, right, limit: limit)
    spend((rows + 1) * (right.count + 1))
    return distance
  }
}

private let longestCompared = 128

/// Whether a name can have as many letters as it must, going by its bytes: a letter has one to four.
private func mayBeNear(_ candidate: String, _ wanted: Int, limit: Int) -> Bool {
  (wanted - limit...4 * (wanted + limit)).contains(candidate.utf8.count)
}

private func folded(_ name: String) -> [UInt32] {
  name.unicodeScalars.prefix(longestCompared + 1).map { scalar in
    ("A"..."Z").contains(scalar) ? scalar.value + 32 : scalar.value
  }
}

/// The distance, or nil if it is over the limit, and how many rows it took. Three rows are kept: two neighbours swapped
/// look back two. No row has less than the least of those before it, so that one over the limit is the last.
private func editDistance(_ left: [UInt32], _ right: [UInt32], limit: Int) -> (distance: Int?, rows: Int) {
  var beforeLast = Array(repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  var current = beforeLast
  for (row, letter) in left.enumerated() {
    current[0] = row + 1
    var least = row + 1
    for (column, other) in right.enumerated() {
      var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current[column + 1] = cost
      least = min(least, cost)
    }
    if least > limit { return (nil, row + 1) }
    swap(&beforeLast, &last)
    swap(&last, &current)
  }
  return (last[right.count] <= limit ? last[right.count] : nil, left.count)
}
