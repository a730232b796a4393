import LatchJSON
import Testing

@Suite struct WriterTests {
  @Test func `pretty text has two spaces, no blank between empty brackets, and a final newline`() {
    let value: JSONValue = ["b": [1, [], [:]], "a": "x\n\"\\"]
    let sorted = """
      {
        "a": "x\\n\\"\\\\",
        "b": [
          1,
          [],
          {}
        ]
      }

      """
    #expect(value.pretty(sorted: true) == sorted)
    #expect(value.pretty(sorted: false).hasPrefix("{\n  \"b\""))
  }

  @Test func `what nobody can see is written as an escape`() throws {
    let value = JSONValue.string("a\u{200B}b\u{202E}c\u{E0041}d\u{7F}é漢😀")
    let text = value.pretty(sorted: true)
    #expect(text == "\"a\\u200bb\\u202ec\\udb40\\udc41d\\u007fé漢😀\"\n")
    #expect(try JSONValue(parsing: Array(text.utf8)) == value)
  }

  @Test func `equality is by what would be written, sameness by what is meant`() throws {
    let left = try JSONValue(parsing: Array(#"{"a":1.0,"b":[10e-1]}"#.utf8))
    let right = try JSONValue(parsing: Array(#"{"b":[1],"a":1}"#.utf8))
    #expect(left != right)
    #expect(left.isSameJSON(as: right))
    #expect(JSONValue.string("\u{e9}") != JSONValue.string("e\u{301}"))
    #expect(!JSONValue.string("\u{e9}").isSameJSON(as: .string("e\u{301}")))
    #expect(JSONValue.object([.init("\u{e9}", 1)])["e\u{301}"] == nil)
    #expect(!JSONValue(1).isSameJSON(as: true))
  }
}
