/// Follows the chain through one file.
struct ChainWalk {
  /// A record's number and the hashes that join it with its neighbours.
  struct Link {
    var seq: Int
    var prev: RecordDigest?
    var digest: RecordDigest
    /// Lines that are no records stand before it.
    var followsUnreadable: Bool
    var isEnd: Bool
  }

  let file: String
  private(set) var links: [Link] = []
  private(set) var findings: [AuditVerification.Finding] = []
  private(set) var session: String?
  private(set) var continues: String?
  private(set) var firstPrev: RecordDigest?
  private var lines = 0
  private var hasUnreadable = false

  init(file: String) { self.file = file }

  mutating func add(_ line: ArraySlice<UInt8>) {
    lines += 1
    do {
      let entry = try AuditEntry(parsing: line)
      if lines == 1 { begin(entry) } else if entry.kind == .file { find(.inserted, entry.seq, "a second header") }
      links.append(
        Link(
          seq: entry.seq, prev: entry.prev, digest: entry.digest, followsUnreadable: hasUnreadable,
          isEnd: entry.kind == .end))
      hasUnreadable = false
    } catch {
      hasUnreadable = true
      find(.changed, nil, "line \(lines) is no record: \(error.problem)")
    }
  }

  /// `hasRemains` if the file ends within a line.
  mutating func finish(hasRemains: Bool) {
    let counts = Dictionary(links.map { ($0.seq, 1) }, uniquingKeysWith: +)
    for (before, after) in zip(links, links.dropFirst()) { check(before, after, counts) }
    if hasRemains { find(.truncated, nil, "the last record is cut off in its middle") }
    if lines == 0, !hasRemains { find(.truncated, nil, "the file is empty") }
  }

  private mutating func begin(_ entry: AuditEntry) {
    guard entry.kind == .file, entry.seq == 0 else {
      return find(.dropped, 0, "the header is missing; the first record is number \(entry.seq)")
    }
    session = entry.text("session")
    continues = entry.text("continues")
    firstPrev = entry.prev
    if let name = entry.text("file"), !name.utf8.elementsEqual(file.utf8) {
      find(.unknown, 0, "the file was written as `\(name)`")
    }
    if entry.number("version") != 1 { find(.changed, 0, "its form is none that this release knows") }
  }

  private mutating func check(_ before: Link, _ after: Link, _ counts: [Int: Int]) {
    let next = before.seq + 1
    if after.seq == next {
      if before.isEnd { find(.inserted, after.seq, "record \(after.seq) stands behind the end of the record") }
      // What stood between two records and is no record was put in if the two still join.
      guard after.prev != before.digest else { return }
      find(.changed, before.seq, "record \(before.seq) is not the one that record \(after.seq) was written behind")
    } else if after.seq > next {
      // The unreadable line is that record, and already told of.
      if after.followsUnreadable, after.seq == next + 1 { return }
      // What is missing among the first records behind the gap is looked for; more than there are cannot be here.
      let missing = (next..<min(after.seq, next + links.count)).filter { counts[$0] == nil }
      guard let first = missing.first, let lastLooked = missing.last else {
        return find(.reordered, after.seq, "record \(after.seq) stands before record \(next)")
      }
      let last = after.seq - next > links.count ? after.seq - 1 : lastLooked
      find(.dropped, first, first == last ? "record \(first) is missing" : "records \(first) to \(last) are missing")
    } else if after.seq == before.seq || counts[after.seq, default: 0] > 1 {
      find(.inserted, after.seq, "more than one record has the number \(after.seq)")
    } else {
      find(.reordered, after.seq, "record \(after.seq) stands behind record \(before.seq)")
    }
  }

  private mutating func find(_ kind: AuditVerification.Finding.Kind, _ seq: Int?, _ message: String) {
    findings.append(.init(kind: kind, file: file, seq: seq, message: message))
  }
}
