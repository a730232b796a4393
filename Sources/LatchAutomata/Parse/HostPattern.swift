/// A host as a policy names it: `example.com`, `*.example.com` for all that lies below it, `192.0.2.1` or
/// `[2001:db8::1]`, each perhaps with a port.
struct HostPattern: Sendable {
  private(set) var isWildcard = false
  /// In lower case and without a final dot; of a wildcard what stands behind `*.`.
  private(set) var name: String
  private(set) var port: String?

  /// Reads a host with or without a port.
  init(_ text: String) throws(PatternError) {
    try Self.checkCharacters(of: text)
    let parts = try Self.parts(of: Array(text.utf8))
    port = try parts.port.map { digits throws(PatternError) in
      try Self.checked(port: digits, at: parts.host.count + 1)
    }
    name = ""
    if parts.host.first == UInt8(ascii: "[") {
      name = try Self.address(Array(parts.host))
    } else {
      try read(domain: Array(parts.host))
    }
  }

  /// Reads a domain: a host that is no address and has no port.
  init(domain text: String) throws(PatternError) {
    try Self.checkCharacters(of: text)
    name = ""
    if let place = text.utf8.firstOffset(where: { ":[]".utf8.contains($0) }) {
      throw PatternError(.syntax, "a domain has no port and is no address", at: place)
    }
    try read(domain: Array(text.utf8))
    guard !endsInNumber else {
      throw PatternError(.syntax, "an address is no domain; its last label is a number")
    }
  }

  private mutating func read(domain text: [UInt8]) throws(PatternError) {
    var text = text
    if text.last == UInt8(ascii: ".") { text.removeLast() }
    var start = 0
    if text.starts(with: "*.".utf8) {
      (isWildcard, start) = (true, 2)
    } else if text.elementsEqual("*".utf8) {
      throw PatternError(.syntax, "`*` alone is every host; name a domain, as in `*.example.com`")
    }
    name = String(decoding: text[start...].map(\.asciiLowercased), as: UTF8.self)
    try checkLabels(start)
    guard endsInNumber else { return }
    guard !isWildcard, isDottedDecimal else {
      throw PatternError(.syntax, "an IPv4 address is four numbers up to 255, as in `192.0.2.1`", at: start)
    }
  }

  /// Whether URL parsers take it for an IPv4 address, or for none at all.
  private var endsInNumber: Bool {
    guard let last = name.utf8.split(separator: UInt8(ascii: ".")).last else { return false }
    return last.allSatisfy(\.isASCIIDigit)
      || (last.starts(with: "0x".utf8) && last.dropFirst(2).allSatisfy(\.isHexDigit))
  }

  private var isDottedDecimal: Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
    return parts.count == 4 && parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
  }

  private func checkLabels(_ start: Int) throws(PatternError) {
    var place = start
    if name.utf8.count > 253 { throw PatternError(.syntax, "a host has at most 253 characters", at: place) }
    for label in name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      if label.isEmpty { throw PatternError(.syntax, "a label is empty: a dot has nothing beside it", at: place) }
      if label.count > 63 { throw PatternError(.syntax, "a label has at most 63 characters", at: place) }
      if let offset = label.firstOffset(where: { !$0.isOfLabel }) {
        let what =
          label.contains(UInt8(ascii: "*"))
          ? "`*` stands for whole labels and at the front only, as in `*.example.com`"
          : "a label has only letters, digits, `-` and `_`"
        throw PatternError(.syntax, what, at: place + offset)
      }
      if label.first == UInt8(ascii: "-") || label.last == UInt8(ascii: "-") {
        throw PatternError(.syntax, "a label neither begins nor ends with `-`", at: place)
      }
      place += label.count + 1
    }
  }
}

extension HostPattern {
  private static func checkCharacters(of text: String) throws(PatternError) {
    if text.isEmpty { throw PatternError(.syntax, "the host is empty") }
    let bytes = Array(text.utf8)
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case 0x80...: throw PatternError(.syntax, "other scripts are written in ASCII, as `xn--…`", at: place)
      case 0...0x20, 0x7F: throw PatternError(.syntax, "a host has no spaces or control characters", at: place)
      case UInt8(ascii: "@"): throw PatternError(.syntax, "a host has no user; write what stands behind `@`", at: place)
      case UInt8(ascii: ":") where bytes[place...].starts(with: "://".utf8):
        throw PatternError(.syntax, "a host has no scheme; write what stands behind `://`", at: place)
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"):
        throw PatternError(.syntax, "a host ends where a path begins; write what stands before it", at: place)
      default: continue
      }
    }
  }

  /// What stands before and behind the colon of a port.
  private static func parts(
    of text: [UInt8]
  ) throws(PatternError) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>?) {
    let colon = UInt8(ascii: ":")
    let start = text.first == UInt8(ascii: "[") ? (text.lastIndex(of: UInt8(ascii: "]")) ?? text.count) : 0
    guard let place = text[start...].firstIndex(of: colon) else { return (text[...], nil) }
    if text[(place + 1)...].contains(colon) {
      throw PatternError(.syntax, "an IPv6 address stands in brackets, as in `[2001:db8::1]:443`", at: place)
    }
    return (text[..<place], text[(place + 1)...])
  }

  private static func checked(port digits: ArraySlice<UInt8>, at place: Int) throws(PatternError) -> String {
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.allSatisfy(\.isASCIIDigit), let number = UInt16(text), number > 0, String(number) == text else {
      throw PatternError(.syntax, "a port is a number from 1 to 65535", at: place)
    }
    return text
  }

  /// An IPv6 address in its brackets. A spelling that no text has would be a pattern that silently never holds.
  private static func address(_ text: [UInt8]) throws(PatternError) -> String {
    guard text.last == UInt8(ascii: "]"),
      let address = IPv6Address(String(decoding: text.dropFirst().dropLast(), as: UTF8.self))
    else { throw PatternError(.syntax, "what stands in brackets is an IPv6 address, as in `[2001:db8::1]`") }
    if let mapped = address.mappedIPv4 { throw PatternError(.syntax, "this address is written as IPv4: `\(mapped)`") }
    let spelling = "[\(address.text)]"
    guard spelling.utf8.elementsEqual(text.map(\.asciiLowercased)) else {
      throw PatternError(.syntax, "this address is written `\(spelling)`")
    }
    return spelling
  }
}
