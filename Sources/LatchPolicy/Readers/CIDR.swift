/// A range of IP addresses as `ip_in` has it: `10.0.0.0/8`, `fd00::/8`, or one address.
///
/// A range of `::ffff:0:0/96` is the IPv4 one that it stands for; a wider one holds no IPv4 address.
package struct CIDR: Sendable, Hashable {
  /// The first address.
  package let address: IPAddress
  /// How many leading bits are the same in all.
  package let prefixLength: Int

  package init(_ text: String) throws(Problem) {
    let bytes = Array(text.utf8)
    let slash = bytes.span.firstIndex(of: UInt8(ascii: "/"), in: 0..<bytes.count)
    let end = slash ?? bytes.count
    guard let known = Self.address(bytes.span, 0..<end) else { throw .notAnAddress }
    let isV4 = bytes.span.firstIndex(of: UInt8(ascii: ":"), in: 0..<end) == nil
    let width = isV4 ? 32 : 128
    guard var length = slash.map({ Self.length(bytes.dropFirst($0 + 1), most: width) }) ?? width else {
      throw .prefixLength(most: width)
    }
    if !isV4, case .v4 = known {
      guard length >= 96 else { throw .mixed }
      length -= 96
    }
    let first = known.masked(to: length)
    guard first == known else { throw .bitsBehindPrefix(range: "\(first.text)/\(length)", single: known.text) }
    (address, prefixLength) = (first, length)
  }

  private static func address(_ bytes: Span<UInt8>, _ range: Range<Int>) -> IPAddress? {
    IPAddress(v4: bytes, range) ?? IPAddress(v6: bytes, range)
  }

  private static func length(_ digits: ArraySlice<UInt8>, most: Int) -> Int? {
    guard (1...3).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
    if digits.count > 1, digits.first == UInt8(ascii: "0") { return nil }
    let length = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return length <= most ? length : nil
  }

  /// Whether the address lies in the range; one of the other kind never does.
  package func contains(_ other: IPAddress) -> Bool { other.masked(to: prefixLength) == address }

  /// The one spelling of the range.
  package var text: String { "\(address.text)/\(prefixLength)" }
}

extension CIDR {
  package enum Problem: Error, Sendable, Equatable {
    case notAnAddress
    case prefixLength(most: Int)
    case bitsBehindPrefix(range: String, single: String)
    case mixed

    package var message: String {
      switch self {
      case .notAnAddress:
        "it is not an IP address or a range of them, such as `10.0.0.0/8`, `192.0.2.1` or `fd00::/8`"
      case .prefixLength(let most): "what follows the `/` is a number from 0 to \(most)"
      case .bitsBehindPrefix(let range, let single):
        "the address has bits behind its prefix; write `\(range)` for the range or `\(single)` for the one address"
      case .mixed: "it holds only a part of its addresses in the form of IPv4; write the IPv4 range and the IPv6 range"
      }
    }
  }
}

extension IPAddress {
  /// The address with all bits behind the first ones zero.
  fileprivate func masked(to length: Int) -> IPAddress {
    // Shifting out all bits leaves zero.
    switch self {
    case .v4(let value): .v4(value & ~(UInt32.max >> UInt32(length)))
    case .v6(let value): .v6(value & ~(UInt128.max >> UInt128(length)))
    }
  }
}
