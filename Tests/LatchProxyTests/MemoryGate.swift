import LatchPolicy
import LatchProxy
import Synchronization

/// The world of a session in tests: nothing is a link, all limits have room, and what was asked and recorded is seen.
final class MemoryGate: Gate {
  struct State: Sendable {
    var records: [AuditRecord] = []
    var approvals: [ApprovalRecord] = []
    var announced: [String] = []
    var spent: [String] = []
    /// How often each limit was counted.
    var counts: [String: Int] = [:]
    /// Why nothing can be recorded, or asked of the state.
    var recordProblem: String?
    var stateProblem: String?
    var leases: [String: Int] = [:]
  }

  private let state = Mutex(State())

  var seen: State { state.withLock { $0 } }

  func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

  func realPath(of path: [UInt8]) -> [UInt8]? { path }

  func destinations() -> LinkResolver { { $0 } }

  func admit(_ limits: [CountedLimit], _ consent: NeededConsent?) throws(GateError) -> Admission {
    try state.withLock { state throws(GateError) in
      if let problem = state.stateProblem { throw GateError(problem) }
      let over = limits.filter { !$0.isWaived && state.counts[$0.key, default: 0] >= $0.calls }.map(\.key)
      guard over.isEmpty else { return .over(over) }
      var admission = Admission.admitted(nil)
      if let consent {
        let found = state.approvals.firstIndex {
          $0.request.call == consent.request.call && !state.spent.contains($0.id)
        }
        guard let found, state.approvals[found].status == .approved else {
          return .unapproved(found.map { state.approvals[$0] })
        }
        state.spent.append(state.approvals[found].id)
        admission = .admitted(.approval(id: state.approvals[found].id, way: .elicitation))
      }
      for limit in limits { state.counts[limit.key, default: 0] += 1 }
      return admission
    }
  }

  func request(_ request: ApprovalRequest) throws(GateError) -> ApprovalRecord {
    try state.withLock { state throws(GateError) in
      if let problem = state.stateProblem { throw GateError(problem) }
      let letters = Array("abcdefghjk")
      let record = ApprovalRecord(
        id: "a2a\(letters[state.approvals.count])", request: request, nonce: Array(repeating: 7, count: 16), created: 0,
        expires: request.timeout, status: .open)
      state.approvals.append(record)
      return record
    }
  }

  func approve(_ id: String, lease: Int?) throws(GateError) {
    state.withLock { state in
      state.leases[id] = lease
      for index in state.approvals.indices where state.approvals[index].id == id {
        state.approvals[index].status = .approved
      }
    }
  }

  func deny(_ id: String) throws(GateError) {
    state.withLock { state in
      for index in state.approvals.indices where state.approvals[index].id == id {
        state.approvals[index].status = .denied
      }
    }
  }

  func record(_ record: AuditRecord) throws(GateError) -> Int {
    try state.withLock { state throws(GateError) in
      if let problem = state.recordProblem { throw GateError(problem) }
      state.records.append(record)
      return state.records.count
    }
  }

  func keep(_ records: ClosedRange<Int>) throws(GateError) {}

  func announce(_ approval: ApprovalRecord) { state.withLock { $0.announced.append(approval.id) } }
}
