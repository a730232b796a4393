package import LatchProxy

extension SigningKey {
  /// Whether a key has to be opened with a passphrase.
  package static func wantsPassphrase(pem: String) -> Bool { PEM.isThere(label: label, in: pem) }

  /// A key as OpenSSL writes it under a passphrase: `-----BEGIN ENCRYPTED PRIVATE KEY-----`.
  package init(pem: String, passphrase: String) throws(KeyError) {
    guard let key = EncryptedKey(der: try PEM.contents(of: pem, label: Self.label)) else { throw .unknownEncryption }
    // A wrong passphrase shows in the padding, or else in bytes that are no key.
    guard let der = key.opened(with: Array(passphrase.utf8)), let key = try? SigningKey(pkcs8: der) else {
      throw .wrongPassphrase
    }
    self = key
  }

  private static let label = "ENCRYPTED PRIVATE KEY"
}
