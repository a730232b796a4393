import LatchJSON
import LatchPolicy

extension RecordBuffer {
  /// What every record begins with; the caller adds members, then `end`.
  mutating func begin(_ kind: String, seq: Int, prev: RecordDigest?, at time: UTCTime) {
    raw("{\"seq\":")
    number(seq)
    member("prev")
    if let prev { digest(prev) } else { raw("null") }
    member("kind", kind)
    member("time")
    self.time(time)
  }

  mutating func end() { byte(0x7D) }

  mutating func policy(_ policy: PolicyIdentity) {
    member("bundle", policy.bundle)
    member("policy", policy.policy)
  }
}
