/// What a URL's authority names, where every reader takes it for the same.
///
/// A name is labels of ASCII letters, digits, `-` and `_` (not of the DNS's host names, but of container networks, and
/// read by nobody as anything else), up to 63 bytes each, no `-` at their ends. A label `xn--…` is not decoded: it is
/// what the DNS is asked for, and a reader that finds it malformed refuses it. One final dot does not count.
/// What ends in a number is an address or nothing: WHATWG readers, and C's, see one in `2130706433` and `0x7f.1`.
package enum Host: Sendable, Equatable {
  /// The name's bytes in the text, without a final dot, in the case in which they stand.
  case name(Range<Int>)
  case address(IPAddress)

  init(_ text: Span<UInt8>, _ range: Range<Int>) throws(Problem) {
    guard !range.isEmpty else { throw .empty }
    if text[range.lowerBound] == UInt8(ascii: "[") {
      let inner = range.lowerBound + 1..<max(range.upperBound - 1, range.lowerBound + 1)
      guard text[range.upperBound - 1] == UInt8(ascii: "]"), let address = IPAddress(v6: text, inner) else {
        throw .badIPv6
      }
      self = .address(address)
      return
    }
    let name = text[range.upperBound - 1] == dot ? range.lowerBound..<range.upperBound - 1 : range
    try checkDomainName(text, name, allowsUnderscore: true)
    guard endsInNumber(text, name) else {
      self = .name(name)
      return
    }
    guard let address = IPAddress(v4: text, range) else { throw .number }
    self = .address(address)
  }

  /// Why a text is not the host of a clean URL.
  package enum Problem: Error, Sendable, Equatable, CaseIterable {
    case empty, emptyLabel, tooLong, character, hyphen, number, badIPv6

    package var message: String {
      switch self {
      case .empty: "it has no host"
      case .emptyLabel: "its host has an empty label"
      case .tooLong: "its host is longer than a name can be: 63 bytes a label, 253 in all"
      case .character: "its host holds a character other than ASCII letters, digits, `-`, `_` and `.`"
      case .hyphen: "a label of its host begins or ends with `-`"
      case .number: "its host ends in a number and is not an IPv4 address of four plain decimal numbers"
      case .badIPv6: "its host is not an IPv6 address in brackets, without a zone"
      }
    }
  }
}

private let dot = UInt8(ascii: ".")

/// Holds a name without a final dot to the form of the DNS.
func checkDomainName(_ text: Span<UInt8>, _ name: Range<Int>, allowsUnderscore: Bool) throws(Host.Problem) {
  let bytes = text.extracting(name)
  var label = 0
  for index in bytes.indices {
    let byte = bytes[index]
    if byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") { continue }
    if byte == dot {
      try checkLabel(bytes, label..<index)
      label = index + 1
    } else if !(allowsUnderscore && byte == UInt8(ascii: "_")) {
      throw .character
    }
  }
  try checkLabel(bytes, label..<bytes.count)
  guard name.count <= 253 else { throw .tooLong }
}

private func checkLabel(_ text: Span<UInt8>, _ label: Range<Int>) throws(Host.Problem) {
  guard !label.isEmpty else { throw .emptyLabel }
  guard label.count <= 63 else { throw .tooLong }
  let hyphen = UInt8(ascii: "-")
  guard text[label.lowerBound] != hyphen, text[label.upperBound - 1] != hyphen else { throw .hyphen }
}

/// Whether the last label is a decimal or hexadecimal number (URL Standard, "ends in a number checker").
func endsInNumber(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
  var start = name.upperBound
  while start > name.lowerBound, text[start - 1] != dot { start -= 1 }
  let label = start..<name.upperBound
  if label.count >= 2, text[start] == UInt8(ascii: "0"), text[start + 1] | 0x20 == UInt8(ascii: "x") {
    return all(text, start + 2..<label.upperBound) { $0.hexadecimalValue != nil }
  }
  return all(text, label, \.isASCIIDigit)
}

private func all(_ text: Span<UInt8>, _ range: Range<Int>, _ holds: (UInt8) -> Bool) -> Bool {
  for index in range where !holds(text[index]) { return false }
  return true
}
