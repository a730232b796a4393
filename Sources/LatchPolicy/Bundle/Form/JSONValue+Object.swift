import LatchJSON

extension JSONValue {
  /// An object whose absent members are left out; canonical JSON sorts them.
  static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

  static func integer(_ number: some BinaryInteger) -> JSONValue { .number(String(number)) }
}
