import Crypto

/// The 32 bytes of a SHA-256.
package struct DigestBytes: Sendable, Hashable {
  package static let count = 32
  package let bytes: [UInt8]

  /// nil if there are not 32 of them.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = bytes
  }

  /// The hash of fields, each with its length before it, so that no two lists of fields are hashed alike. The domain
  /// keeps the digests of different things apart.
  init(domain: StaticString, _ fields: [[UInt8]]) {
    var hash = SHA256()
    domain.withUTF8Buffer { text in unsafe hash.update(data: Array(text) + [0]) }
    for field in fields {
      hash.update(data: Self.bigEndian(field.count))
      hash.update(data: field)
    }
    bytes = Array(hash.finalize())
  }

  /// Eight bytes, the greatest first.
  static func bigEndian(_ number: Int) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// A list of texts as one field that no other list gives.
  static func field(_ texts: [String]) -> [UInt8] {
    texts.flatMap { bigEndian($0.utf8.count) + Array($0.utf8) }
  }
}

/// By what the things of one project are told from those of others.
package struct ProjectKey: Sendable, Hashable {
  package let digest: DigestBytes

  package init(_ digest: DigestBytes) { self.digest = digest }

  /// The key of the project whose directory has this real path.
  package init(realPath: String) {
    digest = DigestBytes(domain: "latch-project-v1", [Array(realPath.utf8)])
  }
}
