import Synchronization

/// What Latch remembers between calls and between processes: approvals, leases, counts, and anchors of the audit.
///
/// One file in one directory for all proxies of a user and for `latch`. Whatever is wrong with it is thrown, and the
/// caller denies; it is never made anew in silence. Threads may share it.
package final class StateDatabase: Sendable {
  private let store: Mutex<StateStore>

  /// Opens the database of a directory; makes both if they are not there. `boot` names the run of the machine.
  package convenience init(directory: String) throws(StateError) {
    try self.init(directory: directory, schema: .current, boot: Boot.name)
  }

  package init(directory: String, schema: StateSchema, boot: String) throws(StateError) {
    store = Mutex(try StateStore.open(directory, schema: schema, boot: boot))
  }

  /// The time that counts at a moment: see ``Moment`` and the clock set back.
  package func time(at moment: Moment) throws(StateError) -> Int {
    try read(at: moment) { _, now in now }
  }

  func read<Result: Sendable>(
    at moment: Moment, _ body: @Sendable (inout StateStore, _ now: Int) throws(StateError) -> Result
  ) throws(StateError) -> Result {
    try store.withLock { store throws(StateError) in try store.read(at: moment, body) }
  }

  func write<Result: Sendable>(
    _ durability: Durability, at moment: Moment,
    _ body: @Sendable (inout StateStore, _ now: Int) throws(StateError) -> Result
  ) throws(StateError) -> Result {
    try store.withLock { store throws(StateError) in try store.write(durability, at: moment, body) }
  }
}

extension StateDatabase {
  /// How lasting a change is, in the words of `audit.durability`.
  package enum Durability: Sendable {
    /// The kernel has it: the end of the process cannot undo it, a loss of power can.
    case written
    /// The disk has it.
    case synced
  }
}
