/// What an author writes for `host` or `email_domain`, read as the values are read that it is compared with: one host,
/// or, behind `*.`, the names below it.
package struct HostPattern: Sendable, Equatable {
  /// Whether one or more labels stand before the host.
  package let isWildcard: Bool
  /// The host as a URL's subject has it: a name in small letters without a final dot, or a canonical address.
  package let host: String
  /// nil for any.
  package let port: UInt16?

  /// A pattern of `host`.
  package init(_ text: String) throws(Problem) {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy({ $0 < 0x80 }) else { throw .beyondASCII }
    if IPAddress(v6: bytes.span, 0..<bytes.count) != nil { throw .noBrackets(text) }
    isWildcard = bytes.starts(with: "*.".utf8)
    let start = isWildcard ? 2 : 0
    let end = CleanURL.hostEnd(bytes.span, start..<bytes.count)
    host = try Self.host(bytes.span, start..<end, isWildcard: isWildcard)
    port = try Self.port(bytes.span, end..<bytes.count)
  }

  /// The one spelling of the pattern.
  package var text: String { (isWildcard ? "*." : "") + host + (port.map { ":\($0)" } ?? "") }

  /// A pattern of `email_domain`.
  package init(mailDomain text: String) throws(Problem) {
    try self.init(text)
    let isMailDomain = try? MailAddress(Array("a@\(host)".utf8).span)
    guard port == nil, isMailDomain != nil, text.utf8.last != UInt8(ascii: ".") else { throw .mailDomain }
  }

  private static func host(
    _ bytes: Span<UInt8>, _ range: Range<Int>, isWildcard: Bool
  ) throws(Problem) -> String {
    let host: Host
    do throws(Host.Problem) { host = try Host(bytes, range) } catch { throw .host(error) }
    if isWildcard, case .address = host { throw .belowAddress }
    var subject = SubjectText(capacity: 253)
    host.write(in: bytes, to: &subject)
    return subject.string
  }

  private static func port(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Problem) -> UInt16? {
    guard !range.isEmpty else { return nil }
    guard let port = try? CleanURL.port(bytes, range) else { throw .port }
    return port
  }

  /// Why an author's text is no pattern of hosts.
  package enum Problem: Error, Sendable, Equatable {
    case beyondASCII, port, belowAddress, mailDomain
    case noBrackets(String)
    case host(Host.Problem)

    package var message: String {
      switch self {
      case .beyondASCII: "it holds letters beyond ASCII; write the host as the DNS has it, each such label as `xn--…`"
      case .port: "what follows the `:` is not a port from 1 to 65535"
      case .belowAddress: "no names stand below an address; leave `*.` out"
      case .mailDomain: "it is not a domain of letters, digits, `-` and `.`, perhaps behind `*.`"
      case .noBrackets(let address): "an IPv6 address stands in brackets: `[\(address)]`"
      case .host(let problem): problem.message
      }
    }
  }
}
