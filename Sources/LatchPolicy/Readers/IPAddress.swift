/// An IP address in the one spelling of it that all programs read alike.
package enum IPAddress: Sendable, Hashable {
  case v4(UInt32)
  /// None that stands for an IPv4 address as `::ffff:a.b.c.d`: that is one of the other kind.
  case v6(UInt128)

  /// Four decimal numbers without leading zeros: `127.1`, `0177.0.0.1` and `0x7f.1` are readable to some programs only.
  package init?(v4 text: Span<UInt8>, _ range: Range<Int>) {
    guard let value = readIPv4(text, range) else { return nil }
    self = .v4(value)
  }

  /// IPv6 as RFC 4291 §2.2 writes it, without brackets and zone.
  package init?(v6 text: Span<UInt8>, _ range: Range<Int>) {
    guard let value = readIPv6(text, range) else { return nil }
    self = value >> 32 == 0xFFFF ? .v4(UInt32(truncatingIfNeeded: value)) : .v6(value)
  }

  /// Whether its bits do not tell where the address leads.
  ///
  /// `0.0.0.0` and `::` are this machine to most programs. NAT64, 6to4, Teredo, IPv4-compatible and IPv4-translated
  /// addresses carry an IPv4 address, to which a network on the way may send the traffic.
  package var isUncertain: Bool {
    guard case .v6(let value) = self else { return self == .v4(0) }
    if value >> 32 == 0 { return value != 1 }
    let isNAT64 = value >> 32 == 0x64_FF9B << 64 || value >> 80 == 0x64_FF9B_0001
    let isTeredo = value >> 96 == 0x2001_0000
    return isNAT64 || isTeredo || value >> 112 == 0x2002 || value >> 32 == 0xFFFF_0000
  }
}

private func readIPv4(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
  var value: UInt32 = 0
  var index = range.lowerBound
  for part in 0..<4 {
    if part > 0 {
      guard index < range.upperBound, text[index] == UInt8(ascii: ".") else { return nil }
      index += 1
    }
    guard let (number, end) = readOctet(text, index..<range.upperBound) else { return nil }
    value = value << 8 | number
    index = end
  }
  return index == range.upperBound ? value : nil
}

/// The number from 0 to 255 that a part begins with, and where it ends.
private func readOctet(_ text: Span<UInt8>, _ range: Range<Int>) -> (UInt32, Int)? {
  var number: UInt32 = 0
  var index = range.lowerBound
  while index < range.upperBound, text[index].isASCIIDigit {
    // A second digit behind a zero is octal to some.
    if index > range.lowerBound, number == 0 { return nil }
    number = number * 10 + UInt32(text[index] - UInt8(ascii: "0"))
    if number > 255 { return nil }
    index += 1
  }
  return index > range.lowerBound ? (number, index) : nil
}

private func readIPv6(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt128? {
  var groups = IPv6Groups()
  var index = range.lowerBound
  let end = range.upperBound
  if end - index >= 2, text[index] == colon, text[index + 1] == colon {
    groups.leaveGap()
    index += 2
  }
  while index < end {
    guard let group = readGroup(text, index..<end) else { return nil }
    if group.end < end, text[group.end] == UInt8(ascii: ".") {
      guard let tail = readIPv4(text, index..<end), groups.append(tail >> 16), groups.append(tail & 0xFFFF) else {
        return nil
      }
      break
    }
    guard groups.append(group.value) else { return nil }
    index = group.end
    if index == end { break }
    guard text[index] == colon, index + 1 < end else { return nil }
    index += 1
    if text[index] == colon {
      guard groups.leaveGap() else { return nil }
      index += 1
    }
  }
  return groups.value
}

private let colon = UInt8(ascii: ":")

/// One to four hexadecimal digits that a part begins with, and where they end.
private func readGroup(_ text: Span<UInt8>, _ range: Range<Int>) -> (value: UInt32, end: Int)? {
  var value: UInt32 = 0
  var index = range.lowerBound
  while index < range.upperBound, let digit = text[index].hexadecimalValue {
    guard index < range.lowerBound + 4 else { return nil }
    value = value << 4 | UInt32(digit)
    index += 1
  }
  return index > range.lowerBound ? (value, index) : nil
}

/// The groups of 16 bits of an address, as they come, and where `::` stands for those that do not.
private struct IPv6Groups {
  private var given: UInt128 = 0
  private var count = 0
  private var gap: Int?

  mutating func append(_ group: UInt32) -> Bool {
    guard count < 8 else { return false }
    given = given << 16 | UInt128(group)
    count += 1
    return true
  }

  @discardableResult
  mutating func leaveGap() -> Bool {
    guard gap == nil else { return false }
    gap = count
    return true
  }

  /// nil where groups are missing, or none is left for `::`.
  var value: UInt128? {
    guard let gap else { return count == 8 ? given : nil }
    guard count < 8 else { return nil }
    let behind = UInt128(16 * (count - gap))
    let tail = given & ((1 << behind) - 1)
    return (given >> behind) << UInt128(16 * (8 - gap)) | tail
  }
}
