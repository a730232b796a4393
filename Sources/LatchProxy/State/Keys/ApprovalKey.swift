import Crypto

/// A public key (Ed25519) of a person who may approve.
package struct ApprovalKey: Sendable, Hashable {
  /// 32 bytes.
  package let bytes: [UInt8]
  /// The name under which a policy knows whose it is.
  package var owner: String?

  package init(bytes: [UInt8], owner: String? = nil) throws(KeyError) {
    guard bytes.count == 32 else { throw .notEd25519 }
    self.bytes = bytes
    self.owner = owner
  }

  /// A key as `openssl pkey -pubout` writes it: `-----BEGIN PUBLIC KEY-----`.
  package init(pem: String) throws(KeyError) {
    let der = try PEM.contents(of: pem, label: "PUBLIC KEY")
    guard der.starts(with: Self.header) else { throw .notEd25519 }
    try self.init(bytes: Array(der.dropFirst(Self.header.count)))
  }

  /// The form that ``init(pem:)`` reads.
  package var pem: String { PEM.text(of: Self.header + bytes, label: "PUBLIC KEY") }

  /// RFC 8410: a subject public key info of Ed25519 has one form, 44 bytes, of which these come before the key.
  private static let header: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

  package func verifies(_ signature: [UInt8], of statement: ApprovalStatement) -> Bool {
    guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(signature, for: statement.bytes)
  }
}

/// Why a key is not used.
package enum KeyError: Error, Sendable, Equatable {
  case notPEM(label: String)
  case notEd25519
  /// It wants a passphrase to be read.
  case isEncrypted
  case wrongPassphrase
  /// Encrypted in a way that is not known here.
  case unknownEncryption
  case cannotSign
}

extension KeyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notPEM(let label): "the key is not a PEM file with one block `-----BEGIN \(label)-----`"
    case .notEd25519: "the key is not an Ed25519 key; `openssl genpkey -algorithm ed25519 -aes256` makes one"
    case .isEncrypted: "the key wants a passphrase"
    case .wrongPassphrase: "the passphrase is wrong"
    case .unknownEncryption:
      "the key is encrypted in a way that Latch does not read; "
        + "`openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256` writes it in one that it does"
    case .cannotSign: "the key does not sign"
    }
  }
}
