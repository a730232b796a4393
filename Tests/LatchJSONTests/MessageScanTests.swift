import LatchJSON
import Testing

@Suite struct MessageScanTests {
  private func text(_ place: MessageScan.Place?, _ line: [UInt8]) -> String? {
    place.map { String(decoding: line[$0.range], as: UTF8.self) }
  }

  private func kind(of line: String) -> JSONError.Kind? {
    do {
      _ = try MessageScan(Array(line.utf8))
      return nil
    } catch { return error.kind }
  }

  @Test func `a call is taken apart without a tree`() throws {
    let line = Array(
      #"{"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"name":"write_file","arguments":{"path":"/a","id":1},"#
        .utf8)
    let end = Array(#""_meta":{"progressToken":3,"name":"x"},"requestState":"s"}}"#.utf8)
    let whole = line + end
    let scan = try MessageScan(whole)
    #expect(scan.kind == .object && scan.idKind == .integer && scan.collision == nil && scan.lineBreak == nil)
    #expect(text(scan[.id], whole) == "17")
    #expect(scan.holds(scan[.jsonrpc], "2.0", in: whole))
    #expect(scan.holds(scan[.method], "tools/call", in: whole))
    #expect(!scan.holds(scan[.method], "tools/cal", in: whole))
    #expect(text(scan[.name], whole) == #""write_file""#)
    #expect(text(scan[.arguments], whole) == #"{"path":"/a","id":1}"#)
    #expect(text(scan[.meta], whole) == #"{"progressToken":3,"name":"x"}"#)
    #expect(text(scan[.requestState], whole) == #""s""#)
    #expect(scan[.uri] == nil && scan[.result] == nil && scan[.progressToken] == nil)
    let place = try #require(scan[.arguments])
    #expect(try scan.document(place, in: whole).value() == ["path": "/a", "id": 1])
  }

  @Test func `names and strings mean what their escapes say`() throws {
    let line = Array(#"{"m\u0065thod":"tools\/c\u0061ll","par\u0061ms":{"n\u0061me":"x"}}"#.utf8)
    let scan = try MessageScan(line)
    #expect(scan.holds(scan[.method], "tools/call", in: line))
    #expect(scan.content(try #require(scan[.name]), in: line) == Array("x".utf8))
    #expect(!scan.hasNonASCIINames)
  }

  @Test(arguments: [
    (#"{"id":1,"id":2}"#, true, MessageScan.Collision.Level.envelope),
    (#"{"id":1,"\u0069d":2}"#, true, .envelope), (#"{"method":1,"Method":2}"#, false, .envelope),
    (#"{"method":1,"M\u0065thod":2}"#, false, .envelope), (#"{"x":1,"x":2}"#, true, .envelope),
    (#"{"params":{"name":1,"name":2}}"#, true, .params), (#"{"params":{"NAME":1,"name":2}}"#, false, .params),
    (#"{"params":{"name":1,"n\u0061me":2}}"#, true, .params),
    (#"{"params":{"longer-than-eight":1,"longer-than-Eight":2}}"#, false, .params),
  ])
  func `members that some reader takes for one are found`(
    line: String, isExact: Bool, level: MessageScan.Collision.Level
  ) throws {
    let collision = try #require(try MessageScan(Array(line.utf8)).collision)
    #expect(collision.isExact == isExact)
    #expect(collision.level == level)
    #expect(collision.first.lowerBound < collision.second.lowerBound)
  }

  @Test func `members beyond the first sixteen are compared too`() throws {
    let members = (0..<40).map { #""member\#($0)":0"# }
    #expect(try MessageScan(Array("{\(members.joined(separator: ","))}".utf8)).collision == nil)
    let line = Array("{\((members + [#""MEMBER3":1"#]).joined(separator: ","))}".utf8)
    let collision = try #require(try MessageScan(line).collision)
    #expect(String(decoding: line[collision.first], as: UTF8.self) == #""member3""#)
    #expect(!collision.isExact)
  }

  @Test func `equal names at other places are nobody's concern here`() throws {
    let line = #"{"id":1,"params":{"id":1,"arguments":{"name":1},"name":"x"},"x":{"a":1,"a":2}}"#
    #expect(try MessageScan(Array(line.utf8)).collision == nil)
  }

  @Test func `the members of a second params do not hide the first`() throws {
    let scan = try MessageScan(Array(#"{"params":{"name":"a"},"params":[{"name":"b"}]}"#.utf8))
    #expect(scan.collision?.isExact == true)
  }

  @Test func `names that are not ASCII are reported however they are written`() throws {
    #expect(try MessageScan(Array(#"{"\u212ay":1}"#.utf8)).hasNonASCIINames)
    #expect(try MessageScan(Array(#"{"params":{"é":1}}"#.utf8)).hasNonASCIINames)
    #expect(try !MessageScan(Array(#"{"params":{"a":{"é":1}}}"#.utf8)).hasNonASCIINames)
    let line = Array(#"{"params":{"\u00e9":1}}"#.utf8)
    #expect(try MessageScan(line).parameterNames.content(0, in: line) == Array("é".utf8))
  }

  @Test(arguments: [
    ("1", MessageScan.IDKind.integer), ("-7", .integer), ("9007199254740991", .integer), (#""a""#, .string),
    ("9007199254740992", .other), ("1.0", .other), ("1e3", .other), ("-0", .other), ("null", .other),
    ("true", .other), ("{}", .other), ("[1]", .other), ("123456789012345678901234567890", .other),
  ])
  func `ids are told apart`(lexeme: String, kind: MessageScan.IDKind) throws {
    #expect(try MessageScan(Array(#"{"id":\#(lexeme),"x":1}"#.utf8)).idKind == kind)
    #expect(try MessageScan(Array(#"{"result":{"id":\#(lexeme)}}"#.utf8)).idKind == .absent)
  }

  @Test func `a batch gives the places of its elements`() throws {
    let line = Array(#" [ {"id":1,"params":{"a":[1]}} ,2,[3,[4]], "x" ] "#.utf8)
    let scan = try MessageScan(line)
    #expect(scan.kind == .array)
    #expect(
      scan.elements.map { String(decoding: line[$0], as: UTF8.self) }
        == [#"{"id":1,"params":{"a":[1]}}"#, "2", "[3,[4]]", #""x""#])
    #expect(scan[.id] == nil && scan.memberNames.count == 0)
  }

  /// The injected model: a reader that ends lines at CR would run the inner call.
  @Test func `a raw line break between tokens is reported, in a string refused`() throws {
    let line = "{\"method\":\"ping\",\"params\":{\"_meta\":{\"k\":\r{\"method\":\"tools/call\"}\r}}}"
    #expect(try MessageScan(Array(line.utf8)).lineBreak == Array(line.utf8).firstIndex(of: 0x0D))
    #expect(try MessageScan(Array("{}\n".utf8)).lineBreak == 2)
    #expect(try MessageScan(Array(" \t{\t} ".utf8)).lineBreak == nil)
    #expect(kind(of: "{\"a\":\"b\rc\"}") == .controlCharacter)
    #expect(try MessageScan(Array("{\"a\":[\"\u{2028}\"]}".utf8)).hasUnicodeLineBreak)
    #expect(try MessageScan(Array("{\"a\":{\"\u{85}\":1}}".utf8)).hasUnicodeLineBreak)
    #expect(try !MessageScan(Array("{\"a\":\"\\u2028 \u{2027}\u{202A}\u{86}\"}".utf8)).hasUnicodeLineBreak)
  }

  @Test func `everything in the line is checked, also what is only forwarded`() {
    #expect(kind(of: #"{"result":{"a":["\ud800"]}}"#) == .loneSurrogate)
    #expect(kind(of: #"{"result":{"a":[01]}}"#) == .badNumber)
    #expect(kind(of: #"{"id":1}{"id":2}"#) == .trailingBytes)
    #expect(kind(of: "{\"id\":1}\0") == .trailingBytes)
    #expect(kind(of: "") == .unexpectedEnd)
    #expect(kind(of: String(repeating: "[", count: 129)) == .tooDeep)
    #expect(throws: JSONError.self) { try MessageScan([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    #expect(throws: JSONError.self) { try MessageScan(Array("[1]".utf8), limits: JSONLimits(bytes: 2, depth: 9)) }
  }
}
