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
    if text.isWord("https", in: scheme) || text.isWord("wss", in: scheme) { return 443 }
    if text.isWord("http", in: scheme) || text.isWord("ws", in: scheme) { return 80 }
    return text.isWord("ftp", in: scheme) ? 21 : nil
  }
}
