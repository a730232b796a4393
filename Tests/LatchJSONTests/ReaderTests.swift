import LatchJSON
import Testing

@Suite struct ReaderTests {
  @Test func `a document keeps order, lexemes and places`() throws {
    let text = #" {"b":[1.50,-0,"x\u00e9\ud83d\ude00\n"],"a":{"t":true,"f":false,"n":null}} "#
    let document = try JSONDocument(parsing: Array(text.utf8))
    let expected: JSONValue = .object([
      .init("b", .array([.number("1.50"), .number("-0"), .string("xé😀\n")])),
      .init("a", ["t": true, "f": false, "n": .null]),
    ])
    #expect(document.value() == expected)
    #expect(document.place(0) == 1..<text.utf8.count - 1)
  }
}
