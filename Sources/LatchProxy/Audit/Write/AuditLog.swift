import LatchPolicy
import Synchronization

/// The record of one latch-proxy process. Any thread may add to it; what `add` has returned from is kept, as
/// `audit.durability` says.
package final class AuditLog: Sendable {
  private let chain: Mutex<AuditChain>
  private let gate: SyncGate?

  /// Begins the record, with a first file that nothing but its header stands in.
  package init(
    _ settings: AuditSettings, anchor: any AnchorStore, clock: @escaping @Sendable () -> UTCTime = UTCTime.now
  ) throws(AuditError) {
    let directory = try AuditDirectory(state: settings.stateDirectory)
    let key = try InstallationKey(state: settings.stateDirectory)
    var chain = AuditChain(RecordStyle(settings, key: key), directory: directory, anchor: anchor, clock: clock)
    try chain.start()
    self.chain = Mutex(chain)
    gate = settings.durability == .synced ? SyncGate() : nil
  }

  /// Adds a record. If this throws, it must be taken as not recorded, and a call that it decides must not be made.
  package func add(_ record: AuditRecord) throws(AuditError) {
    let number = try chain.withLock { (chain) throws(AuditError) in try chain.add(record) }
    try gate?.wait(for: number, of: chain)
  }

  /// Writes the last record; nothing can be added any more.
  package func close() throws(AuditError) { try chain.withLock { (chain) throws(AuditError) in try chain.close() } }
}
