/// Follows one file of the record from its beginning: the records that are still to be sent, each only when what
/// stands behind it was written behind it.
///
/// What was sent before is held against the chain too, so that nothing is sent behind a record that was changed.
package struct ExportWalk: Sendable {
  private let file: String
  /// As far as the destination has got.
  private let sent: ExportCursor.Place?
  private var lines = AuditLines([])
  private var read = 0
  private var last: AuditEntry?
  /// Nothing stands behind it yet that would speak for it.
  private var pending: AuditEntry?
  /// Whose calls the file is about, once its header has been read.
  package private(set) var upstream = ""
  /// Of the program that wrote it.
  package private(set) var version = ""
  /// Why no more can be sent of this file.
  package private(set) var problem: String?

  package init(file: String, sent: ExportCursor.Place?) {
    self.file = file
    self.sent = sent
  }

  /// Where the whole lines end that have been read.
  package var offset: Int { read + lines.offset }

  /// Goes on with what stands in the file from `offset` on.
  package mutating func read(_ bytes: [UInt8]) {
    read = offset
    lines = AuditLines(bytes)
  }

  /// The next record to send; nil when there is none, or a problem.
  package mutating func next() -> AuditEntry? {
    while problem == nil {
      guard let line = lines.next() else { return rest() }
      guard let entry = checked(line) else { return nil }
      let confirmed = pending
      pending = entry.seq > sent?.seq ?? -1 ? entry : nil
      last = entry
      if let confirmed { return confirmed }
    }
    return nil
  }

  /// The last record that stands there whole.
  private mutating func rest() -> AuditEntry? {
    if let sent, last?.seq ?? -1 < sent.seq {
      problem = "it ends with record \(last?.seq ?? -1), but record \(sent.seq) was sent"
      return nil
    }
    defer { pending = nil }
    return pending
  }

  private mutating func checked(_ line: ArraySlice<UInt8>) -> AuditEntry? {
    do {
      let entry = try AuditEntry(parsing: line)
      problem = last.map { complaint(of: entry, behind: $0) } ?? begin(entry)
      if problem == nil, let sent, entry.seq == sent.seq, !entry.head.utf8.elementsEqual(sent.head.utf8) {
        problem = "record \(entry.seq) is not the one that was sent"
      }
      return problem == nil ? entry : nil
    } catch {
      problem = "what stands behind record \(last?.seq ?? -1) is no record: \(error.problem)"
      return nil
    }
  }

  private mutating func begin(_ header: AuditEntry) -> String? {
    guard header.kind == .file, header.seq == 0 else { return "the header is missing" }
    if let name = header.text("file"), !name.utf8.elementsEqual(file.utf8) { return "it was written as `\(name)`" }
    upstream = header.text("upstream") ?? ""
    version = header.text("latch") ?? ""
    return nil
  }

  private func complaint(of entry: AuditEntry, behind last: AuditEntry) -> String? {
    guard entry.seq == last.seq + 1 else { return "record \(entry.seq) stands behind record \(last.seq)" }
    guard last.kind != .end, entry.kind != .file else { return "record \(entry.seq) stands behind the end" }
    guard entry.prev == last.digest else {
      return "record \(last.seq) is not the one that record \(entry.seq) was written behind"
    }
    return nil
  }
}
