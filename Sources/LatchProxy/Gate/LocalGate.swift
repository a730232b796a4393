import LatchPolicy
import Synchronization

/// The gate of a running proxy: the user's state and the record of calls, each opened when it is first needed, and
/// again after it failed.
final class LocalGate: Gate {
  private struct Opened: Sendable {
    var state: StateDatabase?
    var log: AuditLog?

    mutating func openState(_ directory: String) throws(StateError) -> StateDatabase {
      if let state { return state }
      let opened = try StateDatabase(directory: directory)
      state = opened
      return opened
    }
  }

  private let settings: AuditSettings
  private let project: ProjectKey
  private let notice: ApprovalNotice?
  private let links = FileLinks()
  private let opened = Mutex(Opened())

  init(_ settings: AuditSettings, project: ProjectKey, notice: ApprovalNotice?) {
    self.settings = settings
    self.project = project
    self.notice = notice
  }

  func realPath(of path: [UInt8]) -> [UInt8]? { links.realPath(of: path) }

  func destinations() -> LinkResolver {
    let walk = LinkWalk()
    return { walk.destination(of: $0) }
  }

  func admit(_ limits: [CountedLimit], _ consent: NeededConsent?) throws(GateError) -> Admission {
    try withState { (state) throws(StateError) in
      try state.admit(project: project, limits: limits, consent: consent, at: .now())
    }
  }

  func request(_ request: ApprovalRequest) throws(GateError) -> ApprovalRecord {
    try withState { (state) throws(StateError) in try state.request(request, at: .now()) }
  }

  func approve(_ id: String, lease: Int?) throws(GateError) {
    let answer = try withState { (state) throws(StateError) in
      let moment = Moment.now()
      let ends = try lease.map { (length) throws(StateError) in try state.time(at: moment) + length }
      return try state.approve(id, ApprovalGrant(.elicitation, leaseEnds: ends), at: moment)
    }
    guard case .done = answer else { throw GateError("the approval `\(id)` cannot be given any more") }
  }

  func deny(_ id: String) throws(GateError) {
    _ = try withState { (state) throws(StateError) in try state.deny(id, at: .now()) }
  }

  func record(_ record: AuditRecord) throws(GateError) -> Int {
    try withLog { (log) throws(AuditError) in try log.append(record) }
  }

  func keep(_ records: ClosedRange<Int>) throws(GateError) {
    try withLog { (log) throws(AuditError) in try log.keep(records) }
  }

  /// Keeps what nobody waits for.
  func keepAll() throws(GateError) {
    guard opened.withLock({ $0.log }) != nil else { return }
    try withLog { (log) throws(AuditError) in try log.keepAll() }
  }

  func announce(_ approval: ApprovalRecord) { notice?.send(approval) }

  /// Ends the record; why that could not be done in full, if so.
  func close() -> String? {
    do {
      try opened.withLock { $0.log }?.close()
      return nil
    } catch {
      return error.description
    }
  }
}

extension LocalGate {
  private func withState<Result: Sendable>(
    _ body: (StateDatabase) throws(StateError) -> Result
  ) throws(GateError) -> Result {
    do {
      return try body(try openState())
    } catch {
      throw GateError(error.description)
    }
  }

  private func openState() throws(StateError) -> StateDatabase {
    try opened.withLock { (opened) throws(StateError) in try opened.openState(settings.stateDirectory) }
  }

  private func withLog<Result: Sendable>(
    _ body: (AuditLog) throws(AuditError) -> Result
  ) throws(GateError) -> Result {
    let log = try openLog()
    do {
      return try body(log)
    } catch {
      throw GateError(error.description)
    }
  }

  private func openLog() throws(GateError) -> AuditLog {
    try opened.withLock { (opened) throws(GateError) in
      if let log = opened.log { return log }
      do {
        let state = try opened.openState(settings.stateDirectory)
        let log = try AuditLog(settings, anchor: StateAnchors(state, settings.durability))
        opened.log = log
        return log
      } catch let error as StateError {
        throw GateError(error.description)
      } catch {
        throw GateError("\(error)")
      }
    }
  }
}
