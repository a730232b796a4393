import LatchJSON
import LatchPolicy

/// What values an argument may have: never fewer than its schema takes, so that what is said of all of them is true.
struct PossibleValues: Sendable {
  var types: ValueTypes
  /// All values of a type, where they are few.
  var few: [ValueTypes: [JSONValue]] = [:]
  var numbers = NumberRange.all
  /// Of texts, arrays and objects.
  var counts: [ValueTypes: CountRange] = [:]
  /// What any part of the schema calls the form of its texts.
  var formats: Set<String> = []

  static let all = PossibleValues(types: .all)
  static let none = PossibleValues(types: [])

  init(types: ValueTypes) { self.types = types }

  /// Exactly these.
  init(_ values: [JSONValue]) {
    types = values.reduce(into: []) { $0.formUnion(ValueTypes(of: $1)) }
    for value in values { few[ValueTypes(of: value), default: []].append(value) }
    dropManyValues()
  }

  /// A list longer than this is taken for any value.
  private static let mostValues = 2000

  private mutating func dropManyValues() { few = few.filter { $1.count <= Self.mostValues } }

  func count(of type: ValueTypes) -> CountRange { counts[type] ?? .all }

  /// Whether the value may be one of them.
  func admits(_ value: JSONValue) -> Bool {
    let type = ValueTypes(of: value)
    guard types.contains(type) else { return false }
    if let few = few[type] { return few.contains { $0.means(value) } }
    switch value {
    case .number(let lexeme):
      if numbers.isWhole, DecimalNumber(lexeme)?.isInteger == false { return false }
      return BoundedNumber(value).map(numbers.contains) ?? true
    default: return value.count.map { count(of: type).contains($0) } ?? true
    }
  }

  /// All values of the types, where they are few.
  func all(of wanted: ValueTypes) -> [JSONValue]? {
    var all: [JSONValue] = []
    for type in ValueTypes.each where types.intersection(wanted).contains(type) {
      switch type {
      case _ where few[type] != nil: all += few[type] ?? []
      case .null: all.append(.null)
      case .boolean: all += [.bool(false), .bool(true)]
      default: return nil
      }
    }
    return all
  }
}

extension PossibleValues {
  /// The same bytes for the same values.
  var key: [UInt8] {
    let ends = [numbers.least, numbers.greatest].map { $0.map { "\($0.lexeme) \($0.isIncluded)" } ?? "" }
    var key = Array("\(types.rawValue) \(numbers.isWhole) \(ends) \(formats.sorted())".utf8)
    for type in ValueTypes.each where types.contains(type) {
      key += "\(count(of: type).least) \(count(of: type).greatest) ".utf8
      if let few = few[type] { key += framed(few.flatMap { framed($0.key) }) }
    }
    return key
  }

  /// The values of both.
  func intersection(_ other: PossibleValues) -> PossibleValues {
    var both = PossibleValues(types: types.intersection(other.types))
    both.numbers = numbers.intersection(other.numbers)
    both.formats = formats.union(other.formats)
    for type in ValueTypes.each where both.types.contains(type) {
      both.counts[type] = count(of: type).intersection(other.count(of: type))
      guard let values = few[type].map({ $0.filter(other.admits) }) ?? other.few[type]?.filter(admits) else { continue }
      both.few[type] = values
      if values.isEmpty { both.types.remove(type) }
    }
    return both
  }

  /// The values of either.
  func union(_ other: PossibleValues) -> PossibleValues {
    var either = PossibleValues(types: types.union(other.types))
    either.formats = formats.union(other.formats)
    for type in ValueTypes.each where either.types.contains(type) {
      guard types.contains(type), other.types.contains(type) else {
        either.take(type, of: types.contains(type) ? self : other)
        continue
      }
      either.counts[type] = count(of: type).union(other.count(of: type))
      if type == .number { either.numbers = numbers.union(other.numbers) }
      if let one = few[type], let two = other.few[type] { either.few[type] = one + two }
    }
    either.dropManyValues()
    return either
  }

  private mutating func take(_ type: ValueTypes, of other: PossibleValues) {
    counts[type] = other.counts[type]
    few[type] = other.few[type]
    if type == .number { numbers = other.numbers }
  }
}

extension JSONValue {
  /// As `isSameJSON`, at once where it can be.
  func means(_ other: JSONValue) -> Bool {
    guard ValueTypes(of: self) == ValueTypes(of: other) else { return false }
    return self == other || string == nil && isSameJSON(as: other)
  }

  /// Scalars of a text, elements of an array, members of an object; nil of anything else.
  var count: Int? {
    switch self {
    case .string(let text): text.unicodeScalars.count
    case .array(let elements): elements.count
    case .object(let members): members.count
    default: nil
    }
  }
}
