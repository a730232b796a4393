import LatchJSON
import LatchPolicy
import LatchSchema
import Testing

@Suite struct UsableSchemaTests {
  /// A back-reference is no regular language.
  private static let twice = #"{"type":"string","pattern":"^(.)\\1$"}"#

  private static let manyPatterns = (0..<40).map { "\"p\($0)\":\(twice)" }.joined(separator: ",")

  private static func usable(_ schema: String) throws -> UsableSchema {
    try UsableSchema(try JSONValue(parsing: Array(schema.utf8)))
  }

  private static func accepts(_ schema: UsableSchema, _ arguments: String) throws -> Bool {
    schema.schema.isValid(try JSONDocument(parsing: Array(arguments.utf8)))
  }

  @Test func `only the argument that cannot be checked is refused`() throws {
    let schema = try Self.usable(
      #"{"properties":{"a":\#(Self.twice),"b":{"type":"integer"},"c":{"items":\#(Self.twice)}},"required":["b"]}"#)
    #expect(schema.setAside.map(\.argument).sorted() == ["a", "c"])
    #expect(try Self.accepts(schema, #"{"b":1}"#))
    for refused in [#"{"b":"1"}"#, "{}", #"{"b":1,"a":"xx"}"#, #"{"b":1,"a":7}"#, #"{"b":1,"c":[]}"#] {
      #expect(try !Self.accepts(schema, refused), "\(refused)")
    }
  }

  @Test func `what refers to a definition is still held against it`() throws {
    let schema = try Self.usable(
      ##"{"properties":{"a":\##(Self.twice),"b":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"integer"}}}"##)
    #expect(schema.setAside.map(\.argument) == ["a"])
    #expect(try Self.accepts(schema, #"{"b":1}"#))
    #expect(try !Self.accepts(schema, #"{"b":"1"}"#))
  }

  @Test func `a schema that can be checked is as it was`() throws {
    let schema = try Self.usable(#"{"properties":{"a":{"pattern":"^(?=.*[0-9])[a-z0-9]+$"}}}"#)
    #expect(schema.setAside == [])
    #expect(try Self.accepts(schema, #"{"a":"a1"}"#))
    #expect(try !Self.accepts(schema, #"{"a":"a"}"#))
  }

  @Test(
    "What stands elsewhere, or is referred to, makes the schema unusable",
    arguments: [
      #"{"pattern":"^(.)\\1$"}"#, #"{"not":{"properties":{"a":\#(twice)}}}"#,
      ##"{"$defs":{"x":\##(twice)},"properties":{"a":{"$ref":"#/$defs/x"}}}"##,
      #"{"patternProperties":{"^(.)\\1$":true}}"#, #"{"properties":{"a":{"type":"strin"}}}"#,
      ##"{"properties":{"a":\##(twice)},"not":{"$ref":"#/properties/a"}}"##, #"{"properties":{"a~0b":7}}"#,
      ##"{"properties":{"a":\##(twice),"b":{"not":{"$ref":"#"}}}}"##,
      ##"{"properties":{"a":\##(twice)},"if":{"$dynamicRef":"#/properties/a"}}"##,
      ##"{"properties":{"a":{"$anchor":"x","pattern":"^(.)\\1$"}},"not":{"$ref":"#x"}}"##,
      "{\"properties\":{\(manyPatterns)}}",
    ])
  func unusable(schema: String) { #expect(throws: SchemaError.self) { try Self.usable(schema) } }
}
