/// Keeps, somewhere else than in the record itself, how far the record had come: what `latch audit verify` holds it
/// against.
package protocol AnchorStore: Sendable {
  /// `file` (as `AuditLog` names it) ends with record number `seq`, whose line has the SHA-256 `head` in hexadecimal.
  func anchor(file: String, seq: Int, head: String) throws(AnchorStoreError)
}

/// Why it could not be kept.
package struct AnchorStoreError: Error, Sendable, Equatable {
  package var problem: String

  package init(_ problem: String) { self.problem = problem }
}

/// One thing that was kept.
package struct AnchoredHead: Sendable, Equatable {
  package var file: String
  package var seq: Int
  package var head: String

  package init(file: String, seq: Int, head: String) {
    self.file = file
    self.seq = seq
    self.head = head
  }
}
