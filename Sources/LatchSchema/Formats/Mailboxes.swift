/// E-mail addresses: the `Mailbox` of RFC 5321, and of RFC 6531 with characters of all scripts.
extension TextBytes {
  var isEmail: Bool { isMailbox(international: false) }
  var isInternationalEmail: Bool { isMailbox(international: true) }

  private func isMailbox(international: Bool) -> Bool {
    guard let at = lastIndex(of: UInt8(ascii: "@")), at > 0, at <= 64, at + 1 < count else { return false }
    let local = upTo(at)
    let domain = from(at + 1)
    let isLocal =
      local[0] == UInt8(ascii: "\"")
      ? local.isQuoted(international: international)
      : local.allParts(separatedBy: UInt8(ascii: ".")) { $0.isAtom(international: international) }
    return isLocal && (domain.isAddressLiteral || domain.isMailDomain(international: international))
  }

  private func isAtom(international: Bool) -> Bool {
    !isEmpty
      && allSatisfy {
        $0 >= 0x80
          ? international : $0.isASCIILetter || $0.isASCIIDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0)
      }
  }

  private func isQuoted(international: Bool) -> Bool {
    guard count >= 2, self[count - 1] == UInt8(ascii: "\"") else { return false }
    var index = 1
    while index < count - 1 {
      if self[index] == UInt8(ascii: "\\") { index += 1 }
      guard index < count - 1 else { return false }
      let byte = self[index]
      guard byte >= 0x80 ? international : (0x20...0x7E).contains(byte) else { return false }
      guard byte != UInt8(ascii: "\"") || self[index - 1] == UInt8(ascii: "\\") else { return false }
      index += 1
    }
    return true
  }

  /// `[127.0.0.1]` or `[IPv6:::1]`.
  private var isAddressLiteral: Bool {
    guard count > 2, self[0] == UInt8(ascii: "["), self[count - 1] == UInt8(ascii: "]") else { return false }
    let inner = self[1..<(count - 1)]
    let tag = Array("ipv6:".utf8)
    let isTagged = inner.count > tag.count && tag.indices.allSatisfy { inner[$0] | 0x20 == tag[$0] | 0x20 }
    return isTagged ? inner.from(tag.count).isIPv6 : inner.isIPv4
  }

  private func isMailDomain(international: Bool) -> Bool {
    count <= 253
      && allParts(separatedBy: UInt8(ascii: ".")) { label in
        (1...63).contains(label.count) && label[0] != UInt8(ascii: "-") && label[label.count - 1] != UInt8(ascii: "-")
          && label.allSatisfy {
            $0 >= 0x80 ? international : $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-")
          }
      }
  }
}
