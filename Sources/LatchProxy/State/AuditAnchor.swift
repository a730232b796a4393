/// How far an audit file had come, so that what is later cut off or changed in it is found.
package struct AuditAnchor: Sendable, Equatable {
  package var file: String
  /// The number of the last record in the chain.
  package var sequence: Int
  /// The hash of that record.
  package var head: DigestBytes
  /// How many records the file holds.
  package var count: Int
  /// When, in milliseconds since 1970.
  package var at: Int

  package init(file: String, sequence: Int, head: DigestBytes, count: Int, at: Int) {
    self.file = file
    self.sequence = sequence
    self.head = head
    self.count = count
    self.at = at
  }
}

extension StateDatabase {
  /// Keeps the newest anchor of a file; one that goes back, or says otherwise of the same record, is refused. Whoever
  /// anchors with `synced` has synced the file first, else a loss of power looks like a file cut off.
  ///
  /// Requests that have expired are forgotten with it: the arguments in them stay no longer than a person may need them.
  package func anchor(_ anchor: AuditAnchor, _ durability: Durability, at moment: Moment) throws(StateError) {
    try write(durability, at: moment) { store, now throws(StateError) in
      try store.connection.run("DELETE FROM approvals WHERE expires <= ?", [.integer(now)])
      let changed = try store.connection.run(
        """
        INSERT INTO anchors (file, sequence, head, count, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (file) DO UPDATE
          SET sequence = excluded.sequence, head = excluded.head, count = excluded.count, at = excluded.at
          WHERE excluded.sequence > sequence AND excluded.count >= count
            OR excluded.sequence = sequence AND excluded.count = count AND excluded.head = head
        """,
        [
          .text(anchor.file), .integer(anchor.sequence), .blob(anchor.head.bytes), .integer(anchor.count),
          .integer(anchor.at),
        ])
      guard changed == 1 else { throw .anchorOutOfOrder(file: anchor.file) }
    }
  }

  /// The newest anchor of every file, sorted by file.
  package func anchors(at moment: Moment) throws(StateError) -> [AuditAnchor] {
    try read(at: moment) { store, _ throws(StateError) in
      try store.connection.rows("SELECT file, sequence, head, count, at FROM anchors ORDER BY file") {
        row throws(StateError) in
        guard let head = DigestBytes(try row.blob(2)) else { throw .corrupt("an anchor is garbled") }
        return AuditAnchor(
          file: try row.text(0), sequence: try row.integer(1), head: head, count: try row.integer(3),
          at: try row.integer(4))
      }
    }
  }
}
