import Synchronization

/// Brings records to the disk, as many at once as there are: whoever comes while another waits for the disk finds
/// the own record brought there too, or waits for the disk for all who came since.
final class SyncGate: Sendable {
  /// Held by the one who waits for the disk.
  private let turn = Mutex(())

  /// Returns when the disk has the record of this number.
  func wait(for number: Int, of chain: borrowing Mutex<AuditChain>) throws(AuditError) {
    try turn.withLock { (_) throws(AuditError) in
      if try chain.withLock({ (chain) throws(AuditError) in try chain.isDurable(number) }) { return }
      guard let (file, written) = chain.withLock({ $0.position }) else {
        throw .notSynced(problem: "its file was given up")
      }
      do throws(AuditFailure) {
        try file.sync()
      } catch {
        chain.withLock { $0.lose(written, in: file, problem: error.problem) }
        throw .notSynced(problem: error.problem)
      }
      chain.withLock { $0.confirm(written) }
    }
  }
}

/// Which records the disk has, by their numbers.
struct DurableRecords: Sendable {
  /// All up to this one are on the disk, but for the lost ones.
  private var last = 0
  /// Of which the disk may have nothing: a second attempt would be told that all is well, whatever became of the first.
  private var lost: [(numbers: ClosedRange<Int>, problem: String)] = []

  func holds(_ number: Int) throws(AuditError) -> Bool {
    if let loss = lost.first(where: { $0.numbers.contains(number) }) { throw .notSynced(problem: loss.problem) }
    return number <= last
  }

  mutating func confirm(_ number: Int) { last = max(last, number) }

  mutating func lose(_ number: Int, problem: String) {
    guard number > last else { return }
    lost.append((last + 1...number, problem))
    // Whoever still waits for an older loss came long ago.
    if lost.count > 1024 { lost.removeFirst() }
    last = number
  }
}
