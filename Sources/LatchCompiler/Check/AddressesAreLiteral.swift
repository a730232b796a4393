import LatchSource

extension Check {
  /// What a server's address is can be read off the file, and its traffic cannot be read on the way.
  static let addressesAreLiteral = Check(
    "L3006", "L3007", summary: "a url is whole, literal, and encrypted beyond this machine"
  ) { model in
    model.wholeUpstreams.compactMap { upstream in
      guard let url = upstream.url, !url.value.utf8.contains(UInt8(ascii: "$")) else { return nil }
      do throws(UpstreamAddress.Problem) {
        let address = try UpstreamAddress(url.value)
        guard address.scheme == "http", !address.isLoopback, !upstream.isInsecure else { return nil }
        return .unencrypted(url, host: address.host)
      } catch {
        return Diagnostic(
          "L3006", "`\(withoutUser(url.value))` cannot be used as a url: \(error.message)", at: url.span)
      }
    }
  }
}

/// The text without what may be a name and password: messages get to where the file does not.
private func withoutUser(_ url: String) -> String {
  let bytes = Array(url.utf8)
  guard let end = bytes.lastIndex(of: UInt8(ascii: "@")) else { return url }
  let scheme = bytes[..<end].firstRange(of: Array("://".utf8))
  return String(decoding: bytes[..<(scheme?.upperBound ?? 0)], as: UTF8.self) + "…"
    + String(decoding: bytes[end...], as: UTF8.self)
}

/// The address of an upstream: `http` or `https`, a host, perhaps a port, a path and a query.
struct UpstreamAddress: Equatable {
  struct Problem: Error, Equatable { var message: String }

  var scheme: String
  /// Lower case; an IPv6 address in brackets.
  var host: String

  /// Refuses whatever two readers could understand differently: user names, backslashes, controls, spaces, `%` in hosts.
  init(_ text: String) throws(Problem) {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
      throw Problem(message: "it holds a space, a backslash or a character beyond ASCII")
    }
    guard let scheme = ["https", "http"].first(where: { lowered(bytes).starts(with: "\($0)://".utf8) }) else {
      throw Problem(message: "it begins with `https://` (or `http://`)")
    }
    self.scheme = scheme
    let rest = bytes.dropFirst(scheme.utf8.count + 3)
    let authority = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
    guard !rest.contains(UInt8(ascii: "#")) else { throw Problem(message: "a server is not told what follows `#`") }
    guard !authority.contains(UInt8(ascii: "@")) else {
      throw Problem(message: "a name or password before the host belongs in `headers`")
    }
    host = try Self.host(of: lowered(authority))
  }

  private static func host(of authority: [UInt8]) throws(Problem) -> String {
    let isAddress = authority.first == UInt8(ascii: "[")
    let end =
      isAddress
      ? authority.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } : authority.firstIndex(of: UInt8(ascii: ":"))
    let host = authority[..<(end ?? authority.count)]
    let port = authority[(end ?? authority.count)...]
    let known = isAddress ? host.dropFirst().dropLast() : host
    guard end != nil || !isAddress, !known.isEmpty, known.allSatisfy({ isHostByte($0, isAddress: isAddress) }) else {
      throw Problem(message: "the host is letters, digits, `-` and `.`, or an address in brackets")
    }
    guard port.isEmpty || isPort(port) else { throw Problem(message: "the port is a number from 1 to 65535") }
    return String(decoding: host, as: UTF8.self)
  }

  private static func isHostByte(_ byte: UInt8, isAddress: Bool) -> Bool {
    let isDigit = (0x30...0x39).contains(byte)
    if isAddress {
      return isDigit || (0x61...0x66).contains(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }
    return isDigit || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  private static func isPort(_ port: ArraySlice<UInt8>) -> Bool {
    let digits = port.dropFirst()
    guard port.first == UInt8(ascii: ":"), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    return Int(String(decoding: digits, as: UTF8.self)).map { (1...65535).contains($0) } ?? false
  }

  /// Whether what is sent stays on this machine.
  var isLoopback: Bool {
    let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isAddress = parts.count == 4 && parts.allSatisfy { UInt8(String(decoding: Array($0), as: UTF8.self)) != nil }
    return host == "localhost" || host == "[::1]" || (isAddress && parts[0].elementsEqual("127".utf8))
  }
}

private func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
}

extension Diagnostic {
  fileprivate static func unencrypted(_ url: Spanned<String>, host: String) -> Diagnostic {
    Diagnostic(
      "L3007", "`\(url.value)` goes to `\(host)` unencrypted; use `https://`", at: url.span,
      help: "if the way there is safe, set `insecure: true` on the upstream")
  }
}
