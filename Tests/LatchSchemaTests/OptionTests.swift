import LatchJSON
import LatchSchema
import Testing

/// Drafts, references to other documents, formats.
@Suite struct OptionTests {
  @Test func `given documents are known by the URI they were read from and by their own`() throws {
    var options = SchemaOptions(uri: "https://example.com/main.json")
    options.resources = [
      ("https://example.com/parts/a.json", try document(#"{"$id":"https://other.example/a","type":"string"}"#))
    ]
    for reference in ["parts/a.json", "https://example.com/parts/a.json", "https://other.example/a"] {
      let schema = try schema(#"{"$ref":"\#(reference)"}"#, options: options)
      #expect(try schema.isValid(document(#""x""#)))
      let failure = try #require(schema.failures(of: document("1")).first)
      #expect(failure.schemaPath == "https://example.com/parts/a.json#/type")
    }
  }

  @Test func `what is not known is asked for by its whole URI, and nothing else is`() throws {
    let text = #"{"type":"integer"}"#
    let tree = try document(text)
    let options = SchemaOptions(uri: "file:///p/s.json", load: { $0 == "file:///p/t.json" ? tree : nil })
    #expect(try !schema(#"{"$ref":"t.json"}"#, options: options).isValid(document("1.5")))
    let error = #expect(throws: SchemaError.self) { try schema(#"{"$ref":"u.json"}"#, options: options) }
    #expect(error?.message.contains("no schema is known at `file:///p/u.json`") == true)
  }

  @Test func `an error in a document referred to names that document`() throws {
    let options = SchemaOptions(resources: [("x:bad", try document(#"{"minLength":"1"}"#))])
    let error = #expect(throws: SchemaError.self) { try schema(#"{"$ref":"x:bad"}"#, options: options) }
    #expect(error?.document == "x:bad")
    #expect(error?.schemaPath == "/minLength")
  }

  @Test(arguments: SchemaDialect.allCases)
  func `every draft's own schema is at hand and takes itself`(dialect: SchemaDialect) throws {
    let schema = try schema(#"{"$ref":"\#(dialect.uri)"}"#, options: SchemaOptions(dialect: .draft202012))
    #expect(try schema.isValid(document(#"{"$schema":"\#(dialect.uri)#","type":"object","properties":{"a":{}}}"#)))
    #expect(try !schema.isValid(document(#"{"properties":{"a":{"type":"objct"}}}"#)))
  }

  @Test func `a schema itself decides the draft, the option only where there is none`() throws {
    let items = #""items":[{"type":"string"}]"#
    #expect(throws: SchemaError.self) { try schema("{\(items)}") }
    #expect(try !schema("{\(items)}", options: SchemaOptions(dialect: .draft7)).isValid(document("[1]")))
    let marked = ##"{"$schema":"http://json-schema.org/draft-07/schema#",\##(items)}"##
    #expect(try !schema(marked).isValid(document("[1]")))
  }

  @Test func `format says only, unless it is asked to refuse`() throws {
    let text = #"{"format":"date"}"#
    #expect(try schema(text).isValid(document(#""tomorrow""#)))
    #expect(
      try complaints(text, #""tomorrow""#, options: SchemaOptions(assertFormat: true)) == [
        ": `tomorrow` is no valid `date`, such as `2026-01-31`"
      ])
  }

  @Test func `a vocabulary that must be understood and is not is refused`() throws {
    let dialect = #"{"$id":"x:dialect","$vocabulary":{"x:unheard-of":true}}"#
    let options = SchemaOptions(resources: [("x:dialect", try document(dialect))])
    let error = #expect(throws: SchemaError.self) { try schema(#"{"$schema":"x:dialect"}"#, options: options) }
    #expect(error?.message.contains("needs the vocabulary `x:unheard-of`") == true)
  }

  @Test func `a part of a document can be checked by itself`() throws {
    let instance = try document(#"{"arguments":{"n":"x"}}"#)
    let part = try #require(instance.member("arguments", of: JSONDocument.root))
    let schema = try schema(#"{"properties":{"n":{"type":"number"}}}"#)
    #expect(!schema.isValid(instance, at: part))
    #expect(schema.failures(of: instance, at: part).map(\.instancePath) == ["/arguments/n"])
  }

  @Test func `a message shows the user's words on one line, cut when long`() throws {
    let long = String(repeating: "x", count: 500)
    #expect(try complaints(#"{"type":"null"}"#, "\"\(long)\"").first?.count ?? 0 < 120)
    #expect(
      try complaints(#"{"additionalProperties":false}"#, #"{"a\nb\u202e":1}"#) == [
        "name /a\nb\u{202e}: unknown key `a\\u{a}b\\u{202e}`; no other keys are allowed here"
      ])
  }
}
