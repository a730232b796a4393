/// A request in the making: some records of one file, in their order.
package struct OTLPBatch: Sendable {
  private static let greatestCount = 512
  private static let greatestSize = 1_000_000

  package let file: String
  package private(set) var count = 1
  /// How far the destination has got with the file when it has the batch.
  package private(set) var reached: ExportCursor.Place
  private var buffer = RecordBuffer()

  /// `version` is that of the program which wrote the record.
  package init(_ first: AuditEntry, of file: String, version: String) {
    self.file = file
    reached = ExportCursor.Place(first)
    OTLPLogs.begin(version, to: &buffer)
    OTLPLogs.write(first, file, to: &buffer)
  }

  /// Adds the record; false if the batch is full.
  package mutating func add(_ entry: AuditEntry) -> Bool {
    guard count < Self.greatestCount else { return false }
    var record = RecordBuffer()
    OTLPLogs.write(entry, file, to: &record)
    guard buffer.bytes.count + record.bytes.count < Self.greatestSize else { return false }
    buffer.byte(0x2C)
    buffer.raw(record.bytes)
    count += 1
    reached = ExportCursor.Place(entry)
    return true
  }

  /// The body of the request.
  package var body: [UInt8] { buffer.bytes + Array(OTLPLogs.end.utf8) }
}

extension ExportCursor.Place {
  fileprivate init(_ entry: AuditEntry) { self.init(seq: entry.seq, head: entry.head) }
}
