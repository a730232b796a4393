/// An IPv6 address as its eight groups, for the one spelling in which addresses are compared (RFC 5952).
struct IPv6Address: Sendable {
  let groups: [UInt16]

  /// Reads any spelling of RFC 4291, section 2.2, without brackets and zone.
  init?(_ text: some StringProtocol) {
    let text = Array(text.utf8)
    let colon = UInt8(ascii: ":")
    guard let gap = text.indices.first(where: { text[$0...].starts(with: [colon, colon]) }) else {
      guard let groups = Self.groups(text, mayEndInIPv4: true), groups.count == 8 else { return nil }
      self.groups = groups
      return
    }
    guard let before = Self.groups(text[..<gap], mayEndInIPv4: false),
      let after = Self.groups(text[(gap + 2)...], mayEndInIPv4: true), before.count + after.count < 8
    else { return nil }
    groups = before + Array(repeating: 0, count: 8 - before.count - after.count) + after
  }

  private static func groups(_ text: some Collection<UInt8>, mayEndInIPv4: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    var groups: [UInt16] = []
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if mayEndInIPv4, index == parts.count - 1, let address = dottedDecimal(part) {
        groups += [address[0] << 8 | address[1], address[2] << 8 | address[3]]
        continue
      }
      guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit),
        let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16)
      else { return nil }
      groups.append(group)
    }
    return groups
  }

  private static func dottedDecimal(_ text: some Collection<UInt8>) -> [UInt16]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      UInt8(String(decoding: part, as: UTF8.self)).flatMap { part.elementsEqual(String($0).utf8) ? UInt16($0) : nil }
    }
    return parts.count == 4 && numbers.count == 4 ? numbers : nil
  }

  /// The IPv4 address that it stands for, if it is one of those that are mapped.
  var mappedIPv4: String? {
    guard groups[..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF else { return nil }
    return groups[6...].flatMap { [$0 >> 8, $0 & 0xFF] }.map { String($0) }.joined(separator: ".")
  }

  /// Its one spelling: the first of the longest runs of two or more zero groups is `::`.
  var text: String {
    var gap = 0..<0
    for start in groups.indices {
      let length = groups[start...].prefix { $0 == 0 }.count
      if length > max(gap.count, 1) { gap = start..<start + length }
    }
    let words = groups.map { String($0, radix: 16) }
    if gap.isEmpty { return words.joined(separator: ":") }
    return words[..<gap.lowerBound].joined(separator: ":") + "::" + words[gap.upperBound...].joined(separator: ":")
  }
}
