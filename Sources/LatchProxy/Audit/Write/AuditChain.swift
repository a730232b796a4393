import LatchPolicy

/// The record as it grows: every line holds the hash of the one before it. The log's lock guards it.
struct AuditChain: ~Copyable, Sendable {
  /// The file that is written to.
  private struct Open {
    var file: AuditFile
    var day: Int
    /// Its size, and the records in it.
    var bytes = 0
    var count = 0
    var head: RecordDigest?
    /// How many records stand behind the last one that was anchored.
    var unanchored = 0
  }

  private var style: RecordStyle
  private let directory: AuditDirectory
  private let anchor: any AnchorStore
  private let clock: @Sendable () -> UTCTime
  private let session: String
  private var open: Open?
  private var isClosed = false
  private var part = 0
  /// The last file of this process and the hash of its last line, which the next one continues.
  private var previous: (file: String, head: RecordDigest)?
  /// The end of a file that could not be anchored yet.
  private var pending: (file: String, seq: Int, head: RecordDigest)?
  private var buffer = RecordBuffer()
  /// Records written by this process, in all files.
  private var written = 0
  private var durable = DurableRecords()

  init(
    _ style: RecordStyle, directory: AuditDirectory, anchor: any AnchorStore, clock: @escaping @Sendable () -> UTCTime
  ) {
    self.style = style
    self.directory = directory
    self.anchor = anchor
    self.clock = clock
    var system = SystemRandomNumberGenerator()
    session = String(system.next() | 1 << 63, radix: 16)
  }

  /// Begins the first file.
  mutating func start() throws(AuditError) { try begin(at: clock()) }

  /// Adds a record; its number among all records of the process.
  mutating func add(_ record: AuditRecord) throws(AuditError) -> Int {
    guard !isClosed else { throw .closed }
    try keepPending()
    let now = clock()
    if let open, now.day != open.day { try endFile(.rotation, at: now) }
    if open == nil { try begin(at: now) }
    try anchorIfDue()
    writeLine(record, at: now)
    if let open, open.count > 1, open.bytes + buffer.bytes.count > style.settings.fileBytes {
      try endFile(.rotation, at: now)
      try begin(at: now)
      writeLine(record, at: now)
    }
    try appendLine()
    return written
  }

  /// Ends the record for good.
  mutating func close() throws(AuditError) {
    guard !isClosed else { return }
    isClosed = true
    do {
      if open != nil { try endFile(.exit, at: clock()) }
    } catch {
      // Without a last record, what there is can still be anchored.
      try? anchorHead()
      throw error
    }
    try keepPending()
  }
}

/// For whoever brings records to the disk.
extension AuditChain {
  /// The open file, and the number of the last record in it.
  var position: (file: AuditFile, written: Int)? { open.map { ($0.file, written) } }

  /// Whether the disk has the record; throws if it never will.
  func isDurable(_ number: Int) throws(AuditError) -> Bool { try durable.holds(number) }

  mutating func confirm(_ written: Int) { durable.confirm(written) }

  /// What stands in the file is in doubt: nothing more is written to it.
  mutating func lose(_ written: Int, in file: AuditFile, problem: String) {
    durable.lose(written, problem: problem)
    abandon(file)
  }
}

extension AuditChain {
  private enum End: String { case rotation, exit }

  private mutating func writeLine(_ record: AuditRecord, at now: UTCTime) {
    buffer.begin(record.kind, seq: open?.count ?? 0, prev: open?.head, at: now)
    style.write(record, to: &buffer)
    buffer.end()
  }

  /// Makes a file and writes its header, which is anchored before anything stands behind it.
  private mutating func begin(at now: UTCTime) throws(AuditError) {
    let isSynced = style.settings.durability == .synced
    let file = try directory.file(of: style.settings.upstream, at: now, synced: isSynced)
    buffer.begin("file", seq: 0, prev: previous?.head, at: now)
    style.writeHeader(file.name, session: session, part: part + 1, continues: previous?.file, to: &buffer)
    buffer.end()
    open = Open(file: file, day: now.day)
    do {
      try appendLine()
      try anchorHead()
    } catch {
      open = nil
      directory.remove(file)
      throw error
    }
    part += 1
    if isSynced { try sync() }
  }

  /// Writes the last record of a file. It is anchored when the disk has it, if records have to be there.
  private mutating func endFile(_ end: End, at now: UTCTime) throws(AuditError) {
    buffer.begin("end", seq: open?.count ?? 0, prev: open?.head, at: now)
    buffer.member("reason", end.rawValue)
    buffer.end()
    try appendLine()
    if style.settings.durability == .synced { try sync() }
    guard let ended = open, let head = ended.head else { return }
    previous = (ended.file.name, head)
    pending = (ended.file.name, ended.count - 1, head)
    open = nil
    try keepPending()
  }

  private mutating func appendLine() throws(AuditError) {
    guard var now = open else { throw .closed }
    let head = RecordDigest(of: buffer.bytes.span)
    buffer.byte(0x0A)
    do {
      try now.file.append(buffer.bytes.span, at: now.bytes)
    } catch {
      if error.leavesRemains {
        if style.settings.durability == .synced { try sync() }
        abandon(now.file)
      }
      throw .notWritten(problem: error.problem)
    }
    now.bytes += buffer.bytes.count
    now.count += 1
    now.head = head
    now.unanchored += 1
    open = now
    written += 1
  }

  private mutating func sync() throws(AuditError) {
    guard let file = open?.file else { return }
    do {
      try file.sync()
    } catch {
      lose(written, in: file, problem: error.problem)
      throw .notSynced(problem: error.problem)
    }
    durable.confirm(written)
  }

  private mutating func abandon(_ file: AuditFile) {
    guard let open, open.file === file else { return }
    if let head = open.head { previous = (file.name, head) }
    self.open = nil
  }

  /// Anchors before another record is written, so that what cannot be anchored denies the call.
  private mutating func anchorIfDue() throws(AuditError) {
    if let open, open.unanchored >= style.settings.anchorInterval { try anchorHead() }
  }

  private mutating func anchorHead() throws(AuditError) {
    guard let open, let head = open.head else { return }
    try keep(open.file.name, open.count - 1, head)
    self.open?.unanchored = 0
  }

  private mutating func keepPending() throws(AuditError) {
    guard let (file, seq, head) = pending else { return }
    try keep(file, seq, head)
    pending = nil
  }

  private func keep(_ file: String, _ seq: Int, _ head: RecordDigest) throws(AuditError) {
    do {
      try anchor.anchor(file: file, seq: seq, head: head.hexadecimal)
    } catch {
      throw .notAnchored(problem: error.problem)
    }
  }
}

extension AuditRecord {
  fileprivate var kind: String {
    switch self {
    case .decision: "decision"
    case .outcome: "outcome"
    case .event: "event"
    }
  }
}
