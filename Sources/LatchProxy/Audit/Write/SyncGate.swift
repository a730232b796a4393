import Synchronization

/// Brings records to the disk, as many at once as there are: whoever comes while another waits for the disk finds
/// the own record brought there too, or waits for the disk for all who came since.
final class SyncGate: Sendable {
  /// Held by the one who waits for the disk.
  private let turn = Mutex(())

  /// Returns when the disk has the records of these numbers, which are written.
  func wait(for numbers: ClosedRange<Int>, of chain: borrowing Mutex<AuditChain>) throws(AuditError) {
    try turn.withLock { (_) throws(AuditError) in
      if try chain.withLock({ (chain) throws(AuditError) in try chain.areKept(numbers) }) { return }
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
