/// The tables, as the list of steps that lead to them: step `n` makes version `n + 1` of version `n`.
///
/// A step that was released is never changed; what is new is a step of its own.
package struct StateSchema: Sendable {
  package var steps: [StaticString]

  package init(_ steps: [StaticString]) { self.steps = steps }

  package static let current = StateSchema([first])

  package var version: Int { steps.count }

  private static let first: StaticString = """
    PRAGMA application_id = 0x4C746368;
    PRAGMA user_version = 1;
    CREATE TABLE ledger (
      one INTEGER PRIMARY KEY CHECK (one = 1), installation BLOB NOT NULL, counter INTEGER NOT NULL,
      clock INTEGER NOT NULL, uptime INTEGER NOT NULL, boot TEXT NOT NULL
    ) STRICT;
    INSERT INTO ledger VALUES (1, randomblob(16), 0, 0, 0, '');
    CREATE TABLE approvals (
      id TEXT PRIMARY KEY, nonce BLOB NOT NULL, project BLOB NOT NULL, digest BLOB NOT NULL,
      project_path TEXT NOT NULL, upstream TEXT NOT NULL, client TEXT, tool TEXT NOT NULL, rules TEXT NOT NULL,
      reason TEXT NOT NULL, arguments TEXT NOT NULL, policy TEXT NOT NULL, ways TEXT NOT NULL,
      timeout INTEGER NOT NULL, lease INTEGER, created INTEGER NOT NULL, expires INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'leased', 'consumed', 'denied')),
      way TEXT, decided INTEGER, signature BLOB
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX approvals_live ON approvals (project, digest) WHERE state IN ('open', 'approved', 'denied');
    CREATE TABLE leases (
      id TEXT PRIMARY KEY, scope BLOB NOT NULL, project BLOB NOT NULL, project_path TEXT NOT NULL,
      policy TEXT NOT NULL, upstream TEXT NOT NULL, client TEXT, tool TEXT NOT NULL, rules TEXT NOT NULL,
      given INTEGER NOT NULL, ends INTEGER NOT NULL, way TEXT NOT NULL, nonce BLOB NOT NULL, expires INTEGER NOT NULL,
      subject BLOB NOT NULL, signature BLOB
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX leases_scope ON leases (scope);
    CREATE TABLE limits (
      id INTEGER PRIMARY KEY, project BLOB NOT NULL, name TEXT NOT NULL, per INTEGER NOT NULL,
      last INTEGER NOT NULL, UNIQUE (project, name, per)
    ) STRICT;
    CREATE TABLE calls (
      limit_id INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (limit_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE anchors (
      file TEXT PRIMARY KEY, sequence INTEGER NOT NULL, head BLOB NOT NULL, count INTEGER NOT NULL, at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}

extension SQLiteConnection {
  /// Leads the file to the schema's version in one transaction; does nothing to one that is there already.
  mutating func migrate(to schema: StateSchema, isNew: () throws(StateError) -> Bool) throws(StateError) {
    guard try version(known: schema) < schema.version else { return }
    try run("BEGIN IMMEDIATE")
    do throws(StateError) {
      // Asked again: another process may have been first.
      let version = try version(known: schema)
      if version == 0, try !isNew() { throw .rolledBack("`\(StateDirectory.database)` is empty") }
      for step in schema.steps.dropFirst(version) { try execute(step) }
      guard try self.version(known: schema) == schema.version else {
        preconditionFailure("the last step sets `user_version`")
      }
      try run("COMMIT")
    } catch {
      rollBack()
      throw error
    }
  }

  /// Undoes what the open transaction did, if SQLite has not done that already.
  mutating func rollBack() {
    if isInTransaction { _ = try? run("ROLLBACK") }
  }

  /// The version of the schema that the file has now.
  mutating func version() throws(StateError) -> Int {
    try first("PRAGMA user_version") { row throws(StateError) in try row.integer(0) } ?? 0
  }

  private mutating func version(known schema: StateSchema) throws(StateError) -> Int {
    let version = try version()
    let application = try first("PRAGMA application_id") { row throws(StateError) in try row.integer(0) } ?? 0
    let tables = try first("SELECT count(*) FROM sqlite_schema") { row throws(StateError) in try row.integer(0) } ?? 0
    if version == 0, tables == 0, application == 0 { return 0 }
    guard application == 0x4C74_6368, version > 0 else { throw .foreign }
    guard version <= schema.version else { throw .newer(version: version, known: schema.version) }
    return version
  }
}
