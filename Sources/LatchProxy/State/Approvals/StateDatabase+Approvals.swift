extension StateDatabase {
  /// Asks for a person's approval of a call. The same call in the same project has one request: while that is open,
  /// approved or denied, it is what is returned.
  package func request(_ request: ApprovalRequest, at moment: Moment) throws(StateError) -> ApprovalRecord {
    try request.requireStorable()
    return try write(.written, at: moment) { store, now throws(StateError) in
      try store.connection.request(request, now: now)
    }
  }

  /// The requests that wait for a person, of one project or of all, the oldest first.
  package func openApprovals(
    of project: ProjectKey? = nil, at moment: Moment
  ) throws(StateError) -> [ApprovalRecord] {
    try read(at: moment) { store, now throws(StateError) in
      try store.connection.openApprovals(now: now).filter { project == nil || $0.request.project == project }
    }
  }

  /// The request whose id begins so, whatever has become of it.
  package func approval(_ beginning: String, at moment: Moment) throws(StateError) -> ApprovalLookup {
    try read(at: moment) { store, now throws(StateError) in
      let ids = try store.connection.approvalIDs(beginning)
      if ids.count > 1, !ids.contains(where: { $0.utf8.elementsEqual(beginning.utf8) }) { return .ambiguous(ids) }
      let id = ids.count == 1 ? ids[0] : beginning
      return try store.connection.approval(id, now: now).map(ApprovalLookup.found) ?? .unknown
    }
  }

  /// A person says yes to the request with exactly this id. A signature is kept, not judged: that is for the proxy,
  /// which knows the keys, when the call is made.
  package func approve(_ id: String, _ grant: ApprovalGrant, at moment: Moment) throws(StateError) -> ApprovalAnswer {
    try write(.synced, at: moment) { store, now throws(StateError) in
      guard let record = try store.connection.approval(id, now: now) else { return .unknown }
      if let refusal = record.refusal(of: grant, now: now) { return refusal }
      try store.connection.approve(record, grant, now: now)
      return try store.connection.approval(id, now: now).map(ApprovalAnswer.done) ?? .unknown
    }
  }

  /// A person says no. That holds for the call until the request expires, also if it was approved and not yet used.
  package func deny(_ id: String, at moment: Moment) throws(StateError) -> ApprovalAnswer {
    try write(.synced, at: moment) { store, now throws(StateError) in
      guard let record = try store.connection.approval(id, now: now) else { return .unknown }
      guard [.open, .approved].contains(record.status) else { return .notOpen(record.status) }
      try store.connection.run(
        "UPDATE approvals SET state = 'denied', way = NULL, signature = NULL, decided = ? WHERE id = ?",
        [.integer(now), .text(id)])
      return try store.connection.approval(id, now: now).map(ApprovalAnswer.done) ?? .unknown
    }
  }
}

extension ApprovalRecord {
  fileprivate func refusal(of grant: ApprovalGrant, now: Int) -> ApprovalAnswer? {
    // A second yes to a call that was not made yet may mend the first, such as one signed with the wrong key.
    guard [.open, .approved].contains(status) else { return .notOpen(status) }
    guard request.ways.contains(grant.way) else { return .wayNotAllowed(request.ways) }
    if let ends = grant.leaseEnds {
      guard let lease = request.lease, ends > now, ends - now <= lease else {
        return .leaseNotOffered(milliseconds: request.lease)
      }
    }
    if grant.way == .key, grant.signature == nil { return .signatureMissing }
    return nil
  }
}

extension SQLiteConnection {
  fileprivate mutating func request(_ request: ApprovalRequest, now: Int) throws(StateError) -> ApprovalRecord {
    if let record = try liveApproval(of: request.call, in: request.project, now: now) { return record }
    try run("DELETE FROM approvals WHERE expires <= ?", [.integer(now)])
    let waiting = try first(
      "SELECT count(*) FROM approvals WHERE project = ? AND state IN ('open', 'approved')",
      [.blob(request.project.digest.bytes)]
    ) { row throws(StateError) in try row.integer(0) }
    guard waiting ?? 0 < ApprovalRequest.most else { throw .tooManyRequests(limit: ApprovalRequest.most) }
    // Denials that nobody can remember any more are the oldest.
    try run(
      """
      DELETE FROM approvals WHERE id IN (
        SELECT id FROM approvals WHERE project = ? AND state = 'denied' ORDER BY decided DESC, id LIMIT -1 OFFSET ?)
      """,
      [.blob(request.project.digest.bytes), .integer(ApprovalRequest.most)])
    var generator = SystemRandomNumberGenerator()
    let record = ApprovalRecord(
      id: try unusedID(&generator), request: request, nonce: ApprovalStatement.randomNonce(&generator), created: now,
      expires: now + Ledger.bounded(request.timeout), status: .open)
    try insert(record)
    return record
  }

  private mutating func unusedID(_ generator: inout SystemRandomNumberGenerator) throws(StateError) -> String {
    for _ in 0..<1000 {
      let id = ApprovalID.random(using: &generator)
      let isUsed = try first(
        "SELECT 1 FROM approvals WHERE id = ?1 UNION ALL SELECT 1 FROM leases WHERE id = ?1", [.text(id)]
      ) { row throws(StateError) in try row.integer(0) }
      if isUsed == nil { return id }
    }
    throw .tooManyRequests(limit: ApprovalRequest.most)
  }

  fileprivate mutating func approvalIDs(_ beginning: String) throws(StateError) -> [String] {
    guard !beginning.utf8.isEmpty else { return [] }
    return try rows(
      "SELECT id FROM approvals WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id", [.text(beginning)]
    ) { row throws(StateError) in try row.text(0) }
  }

  fileprivate mutating func approve(
    _ record: ApprovalRecord, _ grant: ApprovalGrant, now: Int
  ) throws(StateError) {
    try run(
      "UPDATE approvals SET state = ?, way = ?, signature = ?, decided = ? WHERE id = ?",
      [
        .text(grant.leaseEnds == nil ? "approved" : "leased"), .text(grant.way.rawValue),
        grant.signature.map { .blob($0) } ?? .null, .integer(now), .text(record.id),
      ])
    if let ends = grant.leaseEnds { try insert(Lease(record, grant, given: now, ends: ends), now: now) }
  }
}
