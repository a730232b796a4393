/// Numbers as ECMAScript writes them, which RFC 8785 demands.
package enum ECMAScriptNumber {
  /// `Number::toString` (ECMA-262 §6.1.6.1.20) of a finite number: the shortest digits that read back as it.
  package static func format(_ number: Double) -> String {
    precondition(number.isFinite, "JSON has no infinite numbers")
    guard number != 0 else { return "0" }
    let shortest = Shortest(number.magnitude)
    return (number < 0 ? "-" : "") + shortest.written
  }

  /// The digits Swift finds (shortest, nearest), and where the point stands: `0.DIGITS × 10^point`.
  private struct Shortest {
    var digits: [UInt8]
    var point: Int

    init(_ number: Double) {
      let text = Array(number.description.utf8)
      let mantissa = text.prefix { $0 != 0x65 }
      let power = Int(String(decoding: text[mantissa.endIndex...].dropFirst(), as: UTF8.self)) ?? 0
      let whole = mantissa.prefix { $0 != 0x2E }.count
      let written = mantissa.filter { $0 != 0x2E }
      let leadingZeros = written.prefix { $0 == 0x30 }.count
      let trailingZeros = written.reversed().prefix { $0 == 0x30 }.count
      digits = Array(written.dropFirst(leadingZeros).dropLast(trailingZeros))
      point = whole - leadingZeros + power
    }

    var written: String {
      let count = digits.count
      switch point {
      case 1...21 where point >= count: return text(digits[...]) + zeros(point - count)
      case 1...21: return text(digits[..<point]) + "." + text(digits[point...])
      case -5...0: return "0." + zeros(-point) + text(digits[...])
      default:
        let fraction = count > 1 ? "." + text(digits[1...]) : ""
        return text(digits[..<1]) + fraction + "e" + (point > 0 ? "+" : "") + String(point - 1)
      }
    }

    private func text(_ digits: ArraySlice<UInt8>) -> String { String(decoding: digits, as: UTF8.self) }
    private func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
  }
}
