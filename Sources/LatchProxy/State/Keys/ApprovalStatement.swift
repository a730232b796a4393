/// What a key signs to approve a request: fields of fixed lengths, so that no two statements have the same bytes.
package struct ApprovalStatement: Sendable, Equatable {
  static let nonceCount = 16

  package var nonce: [UInt8]
  package var expires: Int
  /// The end of the lease, or nil if one call is approved: a signature for one call is none for a lease.
  package var leaseEnds: Int?
  package var subject: DigestBytes
  package var scope: DigestBytes

  init(nonce: [UInt8], expires: Int, leaseEnds: Int?, subject: DigestBytes, scope: LeaseScope) {
    self.nonce = nonce
    self.expires = expires
    self.leaseEnds = leaseEnds
    self.subject = subject
    self.scope = scope.digest
  }

  package var bytes: [UInt8] {
    Array("latch-approval-v1\0".utf8) + nonce + DigestBytes.bigEndian(expires) + DigestBytes.bigEndian(leaseEnds ?? 0)
      + subject.bytes
      + scope.bytes
  }

  static func randomNonce(_ generator: inout SystemRandomNumberGenerator) -> [UInt8] {
    (0..<nonceCount).map { _ in .random(in: .min ... .max, using: &generator) }
  }
}
