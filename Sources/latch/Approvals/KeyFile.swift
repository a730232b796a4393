import LatchKeys
import LatchProxy

/// The file of a person's private key.
struct KeyFile {
  private let path: String
  private let pem: String
  private let isClosed: Bool

  /// Reads it; what is no key at all is said before anything is asked.
  init(_ path: String) throws(Failure) {
    self.path = path
    pem = String(decoding: try Files.read(path), as: UTF8.self)
    isClosed = SigningKey.wantsPassphrase(pem: pem)
    if !isClosed { _ = try plainKey() }
  }

  /// The key; its passphrase is asked for on the terminal, three times at most.
  func open(at terminal: borrowing Terminal) throws(Failure) -> SigningKey {
    guard isClosed else {
      terminal.show("warning: \(path.harmless) has no passphrase: every program of yours can approve with it\n")
      return try plainKey()
    }
    for _ in 0..<3 {
      guard let passphrase = terminal.askUnseen("passphrase of \(path.harmless): ") else {
        throw Failure("no passphrase; nothing was approved")
      }
      do {
        return try SigningKey(pem: pem, passphrase: passphrase)
      } catch {
        guard error == .wrongPassphrase else { throw failure(error) }
        terminal.show("\(error)\n")
      }
    }
    throw Failure("the passphrase is wrong; nothing was approved")
  }

  private func plainKey() throws(Failure) -> SigningKey {
    do {
      return try SigningKey(pem: pem)
    } catch {
      throw failure(error)
    }
  }

  private func failure(_ error: KeyError) -> Failure { Failure("\(path.harmless): \(error)") }
}
