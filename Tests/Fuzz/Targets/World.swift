import LatchPolicy
import LatchProxy
import Synchronization

/// The world of a session, kept in memory: nothing is a link, and approvals, limits and the record are as they should be,
/// unless it is broken.
final class World: Gate {
  struct State: Sendable {
    var isBroken = false
    /// How often a person's yes was passed on.
    var consents = 0
    /// How many calls were recorded as going on.
    var passed = 0
    fileprivate var records = 0
    fileprivate var waiting = 0
    fileprivate var approvals: [ApprovalRecord] = []
    fileprivate var counts: [String: Int] = [:]
  }

  private let state = Mutex(State())

  var seen: State { state.withLock { $0 } }

  func breakOrMend() { state.withLock { $0.isBroken.toggle() } }

  private func change<Value: Sendable>(_ body: (inout State) -> Value) throws(GateError) -> Value {
    try state.withLock { state throws(GateError) in
      if state.isBroken { throw GateError("the disk is full") }
      return body(&state)
    }
  }

  func realPath(of path: [UInt8]) -> [UInt8]? { path }

  func destinations() -> LinkResolver { { $0 } }

  func admit(_ limits: [CountedLimit], _ consent: NeededConsent?) throws(GateError) -> Admission {
    try change { state in
      let over = limits.filter { !$0.isWaived && state.counts[$0.key, default: 0] >= $0.calls }
      guard over.isEmpty else { return .over(over.map(\.key)) }
      var admission = Admission.admitted(nil)
      if let request = consent?.request { admission = state.use(request) }
      guard case .admitted = admission else { return admission }
      for limit in limits { state.counts[limit.key, default: 0] += 1 }
      return admission
    }
  }

  func request(_ request: ApprovalRequest) throws(GateError) -> ApprovalRecord {
    try change { state in
      let number = state.approvals.count
      let record = ApprovalRecord(
        id: "a\(number)", request: request, nonce: Array(repeating: UInt8(truncatingIfNeeded: number), count: 16),
        created: 0, expires: request.timeout, status: .open)
      state.approvals.append(record)
      return record
    }
  }

  func approve(_ id: String, lease: Int?) throws(GateError) {
    try change { state in
      state.consents += 1
      state.set(id, lease == nil ? .approved : .leased)
    }
  }

  func deny(_ id: String) throws(GateError) { try change { $0.set(id, .denied) } }

  /// As the real one: what is added is written later, and then all of it or nothing.
  func record(_ record: AuditRecord) throws(GateError) -> Int {
    state.withLock { state in
      if case .decision(let decision) = record, decision.passed, decision.method == "tools/call" { state.waiting += 1 }
      state.records += 1
      return state.records
    }
  }

  func keep(_ records: ClosedRange<Int>) throws(GateError) {
    try state.withLock { state throws(GateError) in
      defer { state.waiting = 0 }
      if state.isBroken { throw GateError("the disk is full") }
      state.passed += state.waiting
    }
  }

  func announce(_ approval: ApprovalRecord) {}
}

extension World.State {
  fileprivate mutating func set(_ id: String, _ status: ApprovalRecord.Status) {
    for index in approvals.indices where approvals[index].id == id { approvals[index].status = status }
  }

  /// Finds a lease or an approval for the request, and spends the approval.
  fileprivate mutating func use(_ request: ApprovalRequest) -> Admission {
    if let lease = approvals.first(where: { $0.status == .leased && $0.request.scope == request.scope }) {
      return .admitted(.lease(id: lease.id, way: .elicitation))
    }
    let known = approvals.firstIndex { $0.request.call == request.call && $0.status != .consumed }
    guard let known, approvals[known].status == .approved else { return .unapproved(known.map { approvals[$0] }) }
    approvals[known].status = .consumed
    return .admitted(.approval(id: approvals[known].id, way: .elicitation))
  }
}
