/// No signature: the stand-in believes none.
package enum Curve25519 {
  package enum Signing {
    package struct PublicKey {
      package init(rawRepresentation: [UInt8]) throws {}

      package func isValidSignature(_ signature: [UInt8], for data: [UInt8]) -> Bool { false }
    }
  }
}
