/// The exact value of a JSON number: what `1.0`, `1e0` and `10e-1` have in common.
///
/// It is never spread out: work and memory are bounded by the length of the lexeme, also for `1e999999999`.
package struct DecimalNumber: Sendable, Hashable {
  /// Exponents beyond this have no value here; no peer could read them either.
  package static let greatestExponent = 1_000_000_000_000_000

  /// False for zero.
  package let isNegative: Bool
  /// ASCII digits without zeros at either end; none for zero. They stand behind the point: `0.DIGITS`.
  package let digits: [UInt8]
  /// The power of ten that `0.DIGITS` is to be multiplied by; 0 for zero.
  package let exponent: Int

  /// The value of a lexeme; nil if it is no JSON number or its exponent is beyond `greatestExponent`.
  package init?(_ lexeme: some Collection<UInt8>) {
    let bytes = Array(lexeme)
    guard Self.isNumber(bytes) else { return nil }
    let mantissa = bytes.prefix { $0 | 0x20 != 0x65 }.drop { $0 == 0x2D }
    let point = mantissa.firstIndex(of: 0x2E) ?? mantissa.endIndex
    let written = mantissa.filter { $0 != 0x2E }
    let leadingZeros = written.prefix { $0 == 0x30 }.count
    let trailingZeros = written.reversed().prefix { $0 == 0x30 }.count
    guard leadingZeros < written.count else {
      (isNegative, digits, exponent) = (false, [], 0)
      return
    }
    guard let power = Self.power(bytes[mantissa.endIndex...]) else { return nil }
    isNegative = bytes.first == 0x2D
    digits = Array(written.dropFirst(leadingZeros).dropLast(trailingZeros))
    exponent = point - mantissa.startIndex - leadingZeros + power
  }

  package init?(_ lexeme: String) { self.init(lexeme.utf8) }

  /// Whether the bytes are a number as JSON writes it.
  package static func isNumber(_ lexeme: some Collection<UInt8>) -> Bool {
    let bytes = Array(lexeme)
    guard !bytes.isEmpty else { return false }
    return (try? scanNumber(bytes.span, at: 0)) == bytes.count
  }

  /// Whether the value has no fraction, however it is written.
  package var isInteger: Bool { digits.count <= exponent || digits.isEmpty }

  /// What stands behind the mantissa: nothing, or `e`, a sign and digits.
  private static func power(_ exponent: ArraySlice<UInt8>) -> Int? {
    let isNegative = exponent.dropFirst().first == 0x2D
    let digits = exponent.drop { !(0x31...0x39).contains($0) }
    guard digits.count <= 15 else { return nil }
    let magnitude = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return isNegative ? -magnitude : magnitude
  }
}

extension DecimalNumber: Comparable {
  package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
  }

  /// Compares magnitudes.
  private func isSmaller(than other: DecimalNumber) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if exponent != other.exponent { return exponent < other.exponent }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}
