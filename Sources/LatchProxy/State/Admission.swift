/// What a call needs a person's consent for, and how that consent must have been given: by the policy that the caller
/// holds, not by what the database says, which an agent with a shell of the same user can write.
package struct NeededConsent: Sendable {
  package var request: ApprovalRequest
  /// Whose signatures count for the way `key`.
  package var keys: [ApprovalKey]

  package init(_ request: ApprovalRequest, keys: [ApprovalKey] = []) {
    self.request = request
    self.keys = keys
  }

  /// Whether the consent counts, and by whose key it was given.
  fileprivate func accepts(
    _ way: ApprovalWay?, _ signature: [UInt8]?, _ statement: ApprovalStatement
  ) -> (isTaken: Bool, who: String?) {
    guard let way, request.ways.contains(way) else { return (false, nil) }
    guard way == .key else { return (true, nil) }
    guard let signature, let key = keys.first(where: { $0.verifies(signature, of: statement) }) else {
      return (false, nil)
    }
    return (true, key.owner)
  }
}

/// Whether a call goes, with all its obligations fulfilled, or why not, with nothing spent or counted.
package enum Admission: Sendable, Equatable {
  case admitted(Consent?)
  /// The keys of the limits that have no room.
  case over([String])
  /// No lease covers the call, and it is not approved; the request for it, if there is one that is open or denied.
  case unapproved(ApprovalRecord?)
  /// It says that it is approved, but not in a way that the policy takes.
  case untrusted(ApprovalRecord)

  /// On whose word the call went.
  package enum Consent: Sendable, Equatable {
    /// `who`: the name under which the policy knows the key that signed.
    case approval(id: String, way: ApprovalWay, who: String? = nil)
    case lease(id: String, way: ApprovalWay, who: String? = nil)
  }
}

extension StateDatabase {
  /// Lets a call go if every limit has room and, where consent is needed, a lease covers it or an approval of it is
  /// there to be used; and then, in the same transaction, uses the approval and counts the call in every limit.
  ///
  /// Whatever the number of processes, an approval lets one call go, and a limit of N lets N.
  package func admit(
    project: ProjectKey, limits: [CountedLimit] = [], consent needed: NeededConsent? = nil, at moment: Moment
  ) throws(StateError) -> Admission {
    if limits.isEmpty && needed == nil { return .admitted(nil) }
    return try write(needed == nil ? .written : .synced, at: moment) { store, now throws(StateError) in
      try store.admit(project, limits, needed, now: now)
    }
  }
}

extension StateStore {
  fileprivate mutating func admit(
    _ project: ProjectKey, _ limits: [CountedLimit], _ needed: NeededConsent?, now: Int
  ) throws(StateError) -> Admission {
    var windows: [LimitWindow?] = []
    var over: [String] = []
    for limit in limits {
      let window = try connection.window(of: limit, in: project)
      windows.append(window)
      guard !limit.isWaived else { continue }
      if try connection.isOver(limit, window, now: now) { over.append(limit.key) }
    }
    guard over.isEmpty else { return .over(over) }
    var admission = Admission.admitted(nil)
    if let needed { admission = try use(needed, now: now) }
    guard case .admitted = admission else { return admission }
    for (index, limit) in limits.enumerated() where !limits[..<index].contains(where: limit.isCountedWith) {
      try connection.count(limit, windows[index], in: project, now: now)
    }
    // A limit is new when a policy is: the time to forget those that no policy counts any more.
    if windows.contains(where: { $0 == nil }) { try connection.forgetEmptyWindows(now: now) }
    return admission
  }

  /// Finds the consent, a lease before an approval, and spends it if it is for one call.
  private mutating func use(_ needed: NeededConsent, now: Int) throws(StateError) -> Admission {
    if let lease = try lease(covering: needed, now: now) {
      let who = needed.accepts(lease.way, lease.proof.signature, lease.statement(for: needed.request.scope)).who
      return .admitted(.lease(id: lease.id, way: lease.way, who: who))
    }
    let request = needed.request
    let found = try connection.liveApproval(of: request.call, in: request.project, now: now)
    guard var record = found, record.status == .approved else { return .unapproved(found) }
    // The signature has to be for what the caller asks, not for what the database says was asked.
    record.request = request
    let decision = record.decision
    let judged = needed.accepts(decision?.way, decision?.signature, record.statement())
    guard record.expires - now <= Ledger.bounded(request.timeout), let way = decision?.way, judged.isTaken,
      way != .key || spent[record.nonce] == nil
    else { return .untrusted(record) }
    let changed = try connection.run(
      """
      UPDATE approvals SET state = 'consumed', arguments = '' WHERE id = ? AND state = 'approved' AND expires > ?
      """, [.text(record.id), .integer(now)])
    guard changed == 1 else { throw .corrupt("an approval is there and not there") }
    if way == .key { remember(record, now: now) }
    return .admitted(.approval(id: record.id, way: way, who: judged.who))
  }

  private mutating func remember(_ record: ApprovalRecord, now: Int) {
    spent = spent.filter { $0.value > now }
    spent[record.nonce] = record.expires
  }

  mutating func lease(covering needed: NeededConsent, now: Int) throws(StateError) -> Lease? {
    // Whatever was signed, the policy says how long.
    guard let most = needed.request.lease else { return nil }
    let scope = needed.request.scope
    return try connection.leases(covering: scope, now: now).first { lease in
      lease.ends - now <= Ledger.bounded(most)
        && needed.accepts(lease.way, lease.proof.signature, lease.statement(for: scope)).isTaken
    }
  }
}
