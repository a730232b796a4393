package import LatchPolicy

/// What the session asks of the world before a request goes on. The relay has the real one, tests have their own.
///
/// What these do is done when they return; where they throw, the request does not go on.
package protocol Gate: Sendable {
  /// What a clean path is once every link in it is followed; what does not exist yet is taken to be made where it
  /// stands. nil where that cannot be told.
  func realPath(of path: [UInt8]) -> [UInt8]?

  /// Where paths from the root lead, even through links to what does not exist yet: for one decision. nil where that
  /// cannot be told.
  func destinations() -> LinkResolver

  /// Counts a call and spends its approval, if there is room and if it has one: see `StateDatabase.admit`.
  func admit(_ limits: [CountedLimit], _ consent: NeededConsent?) throws(GateError) -> Admission

  /// The request for a person's approval; the one that there is, if the call has one already.
  func request(_ request: ApprovalRequest) throws(GateError) -> ApprovalRecord

  /// The person says yes in the client, for so many milliseconds of calls with any arguments if `lease` is not nil.
  func approve(_ id: String, lease: Int?) throws(GateError)

  /// The person says no in the client.
  func deny(_ id: String) throws(GateError)

  /// Adds to the record, in memory; the number by which it is kept.
  func record(_ record: AuditRecord) throws(GateError) -> Int

  /// Returns when these records are kept for good, with all that were added before.
  func keep(_ records: ClosedRange<Int>) throws(GateError)

  /// Somebody has to be told that a person is waited for.
  func announce(_ approval: ApprovalRecord)
}

/// Why the world does not let a request go on; said to whoever made it.
package struct GateError: Error, Sendable, Equatable {
  package var problem: String

  package init(_ problem: String) { self.problem = problem }
}
