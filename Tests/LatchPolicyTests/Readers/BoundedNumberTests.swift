import LatchJSON
import LatchPolicy
import LatchTestSupport
import Testing

@Suite struct BoundedNumberTests {
  private func number(_ lexeme: String) throws -> BoundedNumber { try BoundedNumber(Readings.bytes(lexeme).span) }

  @Test(arguments: [
    ("0", "-0"), ("0", "0.000"), ("0", "-0e10"), ("1", "1.0"), ("1", "10e-1"), ("1", "0.001E+3"), ("-1.5", "-15e-1"),
    ("9007199254740991", "9007199254740991.000"), ("100", "1e2"), ("1", "1e-00"), ("1", "0.1e0001"),
  ])
  func spellingsOfOneValueAreEqual(_ one: String, _ other: String) throws {
    #expect(try number(one) == number(other))
    #expect(try !(number(one) < number(other)) && !(number(other) < number(one)))
  }

  @Test(arguments: [
    ("0", "1"), ("-1", "0"), ("-2", "-1"), ("0", "1e-299"), ("-1e-299", "0"), ("0.1", "0.10000000000000001"),
    ("9", "10"), ("1.9", "2"), ("-10", "-9"), ("1e-299", "1e-298"), ("-9007199254740991", "9007199254740991"),
    ("9007199254740990.9", "9007199254740991"), ("99e-2", "1"), ("1e-5", "0.1"),
  ])
  func valuesAreComparedExactly(_ smaller: String, _ larger: String) throws {
    #expect(try number(smaller) < number(larger))
    #expect(try !(number(larger) < number(smaller)))
  }

  @Test(
    arguments: [
      (
        .notANumber,
        ["", "-", "01", "1.", ".5", "+1", "1e", "1e+", "0x10", "1 ", "NaN", "Infinity", "1e5x", "1_000", "--1", "-01"]
      ),
      (.tooManyDigits, ["123456789012345678", "0.123456789012345678", "1.00000000000000000001"]),
      (
        .tooLarge,
        ["9007199254740992", "-9007199254740992", "1e16", "9007199254740991.5", "1e300", "1e9999", "99999999999999999"]
      ),
      (.tooSmall, ["1e-301", "-1e-9999"]),
      (.exponent, ["1e99999", "0e99999", "1e-00000", "1e999999999999999999999"]),
    ] as [(BoundedNumber.Problem, [String])])
  func whatProgramsRoundIsRefused(_ problem: BoundedNumber.Problem, _ lexemes: [String]) {
    for lexeme in lexemes { #expect(throws: problem, "\(lexeme)") { try number(lexeme) } }
  }

  @Test(arguments: [
    "9007199254740991", "-9007199254740991", "0.12345678901234567", "1234567890123456.7", "1e15", "1e-300", "5e-300",
    "0e9999",
  ])
  func theLimitsAreReached(_ lexeme: String) throws {
    _ = try number(lexeme)
  }

  @Test func manyDigitsCostNothingButTheirReading() throws {
    let zeros = String(repeating: "0", count: 100_000)
    #expect(try number("1." + zeros) == number("1"))
    #expect(throws: BoundedNumber.Problem.tooLarge) { try number("1" + zeros) }
    #expect(throws: BoundedNumber.Problem.tooSmall) { try number("0." + zeros + "1") }
    #expect(throws: BoundedNumber.Problem.tooManyDigits) { try number(String(repeating: "7", count: 100_000)) }
  }

  /// Against the reader of LatchJSON, and against doubles, which may take two values for one but not turn them round.
  @Test func orderIsThatOfDecimalsAndOfDoubles() throws {
    var dice = Dice(seed: 11)
    var read: [(own: BoundedNumber, decimal: DecimalNumber, double: Double)] = []
    for _ in 0..<4000 {
      let lexeme = Self.lexeme(&dice)
      guard let own = try? number(lexeme) else { continue }
      read.append((own, try #require(DecimalNumber(lexeme)), try #require(Double(lexeme))))
    }
    #expect(read.count > 2000)
    for _ in 0..<50_000 {
      let (one, other) = (dice.pick(read), dice.pick(read))
      try #require((one.own < other.own) == (one.decimal < other.decimal))
      try #require((one.own == other.own) == (one.decimal == other.decimal))
      if one.own < other.own { try #require(one.double <= other.double) }
    }
  }

  private static func lexeme(_ dice: inout Dice) -> String {
    let digits = { (most: Int, dice: inout Dice) in
      dice.many(1...most) { dice in dice.pick(["0", "0", "1", "5", "9", "7"]) }.joined()
    }
    let integer = dice.one(in: 3) ? "0" : "\(dice.pick(["1", "9", "3"]))" + (dice.one(in: 3) ? digits(16, &dice) : "")
    let fraction = dice.one(in: 2) ? "." + digits(12, &dice) : ""
    let exponent = dice.one(in: 3) ? dice.pick(["e", "E"]) + dice.pick(["", "+", "-"]) + digits(2, &dice) : ""
    return (dice.one(in: 3) ? "-" : "") + integer + fraction + exponent
  }
}
