import LatchProxy

/// Where it is kept how far a destination has got: a file in `export/`, below the state directory. As long as this
/// lives no other process sends to the same destination.
struct ExportCursorFile {
  private let path: String
  private let destination: String
  private let lock: FileLock
  private var cursor = ExportCursor()

  init(for destination: ExportDestination, in place: AuditPlace) throws(Failure) {
    let directory = "\(place.state)/export"
    try Files.makeDirectory(directory, mode: 0o700)
    path = "\(directory)/\(destination.cursorName)"
    self.destination = destination.shown
    guard let lock = try FileLock("\(path).lock") else {
      throw Failure("another `latch audit export` is sending to \(destination.shown)")
    }
    self.lock = lock
    guard let bytes = try Files.readIfPresent(path) else { return }
    guard let cursor = ExportCursor(parsing: bytes) else {
      throw Failure("`\(path)` does not say how far the export had got; without it everything is sent again")
    }
    self.cursor = cursor
    // What is certainly no longer part of the record need not be remembered.
    self.cursor.files = cursor.files.filter { place.mayHold($0.key) }
  }

  func place(in file: String) -> ExportCursor.Place? { cursor.files[file] }

  /// The destination has the record; the next process will not send it again.
  mutating func advance(_ file: String, to place: ExportCursor.Place) throws(Failure) {
    cursor.files[file] = place
    try Files.write(Array(cursor.text(for: destination).utf8), to: path, mode: 0o600)
  }
}
