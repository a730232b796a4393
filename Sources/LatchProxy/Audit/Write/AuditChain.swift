import LatchPolicy

/// The record as it grows: every line holds the hash of the one before it. Lines wait in memory until they are written
/// together. The log's lock guards it.
struct AuditChain: ~Copyable, Sendable {
  /// How far a file goes.
  private struct Extent {
    var bytes = 0
    var count = 0
    var head: RecordDigest?
  }

  /// The file that is written to.
  private struct Open {
    var file: AuditFile
    var day: Int
    /// What stands in it.
    var written = Extent()
    /// The same once what waits is written.
    var next = Extent()
    /// How many records stand behind the last one that was anchored, with those that wait.
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
  /// A file that may be anchored or not, since that failed: it is where the record goes on.
  private var begun: Open?
  /// The end of a file that could not be anchored yet.
  private var pending: (file: String, seq: Int, head: RecordDigest)?
  /// The lines that wait.
  private var lines = RecordBuffer()
  /// The records of this process, in all files: how many there are, and how many of them stand in a file.
  private var added = 0
  private var written = 0
  private var kept = KeptRecords()

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

  /// Begins the first file. Where it cannot be anchored, the first record asks for that again.
  mutating func start() throws(AuditError) {
    do {
      try begin(at: clock())
    } catch .notAnchored {
      return
    }
  }

  /// Adds a record, to be written later; its number among all records of the process.
  mutating func add(_ record: AuditRecord) throws(AuditError) -> Int {
    guard !isClosed else { throw .closed }
    try keepPending()
    let now = clock()
    if let open, now.day != open.day { try endFile(.rotation, at: now) }
    if open == nil { try begin(at: now) }
    try anchorIfDue()
    writeLine(record, at: now)
    if let next = open?.next, next.count > 1, next.bytes + lines.lineSize > style.settings.fileBytes {
      lines.dropLine()
      try endFile(.rotation, at: now)
      try begin(at: now)
      writeLine(record, at: now)
    }
    try takeLine()
    return added
  }

  /// Writes what waits: all of it or, if this throws, nothing.
  mutating func write() throws(AuditError) {
    guard var now = open, !lines.bytes.isEmpty else { return }
    do {
      try now.file.append(lines.bytes.span, at: now.written.bytes)
    } catch {
      forgetWaiting(error.problem)
      if error.leavesRemains {
        if style.settings.durability == .synced { try sync() }
        abandon(now.file)
      }
      throw .notWritten(problem: error.problem)
    }
    lines.clear()
    now.written = now.next
    open = now
    written = added
    if style.settings.durability == .written { kept.confirm(written) }
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

  /// All records that there are, as far as anybody may still ask for them.
  var last: Int { added }

  /// Whether the records are kept, as `audit.durability` says; throws if one never will be.
  func areKept(_ numbers: ClosedRange<Int>) throws(AuditError) -> Bool { try kept.hold(numbers) }

  mutating func confirm(_ written: Int) { kept.confirm(written) }

  /// What stands in the file is in doubt: nothing more is written to it.
  mutating func lose(_ written: Int, in file: AuditFile, problem: String) {
    kept.lose(upTo: written, .notSynced(problem: problem))
    abandon(file)
  }
}

extension AuditChain {
  private enum End: String { case rotation, exit }

  private mutating func writeLine(_ record: AuditRecord, at now: UTCTime) {
    lines.begin(record.kind, seq: open?.next.count ?? 0, prev: open?.next.head, at: now)
    style.write(record, to: &lines)
    lines.end()
  }

  /// Makes a file and writes its header, which is anchored before anything stands behind it.
  private mutating func begin(at now: UTCTime) throws(AuditError) {
    if let file = begun, file.day == now.day { open = file } else { try makeFile(at: now) }
    begun = nil
    do {
      try anchorHead()
    } catch {
      begun = open
      open = nil
      throw error
    }
    part += 1
    if style.settings.durability == .synced { try sync() }
  }

  private mutating func makeFile(at now: UTCTime) throws(AuditError) {
    let isSynced = style.settings.durability == .synced
    let file = try directory.file(of: style.settings.upstream, at: now, synced: isSynced)
    lines.begin("file", seq: 0, prev: previous?.head, at: now)
    style.writeHeader(file.name, session: session, part: part + 1, continues: previous?.file, to: &lines)
    lines.end()
    open = Open(file: file, day: now.day)
    do {
      try takeLine()
      try write()
    } catch {
      open = nil
      directory.remove(file)
      throw error
    }
  }

  /// Writes the last record of a file. It is anchored when the disk has it, if records have to be there.
  private mutating func endFile(_ end: End, at now: UTCTime) throws(AuditError) {
    try write()
    lines.begin("end", seq: open?.next.count ?? 0, prev: open?.next.head, at: now)
    lines.member("reason", end.rawValue)
    lines.end()
    try takeLine()
    try write()
    if style.settings.durability == .synced { try sync() }
    guard let ended = open, let head = ended.written.head else { return }
    previous = (ended.file.name, head)
    pending = (ended.file.name, ended.written.count - 1, head)
    open = nil
    try keepPending()
  }

  /// The line that was made is the file's next.
  private mutating func takeLine() throws(AuditError) {
    guard var now = open else { throw .closed }
    now.next.head = lines.lineDigest
    lines.endLine()
    now.next.count += 1
    now.next.bytes = now.written.bytes + lines.bytes.count
    now.unanchored += 1
    open = now
    added += 1
  }

  /// What waits is never written: the record goes on behind what stands in the file.
  private mutating func forgetWaiting(_ problem: String) {
    kept.lose(written + 1...added, .notWritten(problem: problem))
    written = added
    lines.clear()
    guard let now = open else { return }
    open?.unanchored -= now.next.count - now.written.count
    open?.next = now.written
  }

  private mutating func sync() throws(AuditError) {
    guard let file = open?.file else { return }
    do {
      try file.sync()
    } catch {
      lose(written, in: file, problem: error.problem)
      throw .notSynced(problem: error.problem)
    }
    kept.confirm(written)
  }

  private mutating func abandon(_ file: AuditFile) {
    guard let open, open.file === file else { return }
    if added > written { forgetWaiting("its file was given up") }
    if let head = open.written.head { previous = (file.name, head) }
    self.open = nil
  }

  /// Anchors before another record is written, so that what cannot be anchored denies the call.
  private mutating func anchorIfDue() throws(AuditError) {
    if let open, open.unanchored >= style.settings.anchorInterval { try anchorHead() }
  }

  private mutating func anchorHead() throws(AuditError) {
    try write()
    guard let open, let head = open.written.head else { return }
    try keep(open.file.name, open.written.count - 1, head)
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
