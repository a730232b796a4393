import LatchPolicy
import Synchronization

/// The record of one latch-proxy process. Any thread may add to it; what is added waits in memory until somebody asks
/// that it be kept, and is then written with all else that waits.
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

  /// Adds a record in memory; the number by which it is kept.
  package func append(_ record: AuditRecord) throws(AuditError) -> Int {
    try chain.withLock { (chain) throws(AuditError) in try chain.add(record) }
  }

  /// Returns when the records of these numbers are kept, as `audit.durability` says. If this throws, they must be taken
  /// as not recorded, and a call that one of them decides must not be made.
  package func keep(_ numbers: ClosedRange<Int>) throws(AuditError) {
    let areKept = try chain.withLock { (chain) throws(AuditError) in
      if try chain.areKept(numbers) { return true }
      try chain.write()
      return try chain.areKept(numbers)
    }
    if !areKept { try gate?.wait(for: numbers, of: chain) }
  }

  /// Keeps all that waits.
  package func keepAll() throws(AuditError) {
    let last = chain.withLock { $0.last }
    if last > 0 { try keep(last...last) }
  }

  /// Adds a record and keeps it.
  package func add(_ record: AuditRecord) throws(AuditError) {
    let number = try append(record)
    try keep(number...number)
  }

  /// Writes the last record; nothing can be added any more.
  package func close() throws(AuditError) { try chain.withLock { (chain) throws(AuditError) in try chain.close() } }
}
