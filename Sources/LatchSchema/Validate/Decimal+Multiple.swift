/// Whether one decimal number is a whole multiple of another, exactly.
extension Decimal {
  /// Whether this is `divisor` times a whole number; `divisor` is not 0.
  func isMultiple(_ bytes: Borrowed<UInt8>, of divisor: Decimal, _ divisorBytes: Borrowed<UInt8>) -> Bool {
    if isZero { return true }
    // As whole numbers without a final 0, m × 10^e: a multiple has no smaller exponent.
    let shift = (scale - digitCount) - (divisor.scale - divisor.digitCount)
    guard shift >= 0 else { return false }
    // 10^shift takes 2s and 5s only, and the divisor has fewer of either than it has bits.
    let zeros = min(shift, 4 * divisor.digitCount)
    if divisor.digitCount <= 18 { return remainder(bytes, zeros, by: divisor.small(divisorBytes)) == 0 }
    return isMultiple(bytes, zeros, ofDigits: divisor.digits(divisorBytes))
  }

  private func small(_ bytes: Borrowed<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    forEachDigit(bytes) { value = value * 10 + UInt64($0) }
    return value
  }

  private func digits(_ bytes: Borrowed<UInt8>) -> [UInt8] {
    var digits: [UInt8] = []
    forEachDigit(bytes) { digits.append($0) }
    return digits
  }

  private func remainder(_ bytes: Borrowed<UInt8>, _ zeros: Int, by divisor: UInt64) -> UInt64 {
    var remainder: UInt64 = 0
    func push(_ digit: UInt8) {
      let product = remainder.multipliedFullWidth(by: 10)
      let (low, carry) = product.low.addingReportingOverflow(UInt64(digit))
      remainder = divisor.dividingFullWidth((product.high + (carry ? 1 : 0), low)).remainder
    }
    forEachDigit(bytes, push)
    for _ in 0..<zeros { push(0) }
    return remainder
  }

  /// Long division on digits, for divisors that no machine word holds.
  private func isMultiple(_ bytes: Borrowed<UInt8>, _ zeros: Int, ofDigits divisor: [UInt8]) -> Bool {
    var remainder: [UInt8] = Array(repeating: 0, count: divisor.count + 1)
    let padded = [0] + divisor
    func push(_ digit: UInt8) {
      remainder.removeFirst()
      remainder.append(digit)
      while !remainder.lexicographicallyPrecedes(padded) { subtract(padded, from: &remainder) }
    }
    forEachDigit(bytes, push)
    for _ in 0..<zeros { push(0) }
    return remainder.allSatisfy { $0 == 0 }
  }

  private func subtract(_ smaller: [UInt8], from larger: inout [UInt8]) {
    var borrow: UInt8 = 0
    for index in larger.indices.reversed() {
      let taken = smaller[index] + borrow
      borrow = larger[index] < taken ? 1 : 0
      larger[index] = larger[index] + 10 * borrow - taken
    }
  }
}
