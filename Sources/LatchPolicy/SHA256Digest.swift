import Crypto
package import LatchJSON

/// SHA-256 as Latch writes it.
package enum SHA256Digest {
  package static let prefix = "sha256:"

  /// 64 lower-case hexadecimal digits.
  package static func hex(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    return hex(hash.finalize())
  }

  /// The hash of parts that stand one after the other, without joining them.
  static func hex(of parts: [ArraySlice<UInt8>]) -> String {
    var hash = SHA256()
    for part in parts { hash.update(data: Array(part)) }
    return hex(hash.finalize())
  }

  /// `sha256:` and 64 digits: how digests stand in locks, bundles and pins.
  package static func prefixed(of bytes: some Sequence<UInt8>) -> String { prefix + hex(of: bytes) }

  /// Whether text is `sha256:` and 64 lower-case hexadecimal digits.
  package static func isPrefixed(_ text: String) -> Bool {
    text.utf8.starts(with: prefix.utf8) && isHex(text.utf8.dropFirst(prefix.utf8.count))
  }

  /// Whether bytes are 64 lower-case hexadecimal digits.
  static func isHex(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.count == 64
      && bytes.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  private static func hex(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// What a tool's definition is pinned by.
package enum ToolDigest {
  /// The digest of a whole definition as the server sent it; a domain of its own keeps it apart from other digests.
  package static func of(_ definition: JSONValue) throws(JSONError) -> String {
    SHA256Digest.prefixed(of: Array("latch-tool-v1\n".utf8) + (try definition.canonicalBytes()))
  }
}
