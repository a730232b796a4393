/// A text read as the URL that readers of RFC 3986 and of the WHATWG's standard take it for alike.
///
/// `scheme://host`, perhaps a port, then whatever follows; all of it printable ASCII without a backslash. Nobody's name
/// stands before the host: no `@` in the authority, nor anywhere before the first `/` that follows it, since some
/// readers see the authority's end only there. `file:` is refused: its host means something to some readers only.
///
/// What follows the authority is held to that only; ``withPath(in:_:)`` asks more of the path.
package struct CleanURL: Sendable, Equatable {
  package let scheme: Range<Int>
  package let host: Host
  /// The port that the connection goes to: as written, else the scheme's own, else not known.
  package let port: UInt16?
  /// The path as it stands, without query and fragment; perhaps empty.
  package let path: Range<Int>

  /// Reads the content of a JSON string.
  package init(_ text: Span<UInt8>) throws(Problem) {
    try Self.checkCharacters(text)
    scheme = try Self.scheme(of: text)
    let start = scheme.upperBound + 3
    let authority = start..<(try Self.authorityEnd(text, from: start))
    let hostEnd = Self.hostEnd(text, authority)
    let written = try Self.port(text, hostEnd..<authority.upperBound)
    host = try Self.host(text, start..<hostEnd)
    port = written ?? Self.defaultPort(text, scheme)
    path = authority.upperBound..<Self.end(of: authority.upperBound..<text.count, in: text, at: isPathEnd)
  }

  /// The address that the URL names; nil where it names none, or one that may lead elsewhere
  /// (``IPAddress/isUncertain``).
  package var address: IPAddress? {
    guard case .address(let address) = host, !address.isUncertain else { return nil }
    return address
  }

  private static func checkCharacters(_ text: Span<UInt8>) throws(Problem) {
    if areClean(text) { return }
    for index in text.indices {
      let byte = text[index]
      if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") { continue }
      if byte == UInt8(ascii: "\\") { throw .backslash }
      if byte <= 0x20 || byte == 0x7F { throw .spaceOrControl }
      if byte >= 0x80 { throw .beyondASCII }
    }
  }

  /// Whether all bytes are printable ASCII and no backslash, eight at a time; false too of a text that is shorter.
  private static func areClean(_ text: Span<UInt8>) -> Bool {
    guard text.count >= 8 else { return false }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high = ones << 7
    var start = 0
    while start < text.count {
      // The last eight overlap those before.
      let bytes = word(of: text, from: min(start, text.count &- 8))
      let backslashes = bytes ^ ones &* UInt64(UInt8(ascii: "\\"))
      // As long as no byte has its high bit, none borrows from the next or carries into it.
      let plain = ((bytes | high) &- ones &* 0x21) & ((backslashes | high) &- ones) & ~(bytes &+ ones) & ~bytes & high
      if plain != high { return false }
      start &+= 8
    }
    return true
  }

  private static func scheme(of text: Span<UInt8>) throws(Problem) -> Range<Int> {
    var end = 0
    while end < text.count, isSchemeByte(text[end]) { end += 1 }
    guard end > 0, text[0].isASCIILetter, end + 3 <= text.count, text[end] == colon else { throw .notAbsolute }
    guard text[end + 1] == slash, text[end + 2] == slash else { throw .notAbsolute }
    if text.isWord("file", in: 0..<end) { throw .fileURL }
    return 0..<end
  }

  /// Refuses an `@` as far as the next `/`.
  private static func authorityEnd(_ text: Span<UInt8>, from start: Int) throws(Problem) -> Int {
    let end = Self.end(of: start..<text.count, in: text) { $0 == slash || isPathEnd($0) }
    let next = text.firstIndex(of: slash, in: end..<text.count) ?? text.count
    if text.firstIndex(of: UInt8(ascii: "@"), in: start..<next) != nil { throw .userInformation }
    return end
  }

  /// Where the host ends in the authority: at its port, if it has one.
  static func hostEnd(_ text: Span<UInt8>, _ authority: Range<Int>) -> Int {
    var start = authority.lowerBound
    if !authority.isEmpty, text[start] == UInt8(ascii: "[") {
      start = text.firstIndex(of: UInt8(ascii: "]"), in: authority) ?? start
    }
    return text.firstIndex(of: colon, in: start..<authority.upperBound) ?? authority.upperBound
  }

  private static func host(_ text: Span<UInt8>, _ range: Range<Int>) throws(Problem) -> Host {
    do throws(Host.Problem) {
      return try Host(text, range)
    } catch {
      throw .host(error)
    }
  }

  @inline(__always)
  private static func end(of range: Range<Int>, in text: Span<UInt8>, at isEnd: (UInt8) -> Bool) -> Int {
    let part = text.extracting(range)
    for index in part.indices where isEnd(part[index]) { return range.lowerBound + index }
    return range.upperBound
  }
}

private let colon = UInt8(ascii: ":")
private let slash = UInt8(ascii: "/")

private func isSchemeByte(_ byte: UInt8) -> Bool {
  byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: ".")
}

private func isPathEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") }
