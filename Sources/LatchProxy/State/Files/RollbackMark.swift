/// What is kept of the database outside it, so that an older copy put in its place is seen.
///
/// The database counts its changes; the mark says how far it had come. Changes that were only written, not synced, may
/// be lost with the machine's power: after a restart the database has to have come as far as its last synced change.
struct RollbackMark: Sendable, Equatable {
  /// Made at random with the database.
  var installation: [UInt8]
  var counter: Int
  var synced: Int
  /// Names the run of the machine in which `counter` was written.
  var boot: String

  /// The least that the database's counter may be.
  func least(in boot: String) -> Int { !boot.isEmpty && self.boot.utf8.elementsEqual(boot.utf8) ? counter : synced }

  /// The mark after a change that the database has made lasting in its way.
  func raised(to counter: Int, synced isSynced: Bool, in boot: String) -> RollbackMark {
    RollbackMark(
      installation: installation, counter: max(counter, least(in: boot)),
      synced: isSynced ? max(counter, synced) : synced, boot: boot)
  }
}

extension RollbackMark {
  private static let title = "latch-counter-1"

  /// One line of text, filled up with spaces to the length of a record.
  var record: [UInt8] {
    let words = [Self.title, hexadecimal(installation), String(counter), String(synced), boot.isEmpty ? "-" : boot]
    let line = Array(words.joined(separator: " ").utf8)
    precondition(line.count < RecordFile.length, "a boot has a short name")
    return line + [UInt8](repeating: UInt8(ascii: " "), count: RecordFile.length - 1 - line.count) + [0x0A]
  }

  init(record: [UInt8]) throws(StateError) {
    let words = record.split { $0 == UInt8(ascii: " ") || $0 == 0x0A }
    guard record.count == RecordFile.length, words.count == 5, words[0].elementsEqual(Self.title.utf8),
      let installation = bytes(hexadecimal: words[1]), let counter = number(words[2]), let synced = number(words[3])
    else { throw .rolledBack("`\(StateDirectory.counter)` cannot be read") }
    self.installation = installation
    self.counter = counter
    self.synced = synced
    boot = words[4].elementsEqual("-".utf8) ? "" : String(decoding: words[4], as: UTF8.self)
  }
}

private func number(_ digits: ArraySlice<UInt8>) -> Int? {
  guard digits.count <= 18, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
    return nil
  }
  return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
}
