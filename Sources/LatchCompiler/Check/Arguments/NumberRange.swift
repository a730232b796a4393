import LatchJSON
import LatchPolicy

/// Numbers between two bounds, each of which may be left open.
struct NumberRange: Sendable, Equatable {
  /// An end, as it was written, and whether it is among the numbers.
  struct End: Sendable {
    var number: BoundedNumber
    var lexeme: String
    var isIncluded: Bool
  }

  var least: End?
  var greatest: End?
  /// Only numbers without a fraction.
  var isWhole = false

  static let all = NumberRange()

  /// What a schema's keywords leave; a bound that no program holds exactly leaves its side open.
  init(of schema: JSONValue) {
    least = Self.end(schema["minimum"], schema["exclusiveMinimum"], isStricter: >)
    greatest = Self.end(schema["maximum"], schema["exclusiveMaximum"], isStricter: <)
  }

  /// What an author's bound leaves.
  init?(_ bound: Bound, _ lexeme: String) {
    guard let end = Self.end(.number(lexeme), isIncluded: bound == .min || bound == .max) else { return nil }
    switch bound {
    case .min, .above: least = end
    case .max, .below: greatest = end
    }
  }

  private init() {}

  private static func end(
    _ inclusive: JSONValue?, _ exclusive: JSONValue?, isStricter: (BoundedNumber, BoundedNumber) -> Bool
  ) -> End? {
    let ends = [end(inclusive, isIncluded: true), end(exclusive, isIncluded: false)].compactMap(\.self)
    guard let first = ends.first, let last = ends.last else { return nil }
    return isStricter(first.number, last.number) ? first : last
  }

  private static func end(_ value: JSONValue?, isIncluded: Bool) -> End? {
    guard case .number(let lexeme)? = value, let number = BoundedNumber(.number(lexeme)) else { return nil }
    return End(number: number, lexeme: lexeme, isIncluded: isIncluded)
  }
}

extension NumberRange {
  /// False only where no number lies between the ends; of whole numbers it does not look whether one does.
  var isEmpty: Bool {
    guard let least, let greatest else { return false }
    if least.number == greatest.number { return !(least.isIncluded && greatest.isIncluded) }
    return greatest.number < least.number
  }

  func contains(_ number: BoundedNumber) -> Bool {
    if let least, number < least.number || number == least.number && !least.isIncluded { return false }
    if let greatest, greatest.number < number || number == greatest.number && !greatest.isIncluded { return false }
    return true
  }

  func intersection(_ other: NumberRange) -> NumberRange {
    var range = self
    range.least = Self.inner(least, other.least, isStricter: >)
    range.greatest = Self.inner(greatest, other.greatest, isStricter: <)
    range.isWhole = isWhole || other.isWhole
    return range
  }

  /// The smallest range with both in it.
  func union(_ other: NumberRange) -> NumberRange {
    var range = self
    range.least = Self.outer(least, other.least, isStricter: >)
    range.greatest = Self.outer(greatest, other.greatest, isStricter: <)
    range.isWhole = isWhole && other.isWhole
    return range
  }

  /// Whether every number of this one is one of the other's, by their ends.
  func isInside(_ other: NumberRange) -> Bool {
    intersection(other).least == least && intersection(other).greatest == greatest
  }

  private static func inner(_ one: End?, _ other: End?, isStricter: (BoundedNumber, BoundedNumber) -> Bool) -> End? {
    guard let one, let other else { return one ?? other }
    if one.number == other.number { return one.isIncluded ? other : one }
    return isStricter(one.number, other.number) ? one : other
  }

  private static func outer(_ one: End?, _ other: End?, isStricter: (BoundedNumber, BoundedNumber) -> Bool) -> End? {
    guard let one, let other else { return nil }
    if one.number == other.number { return one.isIncluded ? one : other }
    return isStricter(one.number, other.number) ? other : one
  }
}

extension NumberRange.End: Equatable {
  static func == (left: Self, right: Self) -> Bool {
    left.number == right.number && left.isIncluded == right.isIncluded
  }
}

extension BoundedNumber {
  /// nil for what is no number, or none whose value every program holds.
  init?(_ value: JSONValue) {
    guard case .number(let lexeme) = value, let number = try? BoundedNumber(Array(lexeme.utf8).span) else { return nil }
    self = number
  }
}
