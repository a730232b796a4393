/// A URL's path after percent-decoding, where no server can take it for another one.
struct DecodedPath: ~Copyable {
  private(set) var text: SubjectText
  /// Where the segment begins that is being read.
  private var segment = 1
  private var isASCII = true

  /// Reads a path that begins with `/`.
  init(_ path: Span<UInt8>) throws(CleanURL.Problem) {
    text = SubjectText(capacity: path.count)
    var index = 0
    while index < path.count {
      if path[index] == UInt8(ascii: "%") {
        try append(encoded: path, at: index)
        index += 3
      } else {
        try append(plain: path[index])
        index += 1
      }
    }
    if segment < text.count { try endSegment() }
    try checkWhole()
  }

  private mutating func append(plain byte: UInt8) throws(CleanURL.Problem) {
    if byte == UInt8(ascii: "/") {
      if text.count > 0 { try endSegment() }
      segment = text.count + 1
    } else if byte == UInt8(ascii: ";") {
      throw .parameters
    } else if !byte.isPathCharacter {
      throw .pathCharacter
    }
    text.append(byte)
  }

  private mutating func append(encoded path: Span<UInt8>, at index: Int) throws(CleanURL.Problem) {
    guard index + 2 < path.count, let high = path[index + 1].hexadecimalValue,
      let low = path[index + 2].hexadecimalValue
    else { throw .percent }
    let byte = high << 4 | low
    if byte.isControl { throw .encodedControl }
    if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") { throw .encodedSeparator }
    if byte == UInt8(ascii: ";") { throw .parameters }
    isASCII = isASCII && byte < 0x80
    text.append(byte)
  }

  consuming func finish() -> SubjectText { text }

  private func endSegment() throws(CleanURL.Problem) {
    let length = text.count - segment
    if length == 0 { throw .emptySegment }
    guard length <= 2, text[segment] == UInt8(ascii: "."), text[text.count - 1] == UInt8(ascii: ".") else { return }
    throw .dotSegment
  }

  private func checkWhole() throws(CleanURL.Problem) {
    for index in 0..<text.count where text[index] == UInt8(ascii: "%") && isEscape(at: index) { throw .doublePercent }
    if !isASCII { try text.withSpan(checkUTF8).get() }
    if text.withSpan({ endsInStrippedCharacter($0, quotes: false) }) { throw .strippedEnd }
  }

  /// Whether a reader that decodes twice, or knows `%u002e`, would see a character here.
  private func isEscape(at index: Int) -> Bool {
    guard index + 1 < text.count else { return false }
    if text[index + 1] | 0x20 == UInt8(ascii: "u") { return true }
    return index + 2 < text.count && text[index + 1].hexadecimalValue != nil && text[index + 2].hexadecimalValue != nil
  }
}

/// C1 controls count as controls.
private func checkUTF8(_ bytes: Span<UInt8>) -> Result<Void, CleanURL.Problem> {
  guard (try? UTF8Span(validating: bytes)) != nil else { return .failure(.pathText) }
  for index in bytes.indices.dropLast() where bytes[index] == 0xC2 && bytes[index + 1] < 0xA0 {
    return .failure(.encodedControl)
  }
  return .success(())
}

extension UInt8 {
  /// Whether it may stand in a path as it is: `pchar` of RFC 3986 §3.3.
  fileprivate var isPathCharacter: Bool {
    if isASCIILetter || isASCIIDigit { return true }
    switch self {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"),
      UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "@"):
      return true
    default: return false
    }
  }
}
