import LatchAutomata

/// A pattern of URLs taken apart: `https://*.example.com/api/**` is a scheme, a host and a path.
struct WebPattern {
  struct Entry {
    var key: String
    var value: String
  }

  /// As they stand in a policy.
  private(set) var entries: [Entry] = []

  /// nil where the parts would say something else than the whole was probably meant to.
  init?(_ text: String, isGlob: Bool) {
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
      return nil
    }
    let rest = bytes[(colon + 3)...]
    let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    let host = String(decoding: rest[..<slash], as: UTF8.self)
    guard let scheme = Self.scheme(bytes[..<colon], isGlob: isGlob) else { return nil }
    if !host.isEmpty {
      guard Self.isHost(host), let path = Self.path(rest[slash...], isGlob: isGlob) else { return nil }
      entries = [Entry(key: "host", value: singleQuoted(host))] + scheme + path
    } else if !isGlob, slash == rest.endIndex {
      entries = scheme
    } else {
      return nil
    }
  }

  /// Nothing for any scheme; nil for what is none.
  private static func scheme(_ bytes: ArraySlice<UInt8>, isGlob: Bool) -> [Entry]? {
    if isGlob, bytes.elementsEqual("*".utf8) { return [] }
    let isScheme = bytes.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    guard isScheme, !bytes.isEmpty, !bytes.elementsEqual("file".utf8) else { return nil }
    return [Entry(key: "scheme", value: String(decoding: bytes, as: UTF8.self))]
  }

  private static func isHost(_ host: String) -> Bool {
    let name = host.hasPrefix("*.") ? host.dropFirst(2) : host[...]
    guard !name.utf8.contains(where: { "*?[]{}\\@!".utf8.contains($0) }) else { return false }
    return (try? Automaton.host(host)) != nil
  }

  private static func path(_ bytes: ArraySlice<UInt8>, isGlob: Bool) -> [Entry]? {
    let path = String(decoding: bytes, as: UTF8.self)
    guard !bytes.contains(where: { "?#%;\\".utf8.contains($0) }) else { return nil }
    if isGlob { return path == "/**" ? [] : [Entry(key: "url_path", value: singleQuoted(path.isEmpty ? "/" : path))] }
    if path.isEmpty || path == "/" { return [] }
    guard path.hasSuffix("/"), !bytes.contains(where: { "*[]{}!".utf8.contains($0) }) else { return nil }
    return [Entry(key: "url_path", value: singleQuoted(path + "**"))]
  }
}
