extension CleanURL {
  /// The port that `:` and digits name: nil where nothing is named, not even behind a colon.
  ///
  /// Zeros before it are refused: the standards take them, programs that read them as octal would go elsewhere.
  static func port(_ text: Span<UInt8>, _ range: Range<Int>) throws(Problem) -> UInt16? {
    guard range.count > 1 else { return nil }
    guard range.count <= 6, text[range.lowerBound + 1] != UInt8(ascii: "0") else { throw .port }
    var number = 0
    for index in range.dropFirst() {
      guard text[index].isASCIIDigit else { throw .port }
      number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
    }
    guard let port = UInt16(exactly: number) else { throw .port }
    return port
  }

  /// The port of the schemes that have one in the WHATWG's standard.
  static func defaultPort(_ text: Span<UInt8>, _ scheme: Range<Int>) -> UInt16? {
    guard scheme.count <= 5 else { return nil }
    // Of the bytes that a scheme has only capitals change.
    switch word(of: text.extracting(scheme), from: 0) | 0x20_2020_2020 {
    case 0x73_7074_7468, 0x20_2073_7377: return 443  // https, wss
    case 0x20_7074_7468, 0x20_2020_7377: return 80  // http, ws
    case 0x20_2070_7466: return 21  // ftp
    default: return nil
    }
  }
}
