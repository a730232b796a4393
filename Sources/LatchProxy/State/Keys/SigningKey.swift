import Crypto

/// A private key (Ed25519) with which a person approves.
package struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// A key as OpenSSL writes it without a passphrase: `-----BEGIN PRIVATE KEY-----`.
  package init(pem: String) throws(KeyError) {
    if PEM.isThere(label: "ENCRYPTED PRIVATE KEY", in: pem) { throw .isEncrypted }
    try self.init(pkcs8: PEM.contents(of: pem, label: "PRIVATE KEY"))
  }

  /// RFC 8410: a private key info of Ed25519 without attributes has one form, 48 bytes.
  package init(pkcs8 der: [UInt8]) throws(KeyError) {
    guard der.count == Self.header.count + 32, der.starts(with: Self.header),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(der.dropFirst(Self.header.count)))
    else { throw .notEd25519 }
    self.key = key
  }

  private static let header: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]

  package func publicKey() throws(KeyError) -> ApprovalKey {
    try ApprovalKey(bytes: Array(key.publicKey.rawRepresentation))
  }

  package func sign(_ statement: ApprovalStatement) throws(KeyError) -> [UInt8] {
    guard let signature = try? key.signature(for: statement.bytes) else { throw .cannotSign }
    return Array(signature)
  }
}
