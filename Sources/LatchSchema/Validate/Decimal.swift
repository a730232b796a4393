/// The exact value of a number's lexeme, read where it stands: sign, digits, and where the point is.
///
/// The value is 0.d₁d₂d₃… × 10^`scale`, d₁ and the last digit not 0. Nothing is rounded and nothing is allocated.
struct Decimal {
  private(set) var isNegative = false
  private(set) var isZero = true
  /// From the first digit that counts to behind the last; a point may stand between them.
  private(set) var start = 0
  private(set) var end = 0
  private(set) var digitCount = 0
  private(set) var scale = 0

  /// Reads the lexeme at `start..<end`, which is a number of JSON.
  init(_ bytes: Borrowed<UInt8>, _ from: Int, _ to: Int) {
    var index = from
    if index < to, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    let mantissaEnd = Self.find(in: bytes, index, to) { $0 | 0x20 == UInt8(ascii: "e") }
    let point = Self.find(in: bytes, index, mantissaEnd) { $0 == UInt8(ascii: ".") }
    let first = Self.find(in: bytes, index, mantissaEnd) { $0.isNonzeroDigit }
    guard first < mantissaEnd else {
      isNegative = false
      return
    }
    isZero = false
    start = first
    end = mantissaEnd
    while !bytes[end - 1].isNonzeroDigit { end -= 1 }
    digitCount = end - start - (start < point && point < end ? 1 : 0)
    scale = first < point ? point - first : point + 1 - first
    scale += Self.exponent(bytes, mantissaEnd, to)
  }

  private static func find(
    in bytes: Borrowed<UInt8>, _ start: Int, _ end: Int, where matches: (UInt8) -> Bool
  ) -> Int {
    var index = start
    while index < end, !matches(bytes[index]) { index += 1 }
    return index
  }

  /// The exponent, held within ±10^15: further out no other number is near.
  private static func exponent(_ bytes: Borrowed<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = start + 1
    guard index < end else { return 0 }
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    var value = 0
    while index < end {
      value = min(value * 10 + Int(bytes[index] & 0x0F), 1_000_000_000_000_000)
      index += 1
    }
    return isNegative ? -value : value
  }

  var isPositive: Bool { !isZero && !isNegative }
  var isInteger: Bool { isZero || scale >= digitCount }
  /// Whether this is a whole number, 0 or more.
  var isCount: Bool { isInteger && !isNegative }

  /// The digits in order, most significant first.
  func forEachDigit(_ bytes: Borrowed<UInt8>, _ body: (UInt8) -> Void) {
    for index in start..<end where bytes[index] != UInt8(ascii: ".") { body(bytes[index] & 0x0F) }
  }

  /// The value if it is a whole number, 0 or more; `limit` stands for everything above it.
  func count(_ bytes: Borrowed<UInt8>, limit: Int) -> Int? {
    guard isCount else { return nil }
    guard scale <= 18 else { return limit }
    var value = 0
    forEachDigit(bytes) { value = value * 10 + Int($0) }
    for _ in 0..<(isZero ? 0 : scale - digitCount) { value *= 10 }
    return min(value, limit)
  }

  /// −1, 0 or 1 as this number is below, equal to or above `other`.
  func compare(_ bytes: Borrowed<UInt8>, to other: Decimal, _ otherBytes: Borrowed<UInt8>) -> Int {
    if sign != other.sign { return sign < other.sign ? -1 : 1 }
    if isZero { return 0 }
    return sign * compareMagnitude(bytes, to: other, otherBytes)
  }

  private var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

  private func compareMagnitude(_ bytes: Borrowed<UInt8>, to other: Decimal, _ otherBytes: Borrowed<UInt8>) -> Int {
    if scale != other.scale { return scale < other.scale ? -1 : 1 }
    var mine = start
    var theirs = other.start
    while mine < end, theirs < other.end {
      if bytes[mine] == UInt8(ascii: ".") { mine += 1 }
      if otherBytes[theirs] == UInt8(ascii: ".") { theirs += 1 }
      if bytes[mine] != otherBytes[theirs] { return bytes[mine] < otherBytes[theirs] ? -1 : 1 }
      mine += 1
      theirs += 1
    }
    return mine < end ? 1 : theirs < other.end ? -1 : 0
  }
}

extension UInt8 {
  fileprivate var isNonzeroDigit: Bool { (0x31...0x39).contains(self) }
}
