import Foundation
import LatchKeys
import LatchProxy
import Testing

/// OpenSSL is the other engine: what it closes under a passphrase is opened here.
@Suite struct PassphraseTests {
  /// What OpenSSL prints; nil if it is not installed or cannot do that.
  private func openssl(_ arguments: [String], input: String = "") throws -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = FileHandle.nullDevice
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let text = String(decoding: stdout.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus != 0 { print("skipped: `openssl \(arguments.joined(separator: " "))` does not run") }
    return process.terminationStatus == 0 ? text : nil
  }

  @Test(arguments: [
    "-v2 aes-256-cbc", "-v2 aes-192-cbc", "-v2 aes-128-cbc", "-v2 aes-256-cbc -iter 10000",
    "-v2 aes-256-cbc -v2prf hmacWithSHA512", "-v2 aes-256-cbc -v2prf hmacWithSHA384", "-scrypt",
  ])
  func `a key under a passphrase is opened with that passphrase only`(_ options: String) throws {
    guard let plain = try openssl(["genpkey", "-algorithm", "ed25519"]) else { return }
    for passphrase in ["horse staple", String(repeating: "\u{E4}", count: 70)] {
      let words =
        ["pkcs8", "-topk8", "-passout", "pass:\(passphrase)"] + options.split(separator: " ").map(String.init)
      guard let closed = try openssl(words, input: plain) else { return }
      #expect(SigningKey.wantsPassphrase(pem: closed) && !SigningKey.wantsPassphrase(pem: plain))
      #expect(throws: KeyError.isEncrypted) { try SigningKey(pem: closed) }
      let key = try SigningKey(pem: closed, passphrase: passphrase)
      #expect(try key.publicKey() == SigningKey(pem: plain).publicKey())
      for wrong in ["", passphrase + " "] {
        #expect(throws: KeyError.wrongPassphrase) { try SigningKey(pem: closed, passphrase: wrong) }
      }
    }
  }

  @Test func `the key that genpkey makes under a passphrase is opened`() throws {
    guard let closed = try openssl(["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:secret"]) else {
      return
    }
    guard let pem = try openssl(["pkey", "-pubout", "-passin", "pass:secret"], input: closed) else { return }
    #expect(try SigningKey(pem: closed, passphrase: "secret").publicKey() == ApprovalKey(pem: pem))
  }

  @Test(arguments: ["-v1 PBE-SHA1-3DES", "-v2 des3", "-v2 aes-256-cbc -v2prf hmacWithSHA1"])
  func `a weaker encryption is refused by name`(_ options: String) throws {
    guard let plain = try openssl(["genpkey", "-algorithm", "ed25519"]) else { return }
    let words = ["pkcs8", "-topk8", "-passout", "pass:secret"] + options.split(separator: " ").map(String.init)
    guard let closed = try openssl(words, input: plain) else { return }
    #expect(throws: KeyError.unknownEncryption) { try SigningKey(pem: closed, passphrase: "secret") }
  }

  @Test func `keys of other kinds, and files cut or changed, never open to the same key and are no crash`() throws {
    guard let other = try openssl(["genpkey", "-algorithm", "x25519", "-aes256", "-pass", "pass:secret"]),
      let closed = try openssl(["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:secret"])
    else { return }
    #expect(throws: KeyError.wrongPassphrase) { try SigningKey(pem: other, passphrase: "secret") }
    let lines = closed.split(separator: "\n")
    let body = Data(base64Encoded: lines.dropFirst().dropLast().joined())
    let der = try #require(body)
    func pem(_ data: Data) -> String { "\(lines[0])\n\(data.base64EncodedString())\n\(lines[lines.count - 1])\n" }
    for count in 0..<der.count {
      #expect(throws: KeyError.self) { try SigningKey(pem: pem(der.prefix(count)), passphrase: "secret") }
    }
    // The form has no check of its own: a changed byte may open to another key, but never to this one.
    let own = try SigningKey(pem: pem(der), passphrase: "secret").publicKey()
    for index in 0..<der.count {
      var changed = der
      changed[index] ^= 0x80
      #expect((try? SigningKey(pem: pem(changed), passphrase: "secret").publicKey()) != own, "byte \(index)")
    }
  }
}
