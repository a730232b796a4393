#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A clean URL (language.md §5, note 2): what RFC 3986 and the WHATWG's standard both read alike.
struct PlainURL {
  var scheme: Text
  /// Small letters, without a final dot; an IPv6 address with its brackets.
  var host: Text
  var address: PlainAddress?
  /// As written, or the one that the scheme has.
  var port: Int?
  /// Decoded; nil where it has several readings.
  var path: Text?

  init?(_ string: String) {
    let text = Text(string)
    let isPlain = text.allSatisfy { $0.isASCII && !$0.isControl && $0 != " " && $0 != "\\" }
    guard isPlain, let colon = text.firstIndex(of: ":"), text[colon...].starts(with: Text("://")) else { return nil }
    scheme = Text(text[..<colon]).lowercased
    guard Self.isScheme(scheme), scheme != Text("file") else { return nil }
    let rest = text[(colon + 3)...]
    // Some readers see the end of the authority only at a slash.
    guard !rest.prefix(while: { $0 != "/" }).contains("@") else { return nil }
    let end = rest.firstIndex { "/?#".unicodeScalars.contains($0) } ?? rest.endIndex
    guard let authority = Self.authority(Text(rest[..<end])) else { return nil }
    (host, address) = (authority.host, authority.address)
    let usual = ["http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21]
    port = authority.port ?? usual[scheme.string]
    path = Self.path(Text(rest[end...].prefix { $0 != "?" && $0 != "#" }))
  }

  private static func isScheme(_ text: Text) -> Bool {
    text.first?.isLetter == true && text.allSatisfy { $0.isLetter || $0.isDigit || "+-.".unicodeScalars.contains($0) }
  }

  private static func authority(_ text: Text) -> (host: Text, address: PlainAddress?, port: Int?)? {
    let isBracketed = text.first == "["
    let end = isBracketed ? text.firstIndex(of: "]").map { $0 + 1 } : text.firstIndex(of: ":")
    guard let end = end ?? (isBracketed ? nil : text.count), end > 0 else { return nil }
    guard let port = port(Text(text[end...])) else { return nil }
    let host = Text(text[..<end]).lowercased
    if isBracketed {
      return PlainAddress(Text(host.dropFirst().dropLast()).string).flatMap { address in
        address.bytes.count == 4 && !host.contains(":") ? nil : (host, address, port.number)
      }
    }
    return name(host).map { ($0.host, $0.address, port.number) }
  }

  /// Of `:8080`, or of nothing.
  private static func port(_ text: Text) -> (number: Int?, Void)? {
    guard let colon = text.first else { return (nil, ()) }
    let digits = Text(text.dropFirst())
    guard colon == ":", digits.allSatisfy(\.isDigit), digits.first != "0" else { return nil }
    guard !digits.isEmpty else { return (nil, ()) }
    return Int(digits.string).flatMap { $0 <= 65535 ? ($0, ()) : nil }
  }

  private static func name(_ text: Text) -> (host: Text, address: PlainAddress?)? {
    let host = text.last == "." ? Text(text.dropLast()) : text
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    let isName = labels.allSatisfy { label in
      !label.isEmpty && label.count <= 63 && label.first != "-" && label.last != "-"
        && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == "-" || $0 == "_" }
    }
    guard isName, let last = labels.last else { return nil }
    guard Text(last).isNumberOfAnAddress else { return (host, nil) }
    return PlainAddress(text.string).map { (host, $0) }
  }

  /// Decoded, where no server makes anything else of it: no segment that is empty, `.` or `..`, no `;`, no separator or
  /// control character that was encoded, nothing encoded twice.
  private static func path(_ text: Text) -> Text? {
    guard !text.isEmpty else { return ["/"] }
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      let isEncoded = text[index] == "%"
      guard let byte = isEncoded ? decoded(text[(index + 1)...]) : UInt8(exactly: text[index].value) else { return nil }
      let isRefused = isEncoded ? byte < 0x20 || byte == 0x7F || #"/\;"#.utf8.contains(byte) : !isPathByte(byte)
      if isRefused { return nil }
      bytes.append(byte)
      index += isEncoded ? 3 : 1
    }
    guard let path = String(validating: bytes, as: UTF8.self).map(Text.init) else { return nil }
    let isEncodedTwice = path.indices.contains { path[$0] == "%" && decoded(path[($0 + 1)...]) != nil }
    var segments = path.segments.dropFirst()
    if segments.last?.isEmpty == true { segments = segments.dropLast() }
    let isPlain = segments.allSatisfy { !$0.isEmpty && $0 != ["."] && $0 != [".", "."] }
    return isPlain && !isEncodedTwice && path.last?.properties.isWhitespace == false ? path : nil
  }

  /// The byte of two hexadecimal digits.
  private static func decoded(_ text: ArraySlice<Unicode.Scalar>) -> UInt8? {
    let digits = text.prefix(2)
    guard digits.count == 2, digits.allSatisfy(\.properties.isASCIIHexDigit) else { return nil }
    return UInt8(Text(digits).string, radix: 16)
  }

  /// `pchar` of RFC 3986, but for `;`, and `/`.
  private static func isPathByte(_ byte: UInt8) -> Bool {
    let scalar = Unicode.Scalar(byte)
    return scalar.isLetter || scalar.isDigit || "-._~!$&'()*+,=:@/".utf8.contains(byte)
  }
}

extension Text {
  /// What a browser, where it ends a host, takes for a part of an address, however that is written.
  var isNumberOfAnAddress: Bool {
    starts(with: "0x") ? dropFirst(2).allSatisfy(\.properties.isASCIIHexDigit) : allSatisfy(\.isDigit)
  }
}

/// Four or sixteen bytes; an IPv4 address in an IPv6 one is that IPv4 address.
struct PlainAddress: Equatable {
  var bytes: [UInt8]

  init?(_ text: String) {
    var four = in_addr()
    var sixteen = in6_addr()
    if unsafe inet_pton(AF_INET, text, &four) == 1 {
      bytes = unsafe withUnsafeBytes(of: four) { unsafe Array($0) }
    } else if unsafe inet_pton(AF_INET6, text, &sixteen) == 1 {
      bytes = unsafe withUnsafeBytes(of: sixteen) { unsafe Array($0) }
      if bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) { bytes = Array(bytes[12...]) }
    } else {
      return nil
    }
  }

  /// Whether it carries no IPv4 address that a network on the way may send the traffic to: as NAT64, 6to4, Teredo and
  /// their like do.
  var isPlain: Bool {
    guard bytes.count == 16 else { return true }
    if bytes[..<12].allSatisfy({ $0 == 0 }) { return bytes[12..<15].allSatisfy { $0 == 0 } && bytes[15] <= 1 }
    let carriers: [[UInt8]] = [
      [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], [0x00, 0x64, 0xFF, 0x9B, 0, 1], [0x20, 0x01, 0, 0],
      [0x20, 0x02],
      [0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0],
    ]
    return !carriers.contains { bytes.starts(with: $0) }
  }

  /// Whether it lies in a range such as `10.0.0.0/8`.
  func isIn(_ range: String) -> Bool {
    let parts = range.split(separator: "/")
    guard let network = PlainAddress(String(parts[0])), network.bytes.count == bytes.count else { return false }
    let length = parts.count > 1 ? Int(parts[1]) ?? 0 : bytes.count * 8
    return (0..<length).allSatisfy { bit in
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      return bytes[bit / 8] & mask == network.bytes[bit / 8] & mask
    }
  }
}

extension PlainURL {
  /// `host exact or *.example.com (one or more labels, not itself), any port unless written host:port`.
  func hasHost(_ pattern: String) -> Bool {
    var wanted = Text(pattern).lowercased
    if let colon = wanted.lastIndex(of: ":"), !wanted[colon...].contains("]"),
      wanted.first == "[" || !wanted[..<colon].contains(":")
    {
      guard Int(Text(wanted[(colon + 1)...]).string) == port else { return false }
      wanted = Text(wanted[..<colon])
    }
    if wanted.last == "." { wanted.removeLast() }
    if wanted.first == "[" { return PlainAddress(Text(wanted.dropFirst().dropLast()).string) == address }
    guard wanted.starts(with: "*.") else { return host == wanted }
    return address == nil && host.count > wanted.count - 1
      && host.reversed().starts(with: wanted.dropFirst().reversed())
  }
}
