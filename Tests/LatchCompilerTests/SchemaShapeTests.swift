import LatchCompiler
import LatchJSON
import LatchPolicy
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

  @Test("A schema that refers to itself in every part is given up on in time", .timeLimit(.minutes(15)))
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

  /// Of these schemas, with a call that gives `b`.
  private static let extras = [
    (#"{"properties":{"a":{"type":"string"}},"additionalProperties":true}"#, true),
    (#"{"properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#, true),
    (#"{"properties":{"a":{"type":"string"}},"unevaluatedProperties":{"type":"string"}}"#, true),
    (#"{"properties":{},"additionalProperties":{"type":"string"}}"#, true),
    (#"{"properties":{"a":{}},"allOf":[{"additionalProperties":{"type":"string"}}]}"#, true),
    (#"{"properties":{"a":{}},"patternProperties":{"^c":{"type":"string"}}}"#, true),
    (#"{"properties":{"a":{"type":"string"}}}"#, true),
    (#"{"additionalProperties":{"type":"string"}}"#, false),
    (#"{"properties":{"a":{}},"patternProperties":{"^b":{"type":"string"}}}"#, false),
    (#"{"properties":{"a":{}},"if":{"properties":{"b":true}}}"#, false),
    (##"{"properties":{"a":{}},"$ref":"#/%24defs/B","$defs":{"B":{"properties":{"b":{"type":"string"}}}}}"##, false),
  ]

  @Test("An argument is there for the checks exactly where a call that gives it is let through", arguments: extras)
  func extraArgumentsAreDenied(_ schema: String, isDenied: Bool) throws {
    let project = try ConditionProject(schema)
    #expect(try project.codes(when: "{ b: x }").contains("L3102") == isDenied)
    let files = try project.files("  - { id: a, effect: allow }")
    let made = try #require(compile(files, settings: testSettings).accepted)
    let policy = try Policy(made, upstream: "fs", paths: ProjectPaths(projects: [], homes: []))
    let arguments = try JSONDocument(parsing: Array(#"{"b":"x"}"#.utf8))
    let decision = policy.decide(Call(tool: "write_thing", arguments: arguments, client: nil))
    #expect((decision.decidedBy == .invalidArguments) == isDenied)
  }

  @Test("Where only the proxy denies an argument, it is said how to let it pass; not of what stands inside of one")
  func extraArgumentsHelp() throws {
    let open = try ConditionProject(
      #"{"properties":{"a":{"properties":{"c":{"type":"string"}}}},"additionalProperties":true}"#)
    for (condition, names) in [("{ b: x }", true), ("{ b.c: x }", true), ("{ a.b: x }", false)] {
      let found = try open.found(when: condition).filter { $0.code == "L3102" }
      #expect(found.count == 1)
      #expect(found.contains { $0.help?.contains("`extra_arguments: ignore`") == true } == names, "\(condition)")
    }
    let closed = try ConditionProject(#"{"properties":{"a":{}},"additionalProperties":false}"#)
    #expect(try closed.found(when: "{ b: x }").first { $0.code == "L3102" }?.help == nil)
    // What an argument holds is held against its schema alone.
    let inner = try ConditionProject(
      #"{"properties":{"a":{"properties":{"c":{}},"additionalProperties":{"type":"string"}}}}"#)
    #expect(try !inner.codes(when: "{ a.b: x }").contains("L3102"))
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
