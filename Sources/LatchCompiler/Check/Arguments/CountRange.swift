import LatchJSON

/// How long a text is, or how many elements or members there are.
struct CountRange: Sendable, Equatable {
  var least: Int
  var greatest: Int

  static let all = CountRange()

  init(least: Int? = nil, greatest: Int? = nil) {
    self.least = max(0, least ?? 0)
    self.greatest = greatest ?? .max
  }

  /// What two keywords of a schema leave; a count that is none leaves its side open.
  init(of schema: JSONValue, _ least: String, _ greatest: String) {
    self.init(least: Self.count(schema[least]), greatest: Self.count(schema[greatest]))
  }

  private static func count(_ value: JSONValue?) -> Int? {
    value?.integer.flatMap { $0 >= 0 ? $0 : nil }
  }

  var isEmpty: Bool { greatest < least }

  func contains(_ count: Int) -> Bool { count >= least && count <= greatest }

  func intersection(_ other: CountRange) -> CountRange {
    CountRange(least: max(least, other.least), greatest: min(greatest, other.greatest))
  }

  /// The smallest range with both in it.
  func union(_ other: CountRange) -> CountRange {
    CountRange(least: min(least, other.least), greatest: max(greatest, other.greatest))
  }

  func isInside(_ other: CountRange) -> Bool { least >= other.least && greatest <= other.greatest }
}
