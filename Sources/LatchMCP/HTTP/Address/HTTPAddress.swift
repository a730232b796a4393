/// Who answers: two addresses of one origin may share credentials, no others.
package struct HTTPOrigin: Sendable, Hashable {
  package let isSecure: Bool
  /// In lower case; an IPv6 address without its brackets.
  package let host: String
  package let port: Int

  /// Whether only programs of this machine can be on the other end.
  package var isLoopback: Bool {
    let bytes = Array(host.utf8)
    return host.utf8.elementsEqual("localhost".utf8) || host.utf8.elementsEqual("::1".utf8)
      || bytes.starts(with: "127.".utf8) && bytes.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
  }
}

/// Where a request goes: taken apart once, by a reader strict enough that no other finds another host in the text.
package struct HTTPAddress: Sendable, Hashable {
  package let origin: HTTPOrigin
  /// Path and query, as they stand in the request.
  package let target: String

  /// Reads an absolute `http` or `https` URL without credentials and fragment; nil if it is none.
  package init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard let scheme = Self.scheme(&rest) else { return nil }
    self.init(isSecure: scheme, rest)
  }

  private init(origin: HTTPOrigin, target: [UInt8]) {
    self.origin = origin
    self.target = String(decoding: target, as: UTF8.self)
  }

  /// `rest` begins with the two slashes before the host.
  private init?(isSecure: Bool, _ rest: ArraySlice<UInt8>) {
    guard rest.starts(with: "//".utf8) else { return nil }
    let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    var target = Array(rest[authority.endIndex...])
    if target.first != UInt8(ascii: "/") { target.insert(UInt8(ascii: "/"), at: 0) }
    guard let origin = HTTPOrigin(isSecure: isSecure, authority), Self.isTarget(target) else { return nil }
    self.init(origin: origin, target: target)
  }

  /// The whole URL.
  package var text: String { origin.text + target }

  /// For people: the query may hold what is not theirs to see.
  package var shown: String {
    origin.text + (target.split(separator: "?", omittingEmptySubsequences: false).first ?? "")
  }

  /// What stands behind the question mark.
  var query: String? {
    let parts = target.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : nil
  }

  private static func scheme(_ rest: inout ArraySlice<UInt8>) -> Bool? {
    for (name, isSecure) in [("https:", true), ("http:", false)] {
      let written = rest.prefix(name.utf8.count).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
      guard written.elementsEqual(name.utf8) else { continue }
      rest = rest.dropFirst(name.utf8.count)
      return isSecure
    }
    return nil
  }

  /// Only what RFC 3986 lets stand in a path or query.
  private static func isTarget(_ bytes: [UInt8]) -> Bool {
    bytes.count <= 8192 && bytes.allSatisfy { isLetterOrDigit($0) || "-._~%!$&'()*+,;=:@/?".utf8.contains($0) }
  }
}

extension HTTPOrigin {
  fileprivate init?(isSecure: Bool, _ authority: ArraySlice<UInt8>) {
    var (host, port) = (authority, isSecure ? 443 : 80)
    if let colon = authority.lastIndex(of: UInt8(ascii: ":")), authority.last != UInt8(ascii: "]") {
      let digits = authority[(colon + 1)...]
      guard digits.count <= 5, digits.allSatisfy({ (0x30...0x39).contains($0) }),
        let written = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(written)
      else { return nil }
      (host, port) = (authority[..<colon], written)
    }
    if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
      host = host.dropFirst().dropLast()
      guard host.contains(UInt8(ascii: ":")), host.allSatisfy(isHexadecimalOrColon) else { return nil }
    } else {
      guard host.allSatisfy({ isLetterOrDigit($0) || "-._".utf8.contains($0) }) else { return nil }
    }
    guard !host.isEmpty, host.count <= 255 else { return nil }
    self.isSecure = isSecure
    self.host = String(decoding: host.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    self.port = port
  }

  /// The URL without a path.
  package var text: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    let isUsual = port == (isSecure ? 443 : 80)
    return "\(isSecure ? "https" : "http")://\(name)\(isUsual ? "" : ":\(port)")"
  }
}

extension HTTPAddress {
  /// What a reference from a response of this address means (RFC 3986, 5.2); nil if it leaves the origin or cannot
  /// be read.
  package func resolving(_ reference: String) -> HTTPAddress? {
    let bytes = Array(reference.utf8)
    let found: HTTPAddress?
    if bytes.starts(with: "//".utf8) {
      found = HTTPAddress(isSecure: origin.isSecure, bytes[...])
    } else if bytes.first.map({ "/?".utf8.contains($0) }) ?? true {
      found = at(bytes.first == UInt8(ascii: "/") ? bytes : path + bytes)
    } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), !bytes[..<colon].contains(UInt8(ascii: "/")) {
      found = HTTPAddress(reference)
    } else {
      found = at(path[...(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)] + bytes)
    }
    return found?.origin == origin ? found : nil
  }

  private var path: [UInt8] { Array(target.utf8.prefix { $0 != UInt8(ascii: "?") }) }

  private func at(_ target: [UInt8]) -> HTTPAddress? {
    let path = target.prefix { $0 != UInt8(ascii: "?") }
    let clean = Self.withoutDots(path) + target[path.endIndex...]
    return Self.isTarget(clean) ? HTTPAddress(origin: origin, target: clean) : nil
  }

  private static func withoutDots(_ path: ArraySlice<UInt8>) -> [UInt8] {
    var kept: [ArraySlice<UInt8>] = []
    let segments = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      if segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) {
        if segment.count == 2 { _ = kept.popLast() }
        if isLast { kept.append([]) }
      } else {
        kept.append(segment)
      }
    }
    return [UInt8(ascii: "/")] + Array(kept.joined(separator: [UInt8(ascii: "/")]))
  }
}

func isLetterOrDigit(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20)
}

private func isHexadecimalOrColon(_ byte: UInt8) -> Bool {
  byte == 0x3A || byte == 0x2E || (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & ~0x20)
}
