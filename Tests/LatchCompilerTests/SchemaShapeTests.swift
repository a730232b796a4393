import LatchSource
import Testing

/// A schema, a condition and the codes of what is found.
struct ShapeCase: Sendable, CustomStringConvertible {
  var schema: String
  var condition: String
  var codes: [String]

  init(_ schema: String, _ condition: String, _ codes: String...) {
    self.schema = schema
    self.condition = condition
    self.codes = codes
  }

  var description: String { "\(condition) of \(schema)" }
}

@Suite("Conditions beside the shapes of schemas")
struct SchemaShapeTests {
  private static let references = [
    ShapeCase(##"{"properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}}"##, "{ a: 1 }", "L3103"),
    ShapeCase(
      ##"{"properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}}"##, "{ a: x, b: 1 }", "L3102"),
    ShapeCase(
      ##"{"properties":{"a":{"$ref":"#/$defs/A","maxLength":3}},"$defs":{"A":{"type":"string"}}}"##, "{ a: long }",
      "L3103"),
    // Before draft 2019-09 what stands beside a reference does not count.
    ShapeCase(
      ##"{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"$ref":"#/definitions/A","maxLength":3}},"##
        + ##""definitions":{"A":{"type":"string"}}}"##, "{ a: long }"),
    ShapeCase(##"{"properties":{"a":{"$ref":"other.json"}}}"##, "{ a: 1, a.b: 2 }"),
    ShapeCase(##"{"properties":{"a":{"$ref":"#/$defs/B"}}}"##, "{ a: 1, a.b: 2 }"),
    ShapeCase(##"{"properties":{"a":{"$ref":"#"}}}"##, "{ a.a.a.b: 2 }", "L3102"),
    ShapeCase(##"{"properties":{"a":{"$ref":"#/properties/a"}}}"##, "{ a: 1, a.b: 2 }"),
  ]

  private static let combinations = [
    ShapeCase(#"{"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}"#, "{ a: { glob: '*x' } }"),
    ShapeCase(#"{"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}"#, "{ a: { min: 3 } }", "L3103"),
    ShapeCase(#"{"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}}"#, "{ a: null }"),
    ShapeCase(#"{"properties":{"a":{"type":["integer","null"]}}}"#, "{ a: 1.5 }", "L3103"),
    ShapeCase(#"{"properties":{"a":{"type":"string","nullable":true}}}"#, "{ a: null }"),
    ShapeCase(#"{"properties":{"a":{"oneOf":[{"const":"x"},{"enum":["y",1]}]}}}"#, "{ a: [x, y, 1.0, z] }", "L3103"),
    ShapeCase(#"{"properties":{"a":{"anyOf":[{"enum":["x"]},{"type":"string"}]}}}"#, "{ a: z }"),
    ShapeCase(#"{"properties":{"a":{"allOf":[{"type":"number"},{"minimum":3}]}}}"#, "{ a: 2 }", "L3103"),
    ShapeCase(#"{"properties":{"a":{"allOf":[{"type":"string"},{"enum":["x",1]}]}}}"#, "{ a: 1 }", "L3103"),
    ShapeCase(#"{"properties":{"a":{"not":{"type":"string"}}}}"#, "{ a: x }"),
    ShapeCase(#"{"properties":{"a":{"type":"string"}},"if":{"properties":{"b":true}}}"#, "{ a: x, b: 1 }"),
    ShapeCase(#"{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{}}}]}"#, "{ a: x, b: 1 }"),
    ShapeCase(
      #"{"anyOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{}}}]}"#, "{ a: 1, c: 1 }", "L3102"),
  ]

  private static let members = [
    ShapeCase(#"{"properties":{"a":{"type":"object","properties":{"b":{"type":"boolean"}}}}}"#, "{ a.b: true }"),
    ShapeCase(
      #"{"properties":{"a":{"type":"object","properties":{"b":{"type":"boolean"}}}}}"#, "{ a.c: true }", "L3102"),
    ShapeCase(
      #"{"properties":{"a":{"anyOf":[{"type":"object","properties":{"b":{"type":"boolean"}}},{"type":"null"}]}}}"#,
      "{ a.b: 1 }", "L3103"),
    ShapeCase(#"{"properties":{"a":{"type":"object"}}}"#, "{ a.b: 1 }"),
    ShapeCase(#"{"properties":{"a":{"type":"object","additionalProperties":false}}}"#, "{ a.b: 1 }", "L3102"),
    ShapeCase(#"{"properties":{"a":{"additionalProperties":{"type":"string"}}}}"#, "{ a.b: 1 }", "L3103"),
    ShapeCase(#"{"properties":{"a":{"patternProperties":{"^x":{"type":"string"}},"properties":{}}}}"#, "{ a.b: 1 }"),
    ShapeCase(#"{"properties":{"a":{"properties":{"c":{}},"additionalProperties":true}}}"#, "{ a.b: 1 }"),
    ShapeCase(#"{"properties":{}}"#, "{ a: 1 }", "L3102"),
    ShapeCase(#"{"type":"object"}"#, "{ a: 1 }"),
    ShapeCase(#"{"properties":{"a":{"type":"string"}}}"#, "{ a.b: 1, 'a[0]': 1 }", "L3102", "L3102"),
    ShapeCase(#"{"properties":{"a":{"type":"string"}}}"#, "{ a: { fields: { b: 1 } } }", "L3103"),
  ]

  private static let elements = [
    ShapeCase(#"{"properties":{"a":{"type":"array","items":{"type":"string"}}}}"#, "{ 'a[0]': x, a: { any: y } }"),
    ShapeCase(#"{"properties":{"a":{"type":"array","items":{"type":"string"}}}}"#, "{ 'a[0]': 1 }", "L3103"),
    ShapeCase(
      #"{"properties":{"a":{"type":"array","items":{"type":"string"}}}}"#, "{ a: { all: { min: 1 } } }", "L3103"),
    ShapeCase(
      #"{"properties":{"a":{"items":{"properties":{"b":{}}}}}}"#, "{ a: { any: { fields: { c: 1 } } } }", "L3102"),
    ShapeCase(
      #"{"properties":{"a":{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}}}"#,
      "{ 'a[0]': 1, 'a[1]': x, a: { any: [1, x] } }", "L3103", "L3103"),
    ShapeCase(
      #"{"properties":{"a":{"items":[{"type":"string"}],"additionalItems":{"type":"number"}}}}"#,
      "{ 'a[0]': 1, 'a[1]': x, a: { any: true } }", "L3103", "L3103", "L3103"),
    ShapeCase(#"{"properties":{"a":{"type":"array"}}}"#, "{ 'a[3]': 1, 'a[0].b': 1 }"),
    ShapeCase(#"{"properties":{"a":{"type":"array"}}}"#, "{ a: { glob: '*x' } }", "L3103"),
  ]

  @Test("Each is read as far as it is plain", arguments: references + combinations + members + elements)
  func read(_ example: ShapeCase) throws {
    let codes = try ConditionProject(example.schema).codes(when: example.condition)
    #expect(codes.filter { ["L3102", "L3103"].contains($0) } == example.codes)
  }

  @Test("A schema that refers to itself in every part is given up on in time", .timeLimit(.minutes(1)))
  func hostile() throws {
    let parts = Array(repeating: ##"{"$ref":"#/$defs/A"}"##, count: 8).joined(separator: ",")
    let schema =
      ##"{"properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"allOf":[\##(parts)],"anyOf":[\##(parts)]}}}"##
    #expect(try ConditionProject(schema).codes(when: "{ a.a.a: 1, 'a[0][0]': { min: 1 } }").isEmpty)
  }

  @Test("Arguments that a schema does not name are there where the project permits them and the schema does not refuse")
  func extraArguments() throws {
    for (schema, codes) in [
      (#"{"properties":{"a":{"type":"string"}}}"#, []),
      (#"{"properties":{"a":{"type":"string"}},"additionalProperties":false}"#, ["L3102"]),
      (#"{"properties":{"a":{"type":"string"}},"allOf":[{"additionalProperties":false}]}"#, ["L3102"]),
    ] {
      var project = try ConditionProject(schema)
      #expect(try project.codes(when: "{ b: 1 }") == ["L3102"])
      project.defaults = "{ effect: allow, extra_arguments: ignore }"
      #expect(try project.codes(when: "{ b: 1 }") == codes, "\(schema)")
    }
  }

  @Test("What is not held against the schema is not judged by it")
  func setAside() throws {
    var project = try ConditionProject(#"{"properties":{"a":{"type":"string","enum":["x"]}},"required":["a"]}"#)
    #expect(try project.codes(when: "{ b: 1 }") == ["L3102"])
    project.settings = "{ write_thing: { schema: ignore } }"
    #expect(try project.codes(when: "{ a: { min: 1 }, b: 1 }").isEmpty)
    project.settings = "{}"
    project.defaults = "{ effect: allow, invalid_arguments: ignore }"
    #expect(try project.codes(when: "{ a: { present: true } }").isEmpty)
  }
}
