import LatchJSON

/// The id of a request: a string or an integer. `1` and `"1"` are two, `"a"` and `"\u0061"` are one.
struct RequestID: Sendable {
  private enum Value: Sendable {
    case integer(Int)
    /// Anything else: as its sender wrote it, and what it says (a string in its quotes).
    case text(written: [UInt8], said: [UInt8])
  }

  private let value: Value

  /// So many bytes an id may have, which is kept until there is an answer.
  static let longest = 4096

  /// nil if there is none that all readers read alike.
  init?(_ scan: borrowing MessageScan, in line: Span<UInt8>) {
    guard let place = scan[.id] else { return nil }
    switch scan.idKind {
    case .absent, .other: return nil
    case .integer, .string: self.init(place, of: scan, in: line)
    }
  }

  /// The id that a parameter names; what is no id names no request.
  init(_ place: MessageScan.Place, of scan: borrowing MessageScan, in line: Span<UInt8>) {
    if place.kind == .number, let number = exactInteger(at: place.range, in: line) {
      value = .integer(number)
      return
    }
    let written = copy(place.range, of: line)
    // A string without escapes reads as it is written; the quotes keep it apart from a number.
    let isEscaped = place.kind == .string && place.isEscaped
    value = .text(written: written, said: isEscaped ? [0x22] + scan.content(place, in: line) + [0x22] : written)
  }

  /// The id in the beginning of a request or answer that is too long to be read, if it shows there.
  init?(beginning: Span<UInt8>, ofRequest isRequest: Bool) {
    guard let place = MessageScan.id(inBeginning: beginning, ofRequest: isRequest) else { return nil }
    if let number = exactInteger(at: place.range, in: beginning) {
      value = .integer(number)
    } else {
      let written = copy(place.range, of: beginning)
      value = .text(written: written, said: written)
    }
  }

  /// An id that was read before, as its sender wrote it; what is none equals no other.
  init(written lexeme: [UInt8]) {
    let line = Array("{\"id\":".utf8) + lexeme + Array("}".utf8)
    let scan = try? MessageScan(line.span)
    self = scan.flatMap { RequestID($0, in: line.span) } ?? RequestID(own: "")
  }

  /// An id of our own; `text` needs no escapes.
  init(own text: String) {
    let quoted = [0x22] + text.utf8 + [0x22]
    value = .text(written: quoted, said: quoted)
  }

  /// As its sender wrote it: answers repeat that.
  var lexeme: [UInt8] {
    switch value {
    case .integer(let number): Array(String(number).utf8)
    case .text(let written, _): written
    }
  }

  func begins(with text: String) -> Bool {
    guard case .text(_, let said) = value else { return false }
    return said.dropFirst().starts(with: text.utf8)
  }
}

extension RequestID: Hashable {
  static func == (left: RequestID, right: RequestID) -> Bool {
    switch (left.value, right.value) {
    case (.integer(let left), .integer(let right)): left == right
    case (.text(_, let left), .text(_, let right)): left == right
    default: false
    }
  }

  func hash(into hasher: inout Hasher) {
    switch value {
    case .integer(let number): hasher.combine(number)
    case .text(_, let said): unsafe said.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    }
  }
}

/// The bytes of a range as an array of their own.
func copy(_ range: Range<Int>, of bytes: Span<UInt8>) -> [UInt8] {
  // The buffer does not outlive the closure.
  unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
}
