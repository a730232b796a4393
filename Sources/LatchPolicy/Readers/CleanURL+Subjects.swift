/// What the matchers' automata read of a URL, each in one spelling.
extension CleanURL {
  /// Hands on the scheme in small letters.
  @inline(__always)
  package func withScheme<Result>(in text: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
    withLowercased(text.extracting(scheme), body)
  }

  /// Hands on `host:port`: a name in small letters and without a final dot, or the canonical address, that of IPv6 in
  /// brackets; nothing behind the colon where the port is not known.
  @inline(__always)
  package func withHostAndPort<Result>(in text: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
    var subject = SubjectText(capacity: 260)
    host.write(in: text, to: &subject)
    subject.append(UInt8(ascii: ":"))
    if let port { subject.append(decimal: UInt32(port)) }
    return subject.withSpan(body)
  }

  /// Hands on the path, percent-decoded, `/` for none.
  ///
  /// Throws where servers differ in what they make of it: segments that are empty, `.` or `..` in any encoding,
  /// encoded separators and controls, `;`, a second layer of encoding, bytes that are not UTF-8. A final `/` is kept.
  @inline(__always)
  package func withPath<Result>(
    in text: Span<UInt8>, _ body: (Span<UInt8>) -> Result
  ) throws(Problem) -> Result {
    if !path.isEmpty { return try DecodedPath(text.extracting(path)).finish().withSpan(body) }
    var root = SubjectText(capacity: 1)
    root.append(UInt8(ascii: "/"))
    return root.withSpan(body)
  }
}

extension Host {
  /// Writes the host as it is compared.
  func write(in text: Span<UInt8>, to subject: inout SubjectText) {
    switch self {
    case .name(let range):
      let name = text.extracting(range)
      for index in name.indices { subject.append(lowercased(name[index])) }
    case .address(let address):
      if case .v6 = address { subject.append(UInt8(ascii: "[")) }
      address.write(to: &subject)
      if case .v6 = address { subject.append(UInt8(ascii: "]")) }
    }
  }
}
