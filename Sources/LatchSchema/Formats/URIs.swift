/// URIs (RFC 3986) and IRIs (RFC 3987), by their grammar.
extension TextBytes {
  var isURI: Bool { isReference(international: false, absolute: true) }
  var isURIReference: Bool { isReference(international: false, absolute: false) }
  var isIRI: Bool { isReference(international: true, absolute: true) }
  var isIRIReference: Bool { isReference(international: true, absolute: false) }

  private func isReference(international: Bool, absolute: Bool) -> Bool {
    var rest = self
    if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard rest.from(mark + 1).isMade(of: .fragment, international: international) else { return false }
      rest = rest.upTo(mark)
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      guard rest.from(mark + 1).isMade(of: .query, international: international) else { return false }
      rest = rest.upTo(mark)
    }
    if let colon = rest.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }),
      rest[colon] == UInt8(ascii: ":")
    {
      // A relative reference has no colon in its first segment.
      guard rest.upTo(colon).isScheme else { return false }
      rest = rest.from(colon + 1)
    } else if absolute {
      return false
    }
    if rest.count >= 2, rest[0] == UInt8(ascii: "/"), rest[1] == UInt8(ascii: "/") {
      rest = rest.from(2)
      let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.count
      guard rest.upTo(end).isAuthority(international: international) else { return false }
      rest = rest.from(end)
    }
    return rest.isMade(of: .path, international: international)
  }

  private var isScheme: Bool {
    guard !isEmpty, self[0].isASCIILetter else { return false }
    return allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "+-.".utf8.contains($0) }
  }

  private func isAuthority(international: Bool) -> Bool {
    var host = self
    if let at = firstIndex(of: UInt8(ascii: "@")) {
      guard upTo(at).isMade(of: .userInfo, international: international) else { return false }
      host = from(at + 1)
    }
    if !host.isEmpty, host[0] == UInt8(ascii: "[") {
      guard let end = host.firstIndex(of: UInt8(ascii: "]")), host[1..<end].isIPLiteral else { return false }
      return host.from(end + 1).isPort
    }
    let colon = host.firstIndex(of: UInt8(ascii: ":")) ?? host.count
    return host.upTo(colon).isMade(of: .host, international: international) && host.from(colon).isPort
  }

  private var isPort: Bool {
    isEmpty || (self[0] == UInt8(ascii: ":") && from(1).allSatisfy(\.isASCIIDigit))
  }

  private var isIPLiteral: Bool {
    guard !isEmpty, self[0] | 0x20 == UInt8(ascii: "v") else { return isIPv6 }
    guard let dot = firstIndex(of: UInt8(ascii: ".")), dot > 1, dot + 1 < count else { return false }
    return self[1..<dot].allSatisfy { $0.hexadecimalValue != nil }
      && from(dot + 1).allSatisfy { $0.isUnreserved || $0.isSubDelimiter || $0 == UInt8(ascii: ":") }
  }

  private enum Part {
    case userInfo, host, path, query, fragment
  }

  /// Whether this has only characters that may stand in that part, the rest percent-encoded.
  private func isMade(of part: Part, international: Bool) -> Bool {
    var index = 0
    while index < count {
      let byte = self[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < count, self[index + 1].hexadecimalValue != nil, self[index + 2].hexadecimalValue != nil
        else { return false }
        index += 3
      } else if byte >= 0x80 {
        guard international, let (scalar, length) = scalar(at: index),
          Self.isInternational(scalar) || (part == .query && Self.isPrivate(scalar))
        else { return false }
        index += length
      } else {
        guard byte.isUnreserved || byte.isSubDelimiter || Self.extra(part).contains(byte) else { return false }
        index += 1
      }
    }
    return true
  }

  private static func extra(_ part: Part) -> String.UTF8View {
    switch part {
    case .userInfo: ":".utf8
    case .host: "".utf8
    case .path: "/:@".utf8
    case .query, .fragment: "/?:@".utf8
    }
  }

  /// `ucschar` of RFC 3987.
  private static func isInternational(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
    case 0x10000...0xDFFFF: scalar & 0xFFFF <= 0xFFFD
    case 0xE1000...0xEFFFD: true
    default: false
    }
  }

  /// `iprivate` of RFC 3987.
  private static func isPrivate(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xE000...0xF8FF: true
    case 0xF0000...0x10FFFF: scalar & 0xFFFF <= 0xFFFD
    default: false
    }
  }
}

extension UInt8 {
  fileprivate var isUnreserved: Bool { isASCIILetter || isASCIIDigit || "-._~".utf8.contains(self) }
  fileprivate var isSubDelimiter: Bool { "!$&'()*+,;=".utf8.contains(self) }
}
