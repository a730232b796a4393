import LatchLaunch

/// The proxy that a user's environment puts before a server: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, each also in
/// lower case, which comes first. This machine itself is never asked for through a proxy.
struct ProxySetting: Sendable, Equatable {
  let host: String
  let port: Int
  var user: String?
  var password: String?

  /// nil where none is set for this origin.
  static func chosen(for origin: HTTPOrigin, in environment: ProcessEnvironment) throws(LaunchError) -> ProxySetting? {
    func setting(_ name: String) -> (name: String, value: String)? {
      for name in [name.lowercased(), name] {
        if let value = environment[name], !value.isEmpty { return (name, value) }
      }
      return nil
    }
    guard !origin.isLoopback, let (name, value) = setting(origin.isSecure ? "HTTPS_PROXY" : "HTTP_PROXY") else {
      return nil
    }
    if let exceptions = setting("NO_PROXY")?.value, excepts(exceptions, origin) { return nil }
    guard let proxy = ProxySetting(value) else {
      throw .unsuitableSetting(name: name, problem: "must be `http://HOST:PORT`, with `USER:PASSWORD@` if need be")
    }
    return proxy
  }

  private init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    if rest.starts(with: "http://".utf8) { rest = rest.dropFirst(7) }
    if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
    // Another scheme, or a path.
    guard !rest.contains(UInt8(ascii: "/")) else { return nil }
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      let parts = rest[..<at].split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]), let secret = Self.decoded(parts.count > 1 ? parts[1] : []) else {
        return nil
      }
      (user, password) = (name, secret)
      rest = rest[(at + 1)...]
    }
    guard let address = HTTPAddress("http://\(String(decoding: rest, as: UTF8.self))"), address.target == "/" else {
      return nil
    }
    (host, port) = (address.origin.host, address.origin.port)
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
    percentDecoded(text).flatMap { HeaderText.isValue($0) ? $0 : nil }
  }

  /// `*`, hosts with all below them, each with or without a dot before it and a port behind; an IPv6 address stands in
  /// brackets where a port follows, and may elsewhere.
  static func excepts(_ list: String, _ origin: HTTPOrigin) -> Bool {
    list.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }).contains { entry in
      var name = Array(entry.utf8)[...]
      if name.elementsEqual("*".utf8) { return true }
      if let port = cutPort(&name), Int(String(decoding: port, as: UTF8.self)) != origin.port { return false }
      if name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]") { name = name.dropFirst().dropLast() }
      if name.starts(with: "*.".utf8) { name = name.dropFirst() }
      if name.first == UInt8(ascii: ".") { name = name.dropFirst() }
      let host = Array(origin.host.utf8)
      return !name.isEmpty && (host.elementsEqual(name) || host.suffix(name.count + 1).elementsEqual([0x2E] + name))
    }
  }

  /// Takes the port off a name that has one: behind its only colon, or behind brackets.
  private static func cutPort(_ name: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let colon = name.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let host = name[..<colon]
    guard host.last == UInt8(ascii: "]") || !host.contains(UInt8(ascii: ":")) else { return nil }
    defer { name = host }
    return name[(colon + 1)...]
  }
}
