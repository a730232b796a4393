import LatchJSON
import Testing

@Suite struct CanonicalTests {
  private func canonical(_ text: String) throws -> String {
    String(decoding: try JSONDocument(parsing: Array(text.utf8)).canonicalBytes(), as: UTF8.self)
  }

  /// RFC 8785 Appendix B.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
      (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
      (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
      (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
      (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
      (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
      (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
      (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
      (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
      (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func `numbers are written as ECMAScript writes them`(bits: UInt64, text: String) throws {
    #expect(ECMAScriptNumber.format(Double(bitPattern: bits)) == text)
    #expect(try canonical(text) == text)
  }

  /// RFC 8785 §3.2.2 and §3.2.3.
  @Test func `the samples of the RFC come out as it says`() throws {
    let sample = #"""
      { "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }
      """#
    #expect(
      try canonical(sample)
        == #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}")
    let order = #"""
      {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
       "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
      """#
    let values = try JSONValue(parsing: Array(canonical(order).utf8)).object?.compactMap(\.value.string)
    #expect(
      values == [
        "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
        "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
      ])
  }

  @Test(arguments: ["1e400", "-1e999999999"])
  func `a number beyond doubles has no canonical form`(lexeme: String) {
    #expect { try canonical("[\(lexeme)]") } throws: { ($0 as? JSONError)?.kind == .notInteroperable }
  }

  @Test func `values built by hand are held to the same`() {
    #expect(throws: JSONError.self) { try JSONValue.number("nan").canonicalBytes() }
    #expect(throws: JSONError.self) { try JSONValue.number("0x10").canonicalBytes() }
    #expect(throws: JSONError.self) { try JSONValue.object([.init("a", 1), .init("a", 2)]).canonicalBytes() }
  }

  @Test func `names that Swift holds equal stay two`() throws {
    let text = "{\"e\u{301}\":1,\"\u{e9}\":2}"
    #expect(try canonical(text).utf8.elementsEqual(text.utf8))
  }
}
