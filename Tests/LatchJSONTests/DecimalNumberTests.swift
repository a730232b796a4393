import LatchJSON
import Testing

@Suite struct DecimalNumberTests {
  @Test(arguments: [
    ["1", "1.0", "1e0", "10e-1", "0.1e1", "1E+0", "100e-2", "1e-0", "1e0000000000000000000000"],
    ["0", "-0", "0.0", "0e99999999999999999999999", "-0.000E-5"],
    ["-12.5", "-125e-1", "-0.00125e4"], ["1e999999999", "10e999999998", "0.1e1000000000"],
  ])
  func `spellings of one value are equal`(spellings: [String]) {
    for spelling in spellings { #expect(DecimalNumber(spelling) == DecimalNumber(spellings[0]), "\(spelling)") }
    #expect(DecimalNumber(spellings[0]) != nil)
  }

  @Test func `order is that of the values`() {
    let ordered = [
      "-1e999999999", "-9007199254740993", "-9007199254740992", "-1.5", "-1", "-1e-999999999", "0", "1e-999999999",
      "0.09", "0.1", "0.11", "1", "1.0000000000000000000000000000000001", "2", "10", "9007199254740992",
      "9007199254740993", "1e999999999",
    ]
    let numbers = ordered.compactMap { DecimalNumber($0) }
    #expect(numbers.count == ordered.count)
    for (left, right) in zip(numbers, numbers.dropFirst()) {
      #expect(left < right)
      #expect(!(right < left))
    }
  }

  @Test(arguments: ["", "-", "01", "1.", ".5", "1e", "+1", "0x1", "NaN", "1 ", "1e9999999999999999"])
  func `what is no number, or beyond all bounds, has no value`(lexeme: String) {
    #expect(DecimalNumber(lexeme) == nil)
  }

  @Test func `integers are told by value`() {
    for lexeme in ["1.0", "1e3", "0", "-0.0", "12.50e1"] { #expect(DecimalNumber(lexeme)?.isInteger == true) }
    for lexeme in ["1.5", "1e-1", "12.55e1"] { #expect(DecimalNumber(lexeme)?.isInteger == false) }
  }
}
