import LatchJSON
import LatchPolicy

/// The types that JSON writes differently; whole numbers are numbers.
struct ValueTypes: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let null = ValueTypes(rawValue: 1)
  static let boolean = ValueTypes(rawValue: 2)
  static let number = ValueTypes(rawValue: 4)
  static let string = ValueTypes(rawValue: 8)
  static let array = ValueTypes(rawValue: 16)
  static let object = ValueTypes(rawValue: 32)
  static let all = ValueTypes(rawValue: 63)

  /// Each by itself, in the order in which they are named.
  static let each: [ValueTypes] = [.string, .number, .boolean, .array, .object, .null]
}

extension ValueTypes {
  init(_ type: JSONType) {
    switch type {
    case .null: self = .null
    case .boolean: self = .boolean
    case .integer, .number: self = .number
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }

  init(_ types: [JSONType]) { self = types.reduce(into: []) { $0.formUnion(ValueTypes($1)) } }

  init(of value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool: self = .boolean
    case .number: self = .number
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }

  /// `text or a number`.
  var inWords: String {
    let words: [ValueTypes: String] = [
      .string: "text", .number: "a number", .boolean: "true or false", .array: "a list", .object: "an object",
      .null: "null",
    ]
    return Self.each.filter(contains).compactMap { words[$0] }.joined(separator: " or ")
  }
}
