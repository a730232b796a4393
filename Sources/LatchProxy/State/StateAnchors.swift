import LatchPolicy

/// The anchors of the audit record, kept in the state database.
package struct StateAnchors: AnchorStore {
  private let database: StateDatabase
  private let durability: StateDatabase.Durability

  package init(_ database: StateDatabase, _ durability: AuditSettings.Durability) {
    self.database = database
    self.durability = durability == .synced ? .synced : .written
  }

  package func anchor(file: String, seq: Int, head: String) throws(AnchorStoreError) {
    guard let digest = bytes(hexadecimal: head.utf8[...]).flatMap(DigestBytes.init) else {
      throw AnchorStoreError("its hash is none")
    }
    let moment = Moment.now()
    let anchor = AuditAnchor(file: file, sequence: seq, head: digest, count: seq + 1, at: moment.wall)
    do {
      try database.anchor(anchor, durability, at: moment)
    } catch {
      throw AnchorStoreError(error.description)
    }
  }
}

extension StateDatabase {
  /// How far each file of the record is known to have come.
  package func anchoredHeads() throws(StateError) -> [AnchoredHead] {
    try anchors(at: .now()).map { AnchoredHead(file: $0.file, seq: $0.sequence, head: hexadecimal($0.head.bytes)) }
  }
}
