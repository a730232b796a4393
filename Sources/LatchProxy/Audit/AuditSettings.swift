package import LatchPolicy

/// How a record is kept, for as long as the process lasts.
package struct AuditSettings: Sendable {
  package typealias Arguments = AuditTerms.Arguments
  package typealias Durability = AuditTerms.Durability

  package enum Mode: String, Sendable, CaseIterable { case enforce, observe }

  /// Where Latch keeps its state; the record lies in `audit` below it.
  package var stateDirectory: String
  package var upstream: String
  package var client: String?
  package var project: String?
  package var policy: PolicyIdentity
  package var mode = Mode.enforce
  package var arguments = Arguments.redacted
  package var durability = Durability.written
  /// A file that would grow beyond this is followed by another.
  package var fileBytes = 67_108_864
  /// How many records may be written before the record is anchored again.
  package var anchorInterval = 256
  /// Values that references were filled in with; those shorter than 8 bytes would stand in any text.
  package var secrets: [String] = []

  package init(stateDirectory: String, upstream: String, client: String?, policy: PolicyIdentity) {
    self.stateDirectory = stateDirectory
    self.upstream = upstream
    self.client = client
    self.policy = policy
  }
}
