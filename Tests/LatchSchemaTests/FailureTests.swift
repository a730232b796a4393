import LatchJSON
import LatchSchema
import Testing

/// What a person is told.
@Suite struct FailureTests {
  @Test(arguments: [
    (#"{"type":"string"}"#, "5", ": must be a string, but is the number `5`"),
    (#"{"type":["string","null"]}"#, "[]", ": must be a string or `null`, but is a list"),
    (#"{"type":"integer"}"#, "1.5", ": must be a whole number, but is `1.5`"),
    (#"{"const":"a"}"#, #""b""#, ": must be `a`, but is `b`"),
    (#"{"enum":["a","b",3]}"#, #""c""#, ": `c` is not `a`, `b` or `3`"),
    (#"{"minimum":2}"#, "1", ": must be at least `2`, but is `1`"),
    (#"{"exclusiveMaximum":2}"#, "2.0", ": must be below `2`, but is `2.0`"),
    (#"{"multipleOf":0.1}"#, "0.25", ": must be a multiple of `0.1`, but is `0.25`"),
    (#"{"minLength":1}"#, #""""#, ": must not be empty"),
    (#"{"maxLength":2}"#, #""äöü""#, ": must have at most 2 characters, but has 3"),
    (#"{"pattern":"^a+$"}"#, #""b""#, ": `b` does not match the pattern `^a+$`"),
    (#"{"minItems":2}"#, "[1]", ": must have at least 2 elements, but has 1"),
    (#"{"uniqueItems":true}"#, "[1,2,1.0]", "/2: `1.0` is in the list twice; every element must be different"),
    (#"{"required":["a"]}"#, "{}", ": `a` is missing"),
    (
      #"{"properties":{"a":true},"additionalProperties":false}"#, #"{"b":1}"#,
      "name /b: unknown key `b`; allowed here: `a`"
    ),
    (
      #"{"properties":{"a":true},"unevaluatedProperties":false}"#, #"{"b":1}"#,
      "name /b: unknown key `b`; allowed here: `a`"
    ),
    (#"{"properties":{"a":false}}"#, #"{"a":1}"#, "name /a: `a` is not allowed here"),
    (#"{"propertyNames":{"maxLength":2}}"#, #"{"abc":1}"#, "name /abc: must have at most 2 characters, but has 3"),
    (#"{"prefixItems":[{}],"items":false}"#, "[1,2]", "/1: must have at most 1 element, but has 2"),
    (
      #"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, ": `b` is missing; where `a` is, it must be too"
    ),
    (#"{"not":{"required":["a"]}}"#, #"{"a":1}"#, "name /a: `a` must not be here"),
    (#"{"not":{"const":1}}"#, "1", ": must not be `1`"),
    (#"{"contains":{"const":1}}"#, "[]", ": must have at least 1 element of a certain form, but has 0"),
    ("false", "1", ": nothing is allowed here"),
  ])
  func `one mistake is told in one sentence`(schema: String, instance: String, expected: String) throws {
    #expect(try complaints(schema, instance) == [expected])
  }

  @Test(arguments: [
    (#"{"type":"string"}"#, "12345", "must be a string"), (#"{"type":"integer"}"#, "12345.5", "must be a whole number"),
    (#"{"const":"a"}"#, #""12345""#, "must be `a`"), (#"{"enum":["a","b",3]}"#, #""12345""#, "must be `a`, `b` or `3`"),
    (#"{"enum":[[1]]}"#, "12345", "must be one of the values allowed"),
    (#"{"minimum":99999}"#, "12345", "must be at least `99999`"),
    (#"{"multipleOf":2}"#, "12345", "must be a multiple of `2`"),
    (#"{"maxLength":2}"#, #""12345""#, "must have at most 2 characters"),
    (#"{"pattern":"^a+$"}"#, #""12345""#, "must match the pattern `^a+$`"),
    (#"{"uniqueItems":true}"#, "[12345,12345]", "must not be in the list twice; every element must be different"),
    (#"{"prefixItems":[{}],"items":false}"#, "[12345,2]", "must have at most 1 element"),
    (#"{"contains":{"const":1}}"#, "[12345]", "must have at least 1 element of a certain form"),
    (#"{"not":{"const":12345}}"#, "12345", "must be another value"),
    (#"{"not":{"type":"number"}}"#, "12345", "a value of this form is not allowed here"),
    (#"{"anyOf":[{"type":"string"},{"type":"array"}]}"#, "12345", "must be a string or a list"),
    (#"{"required":["a"]}"#, "{}", "`a` is missing"),
    (servers, #"{"command": "12345", "args": [12345]}"#, "must be a string"),
  ])
  func `the first mistake can be told without what the instance holds`(
    schema: String, instance: String, expected: String
  ) throws {
    let schema = try LatchSchemaTests.schema(schema)
    let instance = try document(instance)
    #expect(schema.firstFailure(of: instance)?.message == expected)
    #expect(schema.firstFailure(of: instance)?.node == schema.failures(of: instance).first?.node)
  }

  @Test func `a valid instance has no first mistake, and formats are told by an example`() throws {
    #expect(try schema(#"{"type":"string"}"#).firstFailure(of: document(#""a""#)) == nil)
    let options = SchemaOptions(assertFormat: true)
    let failure = try schema(#"{"format":"email"}"#, options: options).firstFailure(of: document(#""12345""#))
    #expect(failure?.message.hasPrefix("must be a valid `email`, such as `") == true)
  }

  static let servers = #"""
    {"oneOf": [
      {"properties": {"command": {"type": "string"}, "args": {"type": "array", "items": {"type": "string"}}},
       "required": ["command"], "additionalProperties": false},
      {"properties": {"url": {"type": "string"}, "headers": {"type": "object"}},
       "required": ["url"], "additionalProperties": false}]}
    """#

  @Test(arguments: [
    (#"{"comand": "x"}"#, ["name /comand: unknown key `comand`; allowed here: `command` and `args`"]),
    (#"{"uri": "x"}"#, ["name /uri: unknown key `uri`; allowed here: `url` and `headers`"]),
    (#"{"command": "x", "args": [1]}"#, ["/args/0: must be a string, but is the number `1`"]),
    (#"{"url": 5}"#, ["/url: must be a string, but is the number `5`"]),
  ])
  func `of alternatives the one with fewest mistakes is explained`(instance: String, expected: [String]) throws {
    #expect(try complaints(Self.servers, instance) == expected)
  }

  static let shapes = #"""
    {"anyOf": [
      {"properties": {"kind": {"const": "circle"}, "radius": {"type": "number"}}, "required": ["kind", "radius"]},
      {"properties": {"kind": {"const": "square"}, "side": {"type": "number"}}, "required": ["kind", "side"]}]}
    """#

  @Test(arguments: [
    (#"{"kind": "square", "radius": 1}"#, [": `side` is missing"]),
    (#"{"kind": "circle", "radius": "1"}"#, ["/radius: must be a number, but is the string `1`"]),
    (#"{"kind": "sqare", "side": 1}"#, ["/kind: `sqare` is not `circle` or `square`"]),
  ])
  func `a member that tells alternatives apart decides which was meant`(instance: String, expected: [String]) throws {
    #expect(try complaints(Self.shapes, instance) == expected)
  }

  @Test func `alternatives of other types are passed over`() throws {
    let schema = #"{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}"#
    #expect(try complaints(schema, "5") == [": must be a string or a list, but is the number `5`"])
    #expect(try complaints(schema, "[1]") == ["/0: must be a string, but is the number `1`"])
  }

  @Test func `alternatives that are only values are one list`() throws {
    let found = try schema(#"{"anyOf":[{"const":"a"},{"enum":["b","c"]}]}"#).failures(of: document(#""d""#))
    #expect(found.map(\.message) == ["`d` is not `a`, `b` or `c`"])
    #expect(found.first?.expected == ["a", "b", "c"])
    #expect(found.first?.unexpected == "d")
  }

  @Test func `the same mistake is told once, and all are told in order`() throws {
    let schema = #"""
      {"allOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"properties":{"x":{"type":"string"},
      "y":{"maximum":3}}}}}
      """#
    #expect(
      try complaints(schema, #"{"y":4,"x":1}"#) == [
        "/y: must be at most `3`, but is `4`", "/x: must be a string, but is the number `1`",
      ])
  }

  @Test func `paths lead to the value and to the keyword`() throws {
    let schema = try schema(
      ##"{"properties":{"a/b":{"items":{"$ref":"#/$defs/n"}}},"$defs":{"n":{"type":"null"}}}"##)
    let instance = try document(#"{"a/b":[null,7]}"#)
    let failure = try #require(schema.failures(of: instance).first)
    #expect(failure.instancePath == "/a~1b/1")
    #expect(failure.schemaPath == "/$defs/n/type")
    #expect(failure.keyword == "type")
    #expect(instance.string(failure.node) == "7")
  }
}
