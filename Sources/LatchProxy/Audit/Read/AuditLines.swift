/// The lines of one file of the record.
package struct AuditLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next whole line, without its end.
  package mutating func next() -> ArraySlice<UInt8>? {
    guard let end = Descriptors.firstLineFeed(in: bytes, position..<bytes.count) else { return nil }
    defer { position = end + 1 }
    return bytes[position..<end]
  }

  /// Whether something stands behind the last whole line: a record that is being written, or was cut off.
  package var hasRemains: Bool { position < bytes.count }

  /// Where the lines end that were taken.
  package var offset: Int { position }
}
