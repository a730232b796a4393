/// IP addresses.
extension TextBytes {
  /// Four decimal numbers without leading zeros (RFC 2673, section 3.2).
  var isIPv4: Bool {
    var parts = 0
    let isValid = allParts(separatedBy: UInt8(ascii: ".")) { part in
      parts += 1
      guard (1...3).contains(part.count), let value = part.digits(at: 0, part.count) else { return false }
      return value <= 255 && (part.count == 1 || part[0] != UInt8(ascii: "0"))
    }
    return isValid && parts == 4
  }

  /// Eight groups, `::` for a run of zeros, an IPv4 address in place of the last two (RFC 4291, section 2.2).
  var isIPv6: Bool {
    guard count >= 2, let gap = doubleColon else { return groups == 8 }
    guard gap >= 0 else { return false }
    guard let before = upTo(gap).groups(mayEndInIPv4: false), let after = from(gap + 2).groups else { return false }
    return before + after <= 7
  }

  /// Where the only `::` stands: nil without one, negative where there are more.
  private var doubleColon: Int? {
    var found: Int?
    for index in 0..<(count - 1) where self[index] == UInt8(ascii: ":") && self[index + 1] == UInt8(ascii: ":") {
      if found != nil { return -1 }
      found = index
    }
    return found
  }

  private var groups: Int? { groups(mayEndInIPv4: true) }

  /// The number of 16-bit groups that this text has; nil if it is no list of them.
  private func groups(mayEndInIPv4: Bool) -> Int? {
    if isEmpty { return 0 }
    var groups = 0
    var from = 0
    let isValid = allParts(separatedBy: UInt8(ascii: ":")) { part in
      let isLast = from + part.count == count
      from += part.count + 1
      if mayEndInIPv4, isLast, part.contains(UInt8(ascii: ".")) {
        groups += 2
        return part.isIPv4
      }
      groups += 1
      return (1...4).contains(part.count) && part.allSatisfy { $0.hexadecimalValue != nil }
    }
    return isValid ? groups : nil
  }
}
