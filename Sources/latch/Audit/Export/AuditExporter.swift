import LatchProxy

/// Sends the record, a file after another, each from where the destination has got to.
struct AuditExporter {
  /// What came of it so far.
  struct Count {
    var records = 0
    var rejected = 0
    var files: Set<String> = []

    var text: String {
      let exported = records - rejected
      return "\(exported) record\(exported == 1 ? "" : "s") of \(files.count) file\(files.count == 1 ? "" : "s")"
    }
  }

  private let place: AuditPlace
  private let sender: ExportSender
  private let upstream: String?
  private let since: UTCTime?
  /// nil if the user says what is sent, so that nothing is remembered.
  private var cursor: ExportCursorFile?
  private var day: String
  private var walks: [String: ExportWalk] = [:]
  private(set) var count = Count()
  /// Whether every file could be sent as far as it goes.
  private(set) var isWhole = true

  init(_ place: AuditPlace, sender: ExportSender, cursor: ExportCursorFile?, upstream: String?, since: UTCTime?) {
    self.place = place
    self.sender = sender
    self.cursor = cursor
    self.upstream = upstream
    self.since = since
    day = since.map(Self.dayBefore) ?? ""
  }

  /// Sends what is there and has not been sent.
  mutating func sendNew() throws(Failure) {
    let files = place.files(since: day)
    for file in files { try send(file) }
    if let newest = files.last.flatMap({ UTCTime(parsing: String($0.prefix(10))) }) { day = Self.dayBefore(newest) }
  }

  /// A file is written to on its own day only, but for its end; and a proxy's clock may be a little behind.
  private static func dayBefore(_ time: UTCTime) -> String {
    UTCTime(milliseconds: time.milliseconds - 86_400_000).date
  }

  private mutating func send(_ file: String) throws(Failure) {
    var walk = walks[file] ?? ExportWalk(file: file, sent: cursor?.place(in: file))
    guard walk.problem == nil else { return }
    walk.read(try place.bytes(of: file, from: walk.offset))
    var batch: OTLPBatch?
    while let entry = walk.next() {
      guard isWanted(walk), since.map({ $0 <= entry.time }) ?? true else { continue }
      if batch?.add(entry) == true { continue }
      if let full = batch { try send(full) }
      batch = OTLPBatch(entry, of: file, version: walk.version)
    }
    if let batch { try send(batch) }
    if let problem = walk.problem, isWanted(walk) { tell(problem, of: file) }
    // What has been read of the file is not needed any more.
    walk.read([])
    walks[file] = walk
  }

  private func isWanted(_ walk: ExportWalk) -> Bool {
    upstream.map { $0.utf8.elementsEqual(walk.upstream.utf8) } ?? true
  }

  private mutating func send(_ batch: OTLPBatch) throws(Failure) {
    count.rejected += try sender.send(batch.body)
    count.records += batch.count
    count.files.insert(batch.file)
    try cursor?.advance(batch.file, to: batch.reached)
  }

  private mutating func tell(_ problem: String, of file: String) {
    isWhole = false
    let message = "\(file): \(problem); no more of it is exported: see `latch audit verify`"
    Output.say("latch: \(message.harmless)")
  }
}
