/// A set of code points as sorted ranges that neither touch nor overlap.
///
/// Surrogates can be members, since ECMA-262 can name them; no UTF-8 text holds one.
struct ScalarSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  static let none = ScalarSet(sorted: [])
  static let all = ScalarSet(sorted: [0...0x10FFFF])
  /// What UTF-8 can carry.
  static let text = ScalarSet(sorted: [0...0xD7FF, 0xE000...0x10FFFF])

  private init(sorted ranges: [ClosedRange<UInt32>]) {
    self.ranges = ranges
  }

  init(_ members: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in members.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.init(sorted: merged)
  }

  init(_ member: UInt32) {
    self.init(sorted: [member...member])
  }

  init(_ scalar: Unicode.Scalar) {
    self.init(scalar.value)
  }

  /// The set of the given ASCII characters, two of them a range: `"azAZ"` is the letters.
  init(asciiPairs pairs: StaticString) {
    let ends = String(describing: pairs).unicodeScalars.map(\.value)
    self.init(stride(from: 0, to: ends.count - 1, by: 2).map { ends[$0]...ends[$0 + 1] })
  }

  var isEmpty: Bool { ranges.isEmpty }

  func contains(_ member: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < member { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= member
  }

  func union(_ other: ScalarSet) -> ScalarSet {
    ScalarSet(ranges + other.ranges)
  }

  var complement: ScalarSet {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
    return ScalarSet(sorted: gaps)
  }

  func intersection(_ other: ScalarSet) -> ScalarSet {
    var common: [ClosedRange<UInt32>] = []
    var mine = 0
    var theirs = 0
    while mine < ranges.count, theirs < other.ranges.count {
      let low = max(ranges[mine].lowerBound, other.ranges[theirs].lowerBound)
      let high = min(ranges[mine].upperBound, other.ranges[theirs].upperBound)
      if low <= high { common.append(low...high) }
      if ranges[mine].upperBound < other.ranges[theirs].upperBound { mine += 1 } else { theirs += 1 }
    }
    return ScalarSet(sorted: common)
  }

  func subtracting(_ other: ScalarSet) -> ScalarSet {
    intersection(other.complement)
  }
}
