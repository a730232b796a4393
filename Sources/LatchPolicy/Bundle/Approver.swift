extension Guard {
  /// A person who may approve with a key (`defaults.approval.keys`).
  package struct Approver: Sendable, Equatable {
    /// What the record calls the person.
    package var name: String
    /// Of Ed25519, 32 bytes.
    package var publicKey: [UInt8]

    package init(name: String, publicKey: [UInt8]) {
      self.name = name
      self.publicKey = publicKey
    }

    /// `line`: the one between the BEGIN and END that `openssl pkey -pubout` writes; nil if it is of no Ed25519 key.
    package init?(name: String, line: String) {
      guard let der = Base64.decoded(Array(line.utf8)[...]), der.starts(with: Self.header),
        der.count == Self.header.count + Self.keyLength
      else { return nil }
      self.init(name: name, publicKey: Array(der.dropFirst(Self.header.count)))
    }

    static let keyLength = 32

    /// RFC 8410: what stands before the key, in its only form.
    private static let header: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
  }
}
