import LatchJSON
import Testing

/// Texts that every reader of JSON has to take or refuse, in the manner of the well-known suites, in words of our own.
@Suite struct CorpusTests {
  static let accepted: [String] = [
    "[]", "{}", " [ ] ", "\t{\r\n}\n", "null", "true", "false", "0", "-0", "-1", "10", "1.5", "-0.0", "1e1", "1E+1",
    "1.25e-07", "0e0", "123456789012345678901234567890", "1e400", "\"\"", "\"a\"", #""\"\\\/\b\f\n\r\t""#,
    #""\u0000\u001f\uFFFF""#, #""\uD834\uDD1E""#, #""\uD800\uDC00\uDBFF\uDFFF""#, "\"\u{7f}\"", "\"é€😀\"",
    "\"\u{2028}\u{2029}\u{FEFF}\u{FFFE}\"", "[[],[[]],{}]", "[1,2.0,\"3\",true,null]", #"{"":0}"#, #"{"a":1,"b":1}"#,
    #"{"a":{"a":{"a":1}}}"#, #"{"a":1,"A":1}"#, "{\"e\u{301}\":1,\"\u{e9}\":2}", #"{"\u0000":1,"":2}"#,
    #"[{"a":1},{"a":1}]"#, "[\"\u{10FFFF}\"]", "[ 1 , 2 ]", #"{ "a" : [ { } ] }"#,
  ]

  static let refused: [(String, JSONError.Kind)] = [
    ("", .unexpectedEnd), (" ", .unexpectedEnd), ("[", .unexpectedEnd), ("{", .unexpectedEnd), ("[1", .unexpectedEnd),
    ("[1,", .unexpectedEnd), (#"{"a""#, .unexpectedEnd), (#"{"a":"#, .unexpectedEnd), (#"{"a":1"#, .unexpectedEnd),
    (#"{"a":1,"#, .unexpectedEnd), ("\"", .unexpectedEnd), (#""\"#, .unexpectedEnd), (#""\u"#, .unexpectedEnd),
    (#""\u12"#, .unexpectedEnd), ("tru", .unexpectedEnd), ("-", .unexpectedEnd), ("1.", .unexpectedEnd),
    ("1e", .unexpectedEnd), ("1e+", .unexpectedEnd),
    ("]", .unexpectedByte), ("}", .unexpectedByte), ("[,]", .unexpectedByte), ("[1,]", .unexpectedByte),
    ("[1 2]", .unexpectedByte), ("[1}", .unexpectedByte), (#"{"a":1]"#, .unexpectedByte), ("{1:2}", .unexpectedByte),
    ("{a:2}", .unexpectedByte), (#"{'a':2}"#, .unexpectedByte), (#"{"a" 1}"#, .unexpectedByte),
    (#"{"a":}"#, .unexpectedByte), (#"{"a":1,}"#, .unexpectedByte), (#"{"a":1 "b":2}"#, .unexpectedByte),
    (#"{"a","b"}"#, .unexpectedByte), ("+1", .unexpectedByte), (".5", .unexpectedByte), ("[NaN]", .unexpectedByte),
    ("[Infinity]", .unexpectedByte), ("'a'", .unexpectedByte), ("/**/1", .unexpectedByte), ("\u{B}1", .unexpectedByte),
    ("\u{C}1", .unexpectedByte), ("\u{A0}1", .unexpectedByte), ("\0", .unexpectedByte), ("[\0]", .unexpectedByte),
    ("True", .unexpectedByte), ("[1\u{2028}]", .unexpectedByte), ("[1,//x\n2]", .unexpectedByte),
    ("nul!", .badLiteral), ("[trUe]", .badLiteral), ("falsy", .badLiteral),
    ("01", .badNumber), ("-01", .badNumber), ("00", .badNumber), ("-x", .badNumber), ("1.x", .badNumber),
    ("1.e1", .badNumber), ("1e+x", .badNumber), ("[-]", .badNumber), ("[1.]", .badNumber), ("--1", .badNumber),
    ("1 2", .trailingBytes), ("{}x", .trailingBytes), ("[]]", .trailingBytes), ("1\0", .trailingBytes),
    ("0x10", .trailingBytes), ("nullnull", .trailingBytes), ("1,", .trailingBytes), ("{}\u{FEFF}", .trailingBytes),
    (#""\a""#, .badEscape), (#""\x41""#, .badEscape), (#""\U0041""#, .badEscape), (#""\u00g0""#, .badEscape),
    (#""\'""#, .badEscape), (#""\0""#, .badEscape), ("\"\\\n\"", .badEscape), (#""\u+041""#, .badEscape),
    ("\"\u{0}\"", .controlCharacter), ("\"\n\"", .controlCharacter), ("\"\t\"", .controlCharacter),
    ("\"\r\"", .controlCharacter), ("{\"a\u{1f}\":1}", .controlCharacter), ("\"\u{1b}[0m\"", .controlCharacter),
    (#""\uD800""#, .loneSurrogate), (#""\uDC00""#, .loneSurrogate), (#""\uD800\uD800""#, .loneSurrogate),
    (#""\uD800x\uDC00""#, .loneSurrogate), (#""\uDC00\uD800""#, .loneSurrogate), (#""\uD800\n""#, .loneSurrogate),
    (#"{"\uDFFF":1}"#, .loneSurrogate), (#""\uDBFF\u0041""#, .loneSurrogate),
    ("\u{FEFF}{}", .byteOrderMark), ("\u{FEFF}", .byteOrderMark),
    (#"{"a":1,"a":1}"#, .duplicateName), (#"{"a":1,"\u0061":1}"#, .duplicateName),
    (#"[{"x":{"":1,"":1}}]"#, .duplicateName), (#"{"\ud83d\ude00":1,"😀":2}"#, .duplicateName),
  ]

  /// Bytes within a string that are not UTF-8.
  static let malformed: [[UInt8]] = [
    [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
    [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
    [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x98, 0x41],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    [0xFF, 0xFE, 0x61, 0x00], [0xC3, 0x28], [0xF0, 0x28, 0x8C, 0xBC],
  ]

  @Test(arguments: accepted)
  func `this is JSON`(text: String) throws {
    let value = try JSONValue(parsing: Array(text.utf8))
    _ = try MessageScan(Array(text.utf8))
    #expect(try JSONValue(parsing: Array(value.pretty(sorted: false).utf8)) == value)
  }

  @Test(arguments: refused)
  func `this is refused, and the place is inside the text`(text: String, kind: JSONError.Kind) {
    let bytes = Array(text.utf8)
    #expect {
      try JSONDocument(parsing: bytes)
    } throws: {
      guard let error = $0 as? JSONError else { return false }
      return error.kind == kind && (0...bytes.count).contains(error.offset) && !error.message.isEmpty
    }
    guard kind != .duplicateName else { return }
    #expect { try MessageScan(bytes) } throws: { ($0 as? JSONError)?.kind == kind }
  }

  @Test(arguments: malformed, [0, 1, 7, 8, 31, 40])
  func `malformed UTF-8 is refused wherever it stands`(sequence: [UInt8], padding: Int) {
    let head = [0x22] + [UInt8](repeating: 0x61, count: padding)
    for bytes in [head + sequence + [0x22], head + sequence + [0x61, 0x61, 0x61, 0x22], head + sequence] {
      #expect {
        try JSONDocument(parsing: bytes)
      } throws: {
        let error = $0 as? JSONError
        return error?.kind == .invalidUTF8 && (error?.offset ?? 0) >= head.count
      }
    }
  }

  @Test func `a special byte is found at every offset of a long string`() throws {
    for offset in 0..<70 {
      for special: [UInt8] in [[0x22], Array(#"\n"#.utf8), Array("é".utf8)] {
        let head = [UInt8](repeating: 0x61, count: offset)
        let bytes = [0x22] + head + special + (special == [0x22] ? [] : [0x61, 0x22])
        let said = try #require(try JSONValue(parsing: bytes).string)
        #expect(said.utf8.starts(with: head))
        #expect(said.unicodeScalars.count == offset + (special == [0x22] ? 0 : 2))
      }
      let bytes = [0x22] + [UInt8](repeating: 0x61, count: offset) + [0x1F, 0x22]
      #expect { try JSONDocument(parsing: bytes) } throws: { ($0 as? JSONError)?.offset == offset + 1 }
    }
  }
}
