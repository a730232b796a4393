import LatchJSON
import LatchSchema
import Testing

/// Schemas and instances made to hang, to crash or to be taken for valid.
@Suite struct HostileTests {
  static func refusal(_ text: String) throws -> SchemaError? {
    let document = try document(text)
    do {
      _ = try Schema(document)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("5", "", "a schema is an object, `true` or `false`"),
    (#"{"type":"strin"}"#, "/type", "`type` must be `null`, `boolean`, `integer`"),
    (#"{"type":5}"#, "/type", "`type` must be"),
    (#"{"properties":[]}"#, "/properties", "`properties` must be an object whose values are schemas"),
    (#"{"properties":{"a":5}}"#, "/properties", "`properties` must be an object whose values are schemas"),
    (#"{"$defs":{"a":{"minLength":-1}}}"#, "/$defs/a/minLength", "`minLength` must be a whole number, 0 or more"),
    (#"{"minimum":"1"}"#, "/minimum", "`minimum` must be a number"),
    (#"{"multipleOf":0}"#, "/multipleOf", "`multipleOf` must be a number above 0"),
    (#"{"required":"a"}"#, "/required", "`required` must be a list of strings"),
    (#"{"allOf":[]}"#, "/allOf", "`allOf` must be a list of at least one schema"),
    (#"{"items":[{}]}"#, "/items", "a list of schemas is called `prefixItems` since 2020-12"),
    (#"{"pattern":"("}"#, "/pattern", "the pattern `(` cannot be used"),
    (#"{"patternProperties":{"[":{}}}"#, "/patternProperties/[", "the pattern `[` cannot be used"),
    (##"{"$ref":"#/$defs/nothing"}"##, "/$ref", "leads nowhere: there is no `$defs`"),
    (##"{"$ref":"#nothing"}"##, "/$ref", "leads nowhere: there is no such anchor"),
    (#"{"$ref":"https://example.com/s"}"#, "/$ref", "references are never fetched from a network"),
    (#"{"$schema":"https://example.com/dialect"}"#, "/$schema", "is not known"),
    (##"{"$ref":"#"}"##, "/$ref", "leads back to the schema it stands in"),
    (##"{"anyOf":[{"type":"null"},{"$ref":"#"}]}"##, "/anyOf/1/$ref", "leads back"),
    (##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##, "/$defs/b/$ref", "leads"),
    (#"{"$defs":{"a":{"$id":"x:y"},"b":{"$id":"x:y"}}}"#, "/$defs/b", "two schemas have the identifier `x:y`"),
    (#"{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}"#, "/$defs/b", "two schemas have the anchor `x`"),
  ])
  func `a document that is no usable schema is refused at its place`(text: String, path: String, message: String)
    throws
  {
    let error = try #require(try Self.refusal(text))
    #expect(error.schemaPath == path)
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.place.map { $0.upperBound <= text.utf8.count } ?? false)
  }

  /// A tree deeper than any reader lets pass: `depth` lists or objects, one in the other.
  static func tower(_ depth: Int, name: String? = nil) -> JSONDocument {
    var builder = JSONTreeBuilder()
    for _ in 0..<depth {
      builder.open(name == nil ? .array : .object, at: 0)
      if let name { builder.add(.string, content: name.utf8, place: 0..<0) }
    }
    builder.add(.true, place: 0..<0)
    for _ in 0..<depth { builder.close(count: 1, at: 0) }
    return builder.finish()
  }

  @Test func `a schema nested very deep is refused, not crashed on`() throws {
    let error = #expect(throws: SchemaError.self) { try Schema(Self.tower(20_000, name: "not")) }
    #expect(error?.message.contains("nests deeper") == true)
  }

  @Test func `an instance nested very deep counts as not valid, and is not crashed on`() throws {
    let list = try schema(##"{"items":{"$ref":"#"}}"##)
    #expect(list.isValid(Self.tower(400)))
    #expect(!list.isValid(Self.tower(20_000)))
    #expect(list.failures(of: Self.tower(20_000)).map(\.keyword) == [""])
    #expect(try !Schema(JSONDocument(parsing: Array(#"{"const":[1]}"#.utf8))).isValid(Self.tower(20_000)))
  }

  /// The limits are the same in kind; fewer steps make the tests short.
  static let hasty: SchemaOptions = {
    var options = SchemaOptions()
    options.limits.work = 100_000
    return options
  }()

  /// 2^40 ways through one `$ref` tree.
  static let bomb: String = {
    let levels = (1...40).map { level in
      ##""l\##(level)":{"anyOf":[{"$ref":"#/$defs/l\##(level - 1)"},{"allOf":[{"$ref":"#/$defs/l\##(level - 1)"}]}]}"##
    }
    return ##"{"$ref":"#/$defs/l40","$defs":{"l0":{"type":"null"},\##(levels.joined(separator: ","))}}"##
  }()

  @Test func `exponential alternatives end in a refusal that says why`() throws {
    let bomb = try schema(Self.bomb, options: Self.hasty)
    #expect(try bomb.isValid(document("null")))
    #expect(try bomb.failures(of: document("1")).first?.message.contains("too many steps") == true)
  }

  @Test(arguments: ["not", "oneOf", "if"])
  func `giving up never turns into validity`(keyword: String) throws {
    let use =
      switch keyword {
      case "not": ##""not":{"$ref":"#/$defs/l40"}"##
      case "oneOf": ##""oneOf":[{"$ref":"#/$defs/l40"},true]"##
      default: ##""if":{"$ref":"#/$defs/l40"},"then":false"##
      }
    let text = Self.bomb.replacing(##""$ref":"#/$defs/l40","##, with: use + ",")
    #expect(try !schema(text, options: Self.hasty).isValid(document("1")))
  }

  @Test func `nested unevaluatedProperties do not run away`() throws {
    var text = #"{"properties":{"a":true}}"#
    for _ in 0..<40 { text = #"{"anyOf":[\#(text)],"unevaluatedProperties":false}"# }
    let instance = try document(#"{"a":1}"#)
    #expect(try !schema(text, options: Self.hasty).isValid(instance))
  }

  @Test func `many elements with like hashes or like names stay linear`() throws {
    let count = 50_000
    let numbers = (0..<count).map { "\($0)e-3" }.joined(separator: ",")
    #expect(try schema(#"{"uniqueItems":true}"#).isValid(document("[\(numbers)]")))
    #expect(try !schema(#"{"uniqueItems":true}"#).isValid(document("[\(numbers),0.0005e4]")))
    let objects = (0..<5_000).map { #"{"a":\#($0),"b":[{"c":"\#($0)"}]}"# }.joined(separator: ",")
    #expect(try schema(#"{"uniqueItems":true}"#).isValid(document("[\(objects)]")))
    // Names alike in their first and last eight letters share a hash.
    let names = (0..<2_000).map { "prefix--\($0 + 10_000)--suffix" }
    let properties = names.map { #""\#($0)":{"type":"null"}"# }.joined(separator: ",")
    let members = names.map { #""\#($0)":null"# }.joined(separator: ",")
    let wide = try schema(#"{"properties":{\#(properties)},"additionalProperties":false}"#)
    #expect(try wide.isValid(document("{\(members)}")))
  }

  @Test func `numbers of any size are compared and divided exactly`() throws {
    #expect(try schema(#"{"multipleOf":0.01}"#).isValid(document("4.35")))
    #expect(try schema(#"{"multipleOf":0.0001}"#).isValid(document("0.0075")))
    #expect(try !schema(#"{"multipleOf":0.0001}"#).isValid(document("0.00751")))
    #expect(try schema(#"{"multipleOf":3}"#).isValid(document("3e999999999999")))
    #expect(try !schema(#"{"multipleOf":7}"#).isValid(document("1e999999999999")))
    #expect(try schema(#"{"multipleOf":1e-999999999999}"#).isValid(document("1")))
    #expect(try schema(#"{"multipleOf":123456789012345678901}"#).isValid(document("246913578024691357802")))
    #expect(try !schema(#"{"multipleOf":123456789012345678901}"#).isValid(document("246913578024691357803")))
    #expect(try schema(#"{"maximum":1e400}"#).isValid(document("999999999999e300")))
    #expect(try !schema(#"{"exclusiveMaximum":0.1}"#).isValid(document("0.1000000")))
    #expect(try schema(#"{"exclusiveMaximum":0.1}"#).isValid(document("0.09999999999999999999999999999")))
    #expect(try schema(#"{"const":1e2}"#).isValid(document("100.00")))
    #expect(try schema(#"{"minimum":-9007199254740993}"#).isValid(document("-9007199254740993")))
    #expect(try !schema(#"{"minimum":-9007199254740993}"#).isValid(document("-9007199254740993.5")))
    #expect(try schema(#"{"type":"integer"}"#).isValid(document("0e-5")))
    let digits = String(repeating: "7", count: 100_000)
    #expect(try !schema(#"{"multipleOf":\#(digits.prefix(5_000))}"#).isValid(document(digits)))
  }

  @Test func `patterns made to backtrack or to explode are decided or refused`() throws {
    let quadratic = try schema(#"{"pattern":"^(a+)+$"}"#)
    #expect(try !quadratic.isValid(document("\"\(String(repeating: "a", count: 20_000))!\"")))
    let counted = try schema(#"{"pattern":"(x|y)*x(x|y){61}$"}"#)
    let text = String(repeating: "xy", count: 50)
    #expect(try counted.isValid(document("\"\(text)\"")) == true)
    #expect(try counted.isValid(document("\"yyyy\"")) == false)
  }

  @Test func `names are compared byte for byte`() throws {
    let composed = try schema("{\"properties\":{\"\u{e9}\":{\"type\":\"null\"}},\"additionalProperties\":false}")
    #expect(try composed.isValid(document("{\"\u{e9}\":null}")))
    #expect(try !composed.isValid(document("{\"e\u{301}\":null}")))
    #expect(try !schema("{\"const\":\"\u{e9}\"}").isValid(document("\"e\u{301}\"")))
    #expect(try schema("{\"maxLength\":1}").isValid(document("\"\u{1F600}\"")))
    #expect(try !schema("{\"maxLength\":1}").isValid(document("\"e\u{301}\"")))
  }

  @Test func `more required names than a word has bits are counted`() throws {
    let names = (0..<100).map { "\"n\($0)\"" }
    let wanted = try schema("{\"required\":[\(names.joined(separator: ","))]}")
    #expect(try wanted.isValid(document("{\(names.map { $0 + ":1" }.joined(separator: ","))}")))
    #expect(try !wanted.isValid(document("{\(names.dropLast().map { $0 + ":1" }.joined(separator: ","))}")))
  }
}
