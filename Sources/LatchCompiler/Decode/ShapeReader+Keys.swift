import LatchSchema
import LatchSource

extension ShapeReader {
  /// What is said of a value under `defaults.approval.keys`; it is not repeated, since it may be a private key.
  func badKey(_ failure: SchemaFailure) -> Diagnostic? {
    let tokens = place(failure).tokens
    guard tokens.starts(with: ["defaults", "approval", "keys"]), let name = tokens.last, !failure.isName else {
      return nil
    }
    let text = node(failure).string?.value ?? ""
    let isPrivate = text.contains("PRIVATE KEY") || text.hasPrefix(privateKeyBeginning)
    let what =
      isPrivate
      ? "`\(name)` has a private key here, and whoever has read it can approve: make another, and write"
      : "`\(name)` has no Ed25519 public key here: write"
    return Diagnostic(
      "L1005", "\(what) the line between BEGIN PUBLIC KEY and END PUBLIC KEY of what `openssl pkey -pubout` gives",
      at: span(failure), help: howToMakeKeys)
  }
}

/// How an Ed25519 key without a passphrase begins (RFC 8410).
private let privateKeyBeginning = "MC4CAQAwBQYDK2Vw"

/// Said wherever a key is missing or wrong.
let howToMakeKeys =
  "`openssl genpkey -algorithm ed25519 -aes256 -out key.pem` makes a key, `openssl pkey -in key.pem -pubout` "
  + "writes its public half"
