import LatchPolicy
import LatchProxy

/// Reads what is in the record, and what comes to it meanwhile.
struct AuditReader {
  /// How far a file has been read, and whose it is.
  private struct Progress {
    var offset = 0
    var session = ""
  }

  private let place: AuditPlace
  private var filter: AuditFilter
  private var day: String
  private var progress: [String: Progress] = [:]
  /// Lines that are no records.
  private(set) var unreadable = 0

  init(_ place: AuditPlace, upstream: String?, effect: Effect?, since: UTCTime?) {
    self.place = place
    filter = AuditFilter(upstream: upstream, effect: effect, since: since)
    day = since?.date ?? ""
  }

  /// What `row` makes of the records that are wanted and have not been read yet, by time.
  mutating func next<Row>(_ row: (AuditEntry) -> Row?) throws(Failure) -> [Row] {
    var rows: [(time: UTCTime, row: Row)] = []
    let files = place.files(since: day)
    for file in files {
      try read(file) { entry in
        if let row = row(entry) { rows.append((entry.time, row)) }
      }
    }
    // A file is written to on its own day only; a proxy's clock may be a little behind.
    if let newest = files.last.flatMap({ UTCTime(parsing: String($0.prefix(10))) }) {
      day = UTCTime(milliseconds: newest.milliseconds - 86_400_000).date
    }
    // Records of one file stay in their order: Swift's sort is stable.
    return rows.sorted { $0.time < $1.time }.map { $0.row }
  }

  private mutating func read(_ file: String, _ take: (AuditEntry) -> Void) throws(Failure) {
    var state = progress[file] ?? Progress()
    let bytes = try place.bytes(of: file, from: state.offset)
    guard !bytes.isEmpty else { return }
    filter.enter(session: state.session)
    var lines = AuditLines(bytes)
    while let line = lines.next() {
      guard let entry = try? AuditEntry(parsing: line) else {
        unreadable += 1
        continue
      }
      if entry.kind == .file { state.session = entry.text("session") ?? "" }
      if filter.admits(entry) { take(entry) }
    }
    state.offset += lines.offset
    progress[file] = state
  }
}
