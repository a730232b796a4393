/// A JSON number whose value every program can hold: what `min`, `max`, `above` and `below` read.
///
/// It has at most 17 significant digits, as a double does, and no magnitude above 2^53 − 1, where a double begins to
/// leave out whole numbers. What is not zero is at least 10^−300, which a double does not yet take for zero. Exponents
/// have four digits at most. Values are compared exactly, in decimal, and `-0` is 0.
///
/// `DecimalNumber` of LatchJSON says the same of order; this one allocates nothing, since 17 digits fit a word.
package struct BoundedNumber: Sendable, Hashable {
  private let isNegative: Bool
  /// 17 digits, the first not 0, or 0 for zero: the value is 0.DIGITS × 10^`scale`.
  private let digits: UInt64
  /// `Int.min` for zero, which is so smaller than all other magnitudes.
  private let scale: Int

  /// Reads a number's lexeme.
  package init(_ lexeme: Span<UInt8>) throws(Problem) {
    let hasSign = lexeme.count > 0 && lexeme[0] == UInt8(ascii: "-")
    var index = hasSign ? 1 : 0
    guard let mantissa = readMantissa(lexeme, from: &index) else { throw .notANumber }
    let power = try readPower(lexeme, from: index)
    guard mantissa.count <= Mantissa.mostDigits else { throw .tooManyDigits }
    digits = mantissa.normalised
    scale = digits == 0 ? Int.min : mantissa.place + power
    isNegative = hasSign && digits > 0
    guard scale < 16 || scale == 16 && digits <= Self.greatest else { throw .tooLarge }
    guard digits == 0 || scale > -300 else { throw .tooSmall }
  }

  /// 2^53 − 1, as 17 digits.
  private static let greatest: UInt64 = 90_071_992_547_409_910

  /// Why a number is not read.
  package enum Problem: Error, Sendable, Equatable, CaseIterable {
    case notANumber, tooManyDigits, tooLarge, tooSmall, exponent

    package var message: String {
      switch self {
      case .notANumber: "it is not a number as JSON writes it"
      case .tooManyDigits: "it has more than 17 significant digits, which programs round"
      case .tooLarge: "it is beyond ±(2^53 − 1), where programs round whole numbers"
      case .tooSmall: "it is so small that programs take it for 0"
      case .exponent: "its exponent has more than four digits"
      }
    }
  }
}

extension BoundedNumber: Comparable {
  package static func < (left: BoundedNumber, right: BoundedNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
  }

  /// Compares magnitudes.
  private func isSmaller(than other: BoundedNumber) -> Bool {
    (scale, digits) < (other.scale, other.digits)
  }
}

/// Digits as they come: those from the first to the last that is not 0, and where the point is.
private struct Mantissa {
  static let mostDigits = 17

  private var digits: UInt64 = 0
  private(set) var count = 0
  /// Zeros read since, which count only if another digit follows.
  private var zeros = 0
  /// The power of ten for 0.DIGITS.
  private(set) var place = 0

  mutating func append(_ digit: UInt8, isFraction: Bool) {
    if count == 0, digit == 0 {
      if isFraction { place -= 1 }
      return
    }
    if !isFraction { place += 1 }
    zeros += 1
    guard digit != 0 else { return }
    count += zeros
    if count <= Self.mostDigits { digits = digits * power(of: zeros) + UInt64(digit) }
    zeros = 0
  }

  /// As if it had all 17 digits.
  var normalised: UInt64 { digits * power(of: Self.mostDigits - min(count, Self.mostDigits)) }

  private func power(of exponent: Int) -> UInt64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

/// The part before the exponent; nil if it is not as JSON writes it.
private func readMantissa(_ lexeme: Span<UInt8>, from index: inout Int) -> Mantissa? {
  var mantissa = Mantissa()
  let start = index
  readDigits(lexeme, from: &index) { mantissa.append($0, isFraction: false) }
  guard index > start, lexeme[start] != UInt8(ascii: "0") || index == start + 1 else { return nil }
  guard index < lexeme.count, lexeme[index] == UInt8(ascii: ".") else { return mantissa }
  index += 1
  let fraction = index
  readDigits(lexeme, from: &index) { mantissa.append($0, isFraction: true) }
  return index > fraction ? mantissa : nil
}

/// What stands behind the mantissa: nothing, or `e`, a sign and digits.
private func readPower(_ lexeme: Span<UInt8>, from start: Int) throws(BoundedNumber.Problem) -> Int {
  guard start < lexeme.count else { return 0 }
  guard lexeme[start] | 0x20 == UInt8(ascii: "e"), start + 1 < lexeme.count else { throw .notANumber }
  let sign = lexeme[start + 1]
  var index = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") ? start + 2 : start + 1
  let digits = index
  var power = 0
  readDigits(lexeme, from: &index) { power = min(power * 10 + Int($0), 10_000) }
  guard index == lexeme.count, index > digits else { throw .notANumber }
  guard index - digits <= 4 else { throw .exponent }
  return sign == UInt8(ascii: "-") ? -power : power
}

private func readDigits(_ lexeme: Span<UInt8>, from index: inout Int, _ body: (UInt8) -> Void) {
  while index < lexeme.count, lexeme[index].isASCIIDigit {
    body(lexeme[index] - UInt8(ascii: "0"))
    index += 1
  }
}
