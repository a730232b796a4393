import LatchJSON

/// The id of a request: a string or an integer. `1` and `"1"` are two, `"a"` and `"\u0061"` are one.
struct RequestID: Hashable, Sendable {
  /// As its sender wrote it: answers repeat that.
  let lexeme: [UInt8]
  private let key: [UInt8]

  /// nil if there is none that all readers read alike.
  init?(_ scan: borrowing MessageScan, in line: Span<UInt8>) {
    guard let place = scan[.id] else { return nil }
    let lexeme = copy(place.range, of: line)
    switch scan.idKind {
    case .absent, .other: return nil
    case .integer: key = lexeme
    // A string without escapes reads as it is written; the quotes keep it apart from a number.
    case .string: key = place.isEscaped ? [0x22] + scan.content(place, in: line) + [0x22] : lexeme
    }
    self.lexeme = lexeme
  }

  /// The id that a parameter names; what is no id names no request.
  init(_ place: MessageScan.Place, of scan: borrowing MessageScan, in line: Span<UInt8>) {
    lexeme = copy(place.range, of: line)
    key = place.kind == .string && place.isEscaped ? [0x22] + scan.content(place, in: line) + [0x22] : lexeme
  }

  /// An id that was read before, as its sender wrote it; what is none equals no other.
  init(written lexeme: [UInt8]) {
    let line = Array("{\"id\":".utf8) + lexeme + Array("}".utf8)
    let scan = try? MessageScan(line.span)
    self = scan.flatMap { RequestID($0, in: line.span) } ?? RequestID(own: "")
  }

  /// An id of our own; `text` needs no escapes.
  init(own text: String) {
    lexeme = [0x22] + text.utf8 + [0x22]
    key = lexeme
  }

  func begins(with text: String) -> Bool { key.dropFirst().starts(with: text.utf8) }

  static func == (left: RequestID, right: RequestID) -> Bool { left.key == right.key }

  func hash(into hasher: inout Hasher) {
    unsafe key.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
  }
}

/// The bytes of a range as an array of their own.
func copy(_ range: Range<Int>, of bytes: Span<UInt8>) -> [UInt8] {
  [UInt8](capacity: range.count) { output in
    for index in range { output.append(bytes[index]) }
  }
}
