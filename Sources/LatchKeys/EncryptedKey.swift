import Crypto
import CryptoExtras
import LatchProxy

/// A private key under a passphrase, as OpenSSL writes it: PKCS #8 with PBES2 (RFC 8018).
///
/// The primitives are swift-crypto's: PBKDF2 or scrypt makes a key of the passphrase, AES-CBC opens what it closed.
struct EncryptedKey {
  private var derivation: Derivation
  private var keyCount: Int
  private var vector: [UInt8]
  private var text: [UInt8]

  enum Derivation {
    case pbkdf2(salt: [UInt8], rounds: Int, KDF.Insecure.PBKDF2.HashFunction)
    case scrypt(salt: [UInt8], rounds: Int, blockSize: Int, parallelism: Int)
  }

  /// Reads the form; nil if it is another encryption or asks for more work than a person would wait for.
  init?(der: [UInt8]) {
    var outer = DERReader(der[...])
    guard var info = outer.sequence(), outer.isAtEnd, var algorithm = info.sequence(),
      algorithm.next(.objectIdentifier).map(Array.init) == ObjectIdentifier.pbes2,
      var parameters = algorithm.sequence(), algorithm.isAtEnd, let derivation = Derivation(&parameters),
      var encryption = parameters.sequence(), parameters.isAtEnd, let cipher = encryption.next(.objectIdentifier),
      let keyCount = ObjectIdentifier.keyCount(ofCipher: Array(cipher)), let vector = encryption.next(.octetString),
      encryption.isAtEnd, let text = info.next(.octetString), info.isAtEnd
    else { return nil }
    self.derivation = derivation
    self.keyCount = keyCount
    self.vector = Array(vector)
    self.text = Array(text)
  }

  /// What was encrypted, or nil if that passphrase does not open it.
  func opened(with passphrase: [UInt8]) -> [UInt8]? {
    guard let key = try? derivation.key(from: passphrase, count: keyCount),
      let vector = try? AES._CBC.IV(ivBytes: vector), let plain = try? AES._CBC.decrypt(text, using: key, iv: vector)
    else { return nil }
    return Array(plain)
  }
}

extension EncryptedKey.Derivation {
  fileprivate init?(_ parameters: inout DERReader) {
    guard var algorithm = parameters.sequence(), let name = algorithm.next(.objectIdentifier),
      var values = algorithm.sequence(), let salt = values.next(.octetString), let rounds = values.integer(), rounds > 0
    else { return nil }
    switch Array(name) {
    case ObjectIdentifier.pbkdf2:
      _ = values.integer()
      guard var function = values.sequence(), values.isAtEnd, let name = function.next(.objectIdentifier),
        function.next(.null)?.isEmpty == true, function.isAtEnd, rounds <= 20_000_000,
        let hash = ObjectIdentifier.hash(ofFunction: Array(name))
      else { return nil }
      self = .pbkdf2(salt: Array(salt), rounds: rounds, hash)
    case ObjectIdentifier.scrypt:
      guard let blockSize = values.integer(), let parallelism = values.integer(), (1...64).contains(blockSize),
        (1...16).contains(parallelism), rounds <= 1 << 20, 128 * blockSize * rounds <= 1 << 28
      else { return nil }
      self = .scrypt(salt: Array(salt), rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    default: return nil
    }
  }

  fileprivate func key(from passphrase: [UInt8], count: Int) throws -> SymmetricKey {
    switch self {
    case .pbkdf2(let salt, let rounds, let hash):
      try KDF.Insecure.PBKDF2.deriveKey(
        from: passphrase, salt: salt, using: hash, outputByteCount: count, unsafeUncheckedRounds: rounds)
    case .scrypt(let salt, let rounds, let blockSize, let parallelism):
      try KDF.Scrypt.deriveKey(
        from: passphrase, salt: salt, outputByteCount: count, rounds: rounds, blockSize: blockSize,
        parallelism: parallelism)
    }
  }
}

/// The names in such a file, as their contents in DER.
private enum ObjectIdentifier {
  static let pbes2: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D]
  static let pbkdf2: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0C]
  static let scrypt: [UInt8] = [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x04, 0x0B]

  /// AES in CBC mode; the last byte says how long the key is.
  static func keyCount(ofCipher name: [UInt8]) -> Int? {
    let keyCounts: [UInt8: Int] = [0x02: 16, 0x16: 24, 0x2A: 32]
    guard name.count == 9, name.starts(with: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01]) else { return nil }
    return keyCounts[name[8]]
  }

  /// HMAC with SHA-256, 384 or 512.
  static func hash(ofFunction name: [UInt8]) -> KDF.Insecure.PBKDF2.HashFunction? {
    guard name.count == 8, name.starts(with: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02]) else { return nil }
    switch name[7] {
    case 0x09: return .sha256
    case 0x0A: return .sha384
    case 0x0B: return .sha512
    default: return nil
    }
  }
}
