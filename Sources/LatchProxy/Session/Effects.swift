/// What is to be done about one line, or about several: the session says it, the relay does it.
///
/// First the records are kept; then the line itself goes on, if it does; then the rest.
package struct Effects: Sendable {
  /// The line goes to the other side as the bytes that came.
  package var forwards = false
  /// What has to be kept first, and `Session.withdraw` told if it cannot be.
  package var records: ClosedRange<Int>?
  /// Something was recorded that nobody need wait for.
  package var leavesRecord = false
  /// Whole messages, each with its LF.
  package var toUpstream: [UInt8] = []
  package var toClient: [UInt8] = []
  /// For standard error; not yet freed of control characters.
  package var log: [String] = []

  package init() {}

  package mutating func clear() {
    forwards = false
    records = nil
    leavesRecord = false
    if !toUpstream.isEmpty { toUpstream.removeAll(keepingCapacity: toUpstream.capacity < 65_536) }
    if !toClient.isEmpty { toClient.removeAll(keepingCapacity: toClient.capacity < 65_536) }
    if !log.isEmpty { log = [] }
  }

  mutating func keep(_ record: Int) {
    records = min(record, records?.lowerBound ?? record)...max(record, records?.upperBound ?? record)
  }

  mutating func tellClient(_ message: [UInt8]) {
    toClient += message
    toClient.append(0x0A)
  }

  mutating func tellUpstream(_ message: [UInt8]) {
    toUpstream += message
    toUpstream.append(0x0A)
  }
}
