/// The open database with what is kept of it outside; every use of it is one transaction.
struct StateStore: ~Copyable {
  var connection: SQLiteConnection
  private let directory: StateDirectory
  private let identity: FileIdentity
  private let mark: RecordFile
  private let boot: String
  private let installation: [UInt8]
  private let version: Int
  private var durability = StateDatabase.Durability.written
  /// The furthest that this process has seen the database come.
  private var furthest = 0
  /// Requests whose signed approval was used here, and when they expire: a signature that somebody with access to the
  /// file makes usable again is not used again.
  var spent: [[UInt8]: Int] = [:]

  private init(
    _ connection: consuming SQLiteConnection, _ directory: consuming StateDirectory, _ identity: FileIdentity,
    _ mark: consuming RecordFile, installation: [UInt8], version: Int, boot: String
  ) {
    self.connection = connection
    self.directory = directory
    self.identity = identity
    self.mark = mark
    self.installation = installation
    self.version = version
    self.boot = boot
  }

  static func open(_ path: String, schema: StateSchema, boot: String) throws(StateError) -> StateStore {
    let directory = try StateDirectory(path)
    try createIfNew(directory)
    for journal in ["state.db-wal", "state.db-shm", "state.db-journal"] { _ = try directory.identity(of: journal) }
    var connection = try SQLiteConnection(opening: directory.path(of: StateDirectory.database))
    try connection.prepareForUse(schema, in: directory)
    guard let identity = try directory.identity(of: StateDirectory.database) else {
      throw .rolledBack("`\(StateDirectory.database)` was removed")
    }
    let ledger = try connection.ledger()
    let mark = try mark(of: ledger, in: directory, boot: boot)
    var store = StateStore(
      connection, directory, identity, mark, installation: ledger.installation, version: schema.version, boot: boot)
    try store.read(at: Moment(wall: 0, uptime: 0)) { _, _ in }
    return store
  }

  /// The first of all proxies makes the file; a file that is gone is never made anew in silence.
  private static func createIfNew(_ directory: borrowing StateDirectory) throws(StateError) {
    guard try directory.identity(of: StateDirectory.database) == nil else { return }
    let wasUsed = try directory.identity(of: StateDirectory.counter) != nil
    // Asked again, since another process may have made both meanwhile.
    guard try directory.identity(of: StateDirectory.database) == nil else { return }
    if wasUsed { throw .rolledBack("`\(StateDirectory.database)` was removed") }
    try directory.createEmpty(StateDirectory.database)
  }

  /// The mark is made with the database, before its first change: if it is gone later, somebody removed it.
  private static func mark(
    of ledger: Ledger, in directory: borrowing StateDirectory, boot: String
  ) throws(StateError) -> RecordFile {
    let name = StateDirectory.counter
    if let mark = try RecordFile.open(name, in: directory) { return mark }
    if ledger.counter == 0 {
      let record = RollbackMark(installation: ledger.installation, counter: 0, synced: 0, boot: boot).record
      try RecordFile.create(name, record, in: directory)
    }
    guard let mark = try RecordFile.open(name, in: directory) else { throw .rolledBack("`\(name)` was removed") }
    return mark
  }
}

extension StateStore {
  /// Looks at the database as it is at one moment; `body` gets the time that counts.
  mutating func read<Result>(
    at moment: Moment, _ body: (inout StateStore, _ now: Int) throws(StateError) -> Result
  ) throws(StateError) -> Result {
    let least = try leastCounter()
    try connection.run("BEGIN")
    defer { connection.rollBack() }
    let ledger = try currentLedger(least: least)
    return try body(&self, ledger.time(at: moment, in: boot))
  }

  /// Changes the database in one transaction that no other overlaps. If `body` throws or changes nothing, nothing was.
  ///
  /// What gives or spends a person's consent is synced: no loss of power makes one consent two. A mere count need not
  /// be, and a call need not wait for the disk because of it.
  mutating func write<Result>(
    _ durability: StateDatabase.Durability, at moment: Moment,
    _ body: (inout StateStore, _ now: Int) throws(StateError) -> Result
  ) throws(StateError) -> Result {
    try use(durability)
    let least = try leastCounter()
    try connection.run("BEGIN IMMEDIATE")
    let spentBefore = spent
    var isCommitted = false
    defer {
      if !isCommitted { spent = spentBefore }
      connection.rollBack()
    }
    var ledger = try currentLedger(least: least)
    let now = ledger.time(at: moment, in: boot)
    let changes = connection.totalChanges
    let result = try body(&self, now)
    // A new run of the machine is written down even if nothing else is: its clock counts from then on.
    guard connection.totalChanges != changes || !ledger.isOfRun(boot) else { return result }
    ledger.advance(to: now, uptime: moment.uptime, boot: boot)
    try connection.store(ledger)
    try connection.run("COMMIT")
    isCommitted = true
    try keep(ledger.counter, durability)
    return result
  }

  private mutating func use(_ durability: StateDatabase.Durability) throws(StateError) {
    guard durability != self.durability else { return }
    switch durability {
    case .written: try connection.execute("PRAGMA synchronous = NORMAL")
    case .synced: try connection.execute("PRAGMA synchronous = FULL")
    }
    self.durability = durability
  }

  /// Read before the transaction begins: what is marked by then, the transaction has to see.
  private func leastCounter() throws(StateError) -> Int {
    guard try directory.identity(of: StateDirectory.database) == identity else {
      throw .rolledBack("`\(StateDirectory.database)` was replaced")
    }
    guard try directory.identity(of: StateDirectory.counter) == mark.identity else {
      throw .rolledBack("`\(StateDirectory.counter)` was replaced")
    }
    let mark = try RollbackMark(record: mark.read())
    guard mark.installation == installation else { throw .rolledBack("it is of another installation") }
    return max(furthest, mark.least(in: boot))
  }

  private mutating func currentLedger(least: Int) throws(StateError) -> Ledger {
    let version = try connection.version()
    guard version == self.version else { throw .newer(version: version, known: self.version) }
    let ledger = try connection.ledger()
    guard ledger.installation == installation else { throw .rolledBack("it is of another installation") }
    guard ledger.counter >= least else {
      throw .rolledBack("it has seen \(ledger.counter) changes and should have seen \(least)")
    }
    furthest = ledger.counter
    return ledger
  }

  private mutating func keep(_ counter: Int, _ durability: StateDatabase.Durability) throws(StateError) {
    furthest = counter
    try mark.update { record throws(StateError) in
      try RollbackMark(record: record).raised(to: counter, synced: durability == .synced, in: boot).record
    }
  }
}

extension Ledger {
  fileprivate mutating func advance(to now: Int, uptime: Int, boot: String) {
    counter += 1
    clock = now
    self.uptime = max(isOfRun(boot) ? self.uptime : 0, Self.bounded(uptime: uptime))
    self.boot = boot
  }
}

extension SQLiteConnection {
  /// Sets what holds for a connection or a file, and leads an older file to the schema.
  fileprivate mutating func prepareForUse(
    _ schema: StateSchema, in directory: borrowing StateDirectory
  ) throws(StateError) {
    try execute(
      """
      PRAGMA cache_size = -512;
      PRAGMA temp_store = MEMORY;
      PRAGMA mmap_size = 0;
      PRAGMA cell_size_check = ON;
      PRAGMA secure_delete = ON;
      PRAGMA fullfsync = ON;
      PRAGMA journal_size_limit = 1048576;
      """)
    try useWriteAheadLog()
    // A new database is made lasting, and only then marked as there.
    try execute("PRAGMA synchronous = FULL")
    try migrate(to: schema) { () throws(StateError) in try directory.identity(of: StateDirectory.counter) == nil }
    try execute("PRAGMA synchronous = NORMAL")
  }

  /// Of several who change a new file's mode at once, all but one are refused without being made to wait.
  private mutating func useWriteAheadLog() throws(StateError) {
    let start = ContinuousClock.now
    while true {
      do throws(StateError) {
        return try switchToWriteAheadLog()
      } catch .locked where ContinuousClock.now - start < .seconds(1) {
        pause()
      }
    }
  }

  private mutating func switchToWriteAheadLog() throws(StateError) {
    let mode = try first("PRAGMA journal_mode = WAL") { row throws(StateError) in try row.text(0) }
    guard mode?.utf8.elementsEqual("wal".utf8) == true else {
      throw .failed(code: 0, message: "its file system gives no shared memory")
    }
  }
}
