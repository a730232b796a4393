/// The places at which a counting step was entered, as runs: what it has counted is how far they lie behind.
struct CountSet: Sendable {
  private var runs: [ClosedRange<Int>] = []
  /// How many runs at the front have been left behind.
  private var gone = 0

  var isEmpty: Bool { gone == runs.count }
  var runCount: Int { runs.count - gone }

  mutating func enter(at place: Int) {
    if let last = runs.last, !isEmpty, last.upperBound >= place - 1 {
      runs[runs.count - 1] = last.lowerBound...place
    } else {
      runs.append(place...place)
    }
  }

  /// Forgets the places before one.
  mutating func drop(before place: Int) {
    while gone < runs.count, runs[gone].upperBound < place { gone += 1 }
    if gone < runs.count, runs[gone].lowerBound < place { runs[gone] = place...runs[gone].upperBound }
    if gone > 64, gone * 2 > runs.count {
      runs.removeFirst(gone)
      gone = 0
    }
  }

  /// Whether one of the places is not after this one.
  func has(atOrBefore place: Int) -> Bool {
    !isEmpty && runs[gone].lowerBound <= place
  }

  mutating func removeAll() {
    runs.removeAll(keepingCapacity: true)
    gone = 0
  }
}
