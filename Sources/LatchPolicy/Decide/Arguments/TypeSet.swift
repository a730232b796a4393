import LatchJSON

/// Types of JSON Schema, as bits.
struct TypeSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ types: [JSONType]) {
    self = types.reduce(into: TypeSet()) { set, type in
      set.insert(TypeSet(rawValue: 1 << UInt8(JSONType.allCases.firstIndex(of: type) ?? 0)))
    }
  }

  static let null = TypeSet([.null])
  static let boolean = TypeSet([.boolean])
  static let integer = TypeSet([.integer])
  static let number = TypeSet([.number])
  static let string = TypeSet([.string])
  static let array = TypeSet([.array])
  static let object = TypeSet([.object])

  /// Whether the value is of one of the types; a number without a fraction is an integer too.
  func contains(_ document: JSONDocument, _ node: Int) -> Bool {
    switch document.kind(node) {
    case .null: return contains(.null)
    case .true, .false: return contains(.boolean)
    case .string: return contains(.string)
    case .array: return contains(.array)
    case .object: return contains(.object)
    case .number:
      if contains(.number) { return true }
      return contains(.integer) && DecimalNumber(document.content(node))?.isInteger == true
    }
  }
}
