extension ApprovalRecord {
  /// Reads a row of the columns below, as it stands at that time.
  fileprivate init(_ row: borrowing SQLiteStatement, now: Int) throws(StateError) {
    id = try row.text(0)
    nonce = try row.blob(1)
    created = try row.integer(2)
    expires = try row.integer(3)
    let stored = Status(rawValue: try row.text(4))
    decision = try Decision(row)
    request = try ApprovalRequest(row)
    guard let stored, nonce.count == ApprovalStatement.nonceCount else { throw .corrupt("an approval is garbled") }
    let isLive = [.open, .approved, .denied].contains(stored)
    status = isLive && expires <= now ? .expired : stored
  }
}

extension ApprovalRecord.Decision {
  fileprivate init?(_ row: borrowing SQLiteStatement) throws(StateError) {
    guard !row.isNull(6) else { return nil }
    at = try row.integer(6)
    signature = row.isNull(7) ? nil : try row.blob(7)
    guard !row.isNull(5) else { return }
    way = ApprovalWay(rawValue: try row.text(5))
    guard way != nil else { throw .corrupt("an approval is garbled") }
  }
}

extension ApprovalRequest {
  fileprivate init(_ row: borrowing SQLiteStatement) throws(StateError) {
    guard let project = DigestBytes(try row.blob(8)), let call = DigestBytes(try row.blob(9)),
      let ways = Set<ApprovalWay>(text: try row.text(18))
    else { throw .corrupt("an approval is garbled") }
    self.init(
      project: ProjectKey(project), projectPath: try row.text(10), upstream: try row.text(11),
      client: row.isNull(12) ? nil : try row.text(12), tool: try row.text(13),
      rules: try storedList(row.text(14)), reason: try row.text(15), arguments: try row.text(16), call: call,
      policy: try row.text(17), ways: ways, timeout: try row.integer(19),
      lease: row.isNull(20) ? nil : try row.integer(20))
  }

  /// Its values in the order of the columns.
  fileprivate var values: [SQLiteValue] {
    [
      .blob(project.digest.bytes), .blob(call.bytes), .text(projectPath), .text(upstream),
      client.map { .text($0) } ?? .null, .text(tool), .text(storableList(rules)), .text(reason), .text(arguments),
      .text(policy), .text(ways.text), .integer(timeout), lease.map { .integer($0) } ?? .null,
    ]
  }
}

/// A list of texts as one: each on a line of its own, with its length before it.
func storableList(_ texts: [String]) -> String { texts.map { "\($0.utf8.count) \($0)\n" }.joined() }

func storedList(_ text: String) throws(StateError) -> [String] {
  var texts: [String] = []
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let digits = rest.prefix { $0 != UInt8(ascii: " ") }
    rest = rest.dropFirst(digits.count + 1)
    guard let count = Int(String(decoding: digits, as: UTF8.self)), count >= 0, count < rest.count else {
      throw .corrupt("a list is garbled")
    }
    texts.append(String(decoding: rest.prefix(count), as: UTF8.self))
    rest = rest.dropFirst(count + 1)
  }
  return texts
}

extension SQLiteConnection {
  mutating func insert(_ record: ApprovalRecord) throws(StateError) {
    try run(
      """
      INSERT INTO approvals (id, nonce, created, expires, project, digest, project_path, upstream, client, tool, rules,
        reason, arguments, policy, ways, timeout, lease)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [.text(record.id), .blob(record.nonce), .integer(record.created), .integer(record.expires)]
        + record.request.values)
  }

  /// The request for exactly this call that is open or answered, and has not expired.
  mutating func liveApproval(
    of call: DigestBytes, in project: ProjectKey, now: Int
  ) throws(StateError) -> ApprovalRecord? {
    try first(
      """
      SELECT id, nonce, created, expires, state, way, decided, signature, project, digest, project_path, upstream,
        client, tool, rules, reason, arguments, policy, ways, timeout, lease
      FROM approvals WHERE project = ? AND digest = ? AND state IN ('open', 'approved', 'denied') AND expires > ?
      """, [.blob(project.digest.bytes), .blob(call.bytes), .integer(now)]
    ) { row throws(StateError) in try ApprovalRecord(row, now: now) }
  }

  mutating func approval(_ id: String, now: Int) throws(StateError) -> ApprovalRecord? {
    try first(
      """
      SELECT id, nonce, created, expires, state, way, decided, signature, project, digest, project_path, upstream,
        client, tool, rules, reason, arguments, policy, ways, timeout, lease
      FROM approvals WHERE id = ?
      """, [.text(id)]
    ) { row throws(StateError) in try ApprovalRecord(row, now: now) }
  }

  /// Those that wait for a person, the oldest first.
  mutating func openApprovals(now: Int) throws(StateError) -> [ApprovalRecord] {
    try rows(
      """
      SELECT id, nonce, created, expires, state, way, decided, signature, project, digest, project_path, upstream,
        client, tool, rules, reason, arguments, policy, ways, timeout, lease
      FROM approvals WHERE state = 'open' AND expires > ? ORDER BY created, id
      """, [.integer(now)]
    ) { row throws(StateError) in try ApprovalRecord(row, now: now) }
  }
}
