extension IPAddress {
  /// Writes the address in its one canonical spelling, IPv6 as RFC 5952 has it, without brackets.
  func write(to text: inout SubjectText) {
    switch self {
    case .v4(let value):
      for part in 0..<4 {
        if part > 0 { text.append(UInt8(ascii: ".")) }
        text.append(decimal: value >> UInt32(24 - 8 * part) & 0xFF)
      }
    case .v6(let value): Self.write(value, to: &text)
    }
  }

  private static func write(_ value: UInt128, to text: inout SubjectText) {
    let gap = longestZeros(value)
    var group = 0
    while group < 8 {
      if group == gap.lowerBound, !gap.isEmpty {
        text.append(UInt8(ascii: ":"))
        text.append(UInt8(ascii: ":"))
        group = gap.upperBound
        continue
      }
      if group > 0, group != gap.upperBound || gap.isEmpty { text.append(UInt8(ascii: ":")) }
      text.append(hexadecimal: Self.group(group, of: value))
      group += 1
    }
  }

  private static func group(_ number: Int, of value: UInt128) -> UInt32 {
    UInt32(truncatingIfNeeded: value >> UInt128(112 - 16 * number) & 0xFFFF)
  }

  /// The first of the longest runs of zero groups that are two or more.
  private static func longestZeros(_ value: UInt128) -> Range<Int> {
    var longest = 0..<0
    var start = 0
    for number in 0..<8 {
      if group(number, of: value) != 0 {
        start = number + 1
      } else if number + 1 - start > max(longest.count, 1) {
        longest = start..<number + 1
      }
    }
    return longest
  }

  /// The canonical spelling.
  package var text: String {
    var text = SubjectText(capacity: 45)
    write(to: &text)
    return text.string
  }
}

extension SubjectText {
  mutating func append(decimal number: UInt32) {
    if number >= 10 { append(decimal: number / 10) }
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  fileprivate mutating func append(hexadecimal number: UInt32) {
    if number >= 16 { append(hexadecimal: number / 16) }
    let digit = UInt8(number % 16)
    append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
  }

  /// The bytes as a text, for people.
  var string: String { String(decoding: (0..<count).map { self[$0] }, as: UTF8.self) }
}
