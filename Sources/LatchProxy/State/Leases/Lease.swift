/// Which calls a lease covers: those that agree in all of this, with any arguments.
package struct LeaseScope: Sendable, Hashable {
  package var project: ProjectKey
  package var policy: String
  package var upstream: String
  package var client: String?
  package var tool: String
  /// All rules that asked.
  package var rules: [String]

  var digest: DigestBytes {
    let rules = rules.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    return DigestBytes(
      domain: "latch-lease-v1",
      [
        project.digest.bytes, Array(policy.utf8), Array(upstream.utf8), DigestBytes.field(client.map { [$0] } ?? []),
        Array(tool.utf8),
      ] + rules)
  }
}

/// A person's yes to calls of one kind for a time.
package struct Lease: Sendable, Equatable {
  /// The id of the request that it answered.
  package var id: String
  package var scope: LeaseScope
  package var projectPath: String
  package var given: Int
  package var ends: Int
  package var way: ApprovalWay
  /// What was signed, for the way `key`.
  package var proof: Proof

  /// What remains of the request of the statement that was signed.
  package struct Proof: Sendable, Equatable {
    package var nonce: [UInt8]
    package var expires: Int
    package var subject: DigestBytes
    package var signature: [UInt8]?
  }

  init(_ record: ApprovalRecord, _ grant: ApprovalGrant, given: Int, ends: Int) {
    self.init(
      id: record.id, scope: record.request.scope, projectPath: record.request.projectPath, given: given, ends: ends,
      way: grant.way,
      proof: Proof(
        nonce: record.nonce, expires: record.expires, subject: record.request.subject, signature: grant.signature))
  }

  fileprivate init(
    id: String, scope: LeaseScope, projectPath: String, given: Int, ends: Int, way: ApprovalWay, proof: Proof
  ) {
    self.id = id
    self.scope = scope
    self.projectPath = projectPath
    self.given = given
    self.ends = ends
    self.way = way
    self.proof = proof
  }

  /// What the key must have signed for this lease to cover calls of that scope.
  func statement(for scope: LeaseScope) -> ApprovalStatement {
    ApprovalStatement(
      nonce: proof.nonce, expires: proof.expires, leaseEnds: ends, subject: proof.subject, scope: scope)
  }
}

extension Lease {
  fileprivate init(_ row: borrowing SQLiteStatement) throws(StateError) {
    guard let project = DigestBytes(try row.blob(1)), let way = ApprovalWay(rawValue: try row.text(10)),
      let subject = DigestBytes(try row.blob(13))
    else { throw .corrupt("a lease is garbled") }
    self.init(
      id: try row.text(0),
      scope: LeaseScope(
        project: ProjectKey(project), policy: try row.text(3), upstream: try row.text(4),
        client: row.isNull(5) ? nil : try row.text(5), tool: try row.text(6), rules: try storedList(row.text(7))),
      projectPath: try row.text(2), given: try row.integer(8), ends: try row.integer(9), way: way,
      proof: Proof(
        nonce: try row.blob(11), expires: try row.integer(12), subject: subject,
        signature: row.isNull(14) ? nil : try row.blob(14)))
  }
}

extension SQLiteConnection {
  mutating func insert(_ lease: Lease, now: Int) throws(StateError) {
    try run("DELETE FROM leases WHERE ends <= ?", [.integer(now)])
    let scope = lease.scope
    try run(
      """
      INSERT INTO leases (id, project, project_path, policy, upstream, client, tool, rules, given, ends, way, nonce,
        expires, subject, signature, scope)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(lease.id), .blob(scope.project.digest.bytes), .text(lease.projectPath), .text(scope.policy),
        .text(scope.upstream), scope.client.map { .text($0) } ?? .null, .text(scope.tool),
        .text(storableList(scope.rules)), .integer(lease.given), .integer(lease.ends), .text(lease.way.rawValue),
        .blob(lease.proof.nonce), .integer(lease.proof.expires), .blob(lease.proof.subject.bytes),
        lease.proof.signature.map { .blob($0) } ?? .null, .blob(scope.digest.bytes),
      ])
  }

  /// The leases of exactly that scope that have not ended, the one that holds longest first.
  mutating func leases(covering scope: LeaseScope, now: Int) throws(StateError) -> [Lease] {
    try rows(
      """
      SELECT id, project, project_path, policy, upstream, client, tool, rules, given, ends, way, nonce, expires, subject,
        signature
      FROM leases WHERE scope = ? AND ends > ? ORDER BY ends DESC, id
      """, [.blob(scope.digest.bytes), .integer(now)]
    ) { row throws(StateError) in try Lease(row) }
  }

  /// All leases that have not ended, the first to end first.
  mutating func leases(now: Int) throws(StateError) -> [Lease] {
    try rows(
      """
      SELECT id, project, project_path, policy, upstream, client, tool, rules, given, ends, way, nonce, expires, subject,
        signature
      FROM leases WHERE ends > ? ORDER BY ends, id
      """, [.integer(now)]
    ) { row throws(StateError) in try Lease(row) }
  }
}
