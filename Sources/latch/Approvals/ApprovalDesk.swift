import LatchProxy

/// Where a person answers what the proxies ask: the state database, with everything that it says in words.
struct ApprovalDesk {
  private let database: StateDatabase

  /// nil where no proxy has kept anything yet; then nothing is made either.
  init?(_ option: StateOption) throws(Failure) {
    let directory = try Files.absolute(option.find().state)
    guard ["state.db", "state.counter"].contains(where: { Files.mayExist("\(directory)/\($0)") }) else { return nil }
    do {
      database = try StateDatabase(directory: directory)
    } catch {
      throw Failure(error.description)
    }
  }

  /// The time by which requests and leases end.
  func now() throws(Failure) -> Int { try ask { database throws(StateError) in try database.time(at: .now()) } }

  func openRequests(of project: ProjectKey?) throws(Failure) -> [ApprovalRecord] {
    try ask { database throws(StateError) in try database.openApprovals(of: project, at: .now()) }
  }

  /// The request that a person means, whatever has become of it.
  func request(_ beginning: String) throws(Failure) -> ApprovalRecord {
    switch try ask({ database throws(StateError) in try database.approval(beginning, at: .now()) }) {
    case .found(let record): return record
    case .unknown: throw .unknownRequest(beginning)
    case .ambiguous(let ids):
      throw Failure("`\(beginning)` begins the ids of several requests: \(ids.joined(separator: ", "))".harmless)
    }
  }

  func approve(_ id: String, _ grant: ApprovalGrant) throws(Failure) -> ApprovalRecord {
    try done(id, ask { database throws(StateError) in try database.approve(id, grant, at: .now()) })
  }

  func deny(_ id: String) throws(Failure) -> ApprovalRecord {
    try done(id, ask { database throws(StateError) in try database.deny(id, at: .now()) })
  }

  func leases(of project: ProjectKey?) throws(Failure) -> [Lease] {
    try ask { database throws(StateError) in try database.leases(of: project, at: .now()) }
  }

  /// False if there is no such lease.
  func revokeLease(_ id: String) throws(Failure) -> Bool {
    try ask { database throws(StateError) in try database.revokeLease(id, at: .now()) }
  }

  func revokeLeases(of project: ProjectKey?) throws(Failure) -> Int {
    try ask { database throws(StateError) in try database.revokeLeases(of: project, at: .now()) }
  }

  private func ask<Answer>(_ question: (StateDatabase) throws(StateError) -> Answer) throws(Failure) -> Answer {
    do {
      return try question(database)
    } catch {
      throw Failure(error.description)
    }
  }

  private func done(_ id: String, _ answer: ApprovalAnswer) throws(Failure) -> ApprovalRecord {
    switch answer {
    case .done(let record): return record
    case .unknown: throw .unknownRequest(id)
    case .notOpen(let status): throw .answered(id, status)
    case .wayNotAllowed(let ways): throw .way(ways, notFor: id)
    case .leaseNotOffered(let most): throw .lease(most)
    case .signatureMissing: throw .way([.key], notFor: id)
    }
  }
}

/// Why a request is not answered as a person wants.
extension Failure {
  static func unknownRequest(_ id: String) -> Failure {
    Failure("there is no request `\(id.harmless)`; `latch approvals --all` lists those that are open")
  }

  static func answered(_ id: String, _ status: ApprovalRecord.Status) -> Failure {
    let id = id.harmless
    switch status {
    case .open, .approved: return Failure("request \(id) waits for an answer")
    case .leased: return Failure("request \(id) was answered with a lease; `latch leases --revoke \(id)` ends that")
    case .consumed: return Failure("request \(id) was approved, and its call was made")
    case .denied: return Failure("request \(id) was denied, which holds until it expires")
    case .expired: return Failure("request \(id) has expired; when the call is made again, it is asked for anew")
    }
  }

  static func way(_ ways: Set<ApprovalWay>, notFor id: String) -> Failure {
    var accepted: [String] = []
    if ways.contains(.terminal) { accepted.append("`latch approve \(id)`") }
    if ways.contains(.key) { accepted.append("`latch approve \(id) --key FILE`") }
    if ways.contains(.elicitation) { accepted.append("an answer in the client") }
    let wanted = accepted.isEmpty ? "names no way at all" : "wants \(accepted.joined(separator: " or "))"
    return Failure("request \(id) cannot be approved like this; the policy \(wanted)".harmless)
  }

  static func lease(_ most: Int?) -> Failure {
    guard let most else { return Failure("the policy offers no lease for this call; leave `--for` away") }
    return Failure("the policy offers a lease of at most \(duration(most)) for this call")
  }
}
