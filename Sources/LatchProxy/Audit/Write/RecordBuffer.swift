/// The JSON of one record in memory that is used again for the next: one line, whatever the texts in it hold.
struct RecordBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  /// What a record of ordinary size needs; a larger one's memory is given back.
  private static let keptCapacity = 65_536

  mutating func clear() { bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity) }

  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func raw(_ json: some Collection<UInt8>) { bytes.append(contentsOf: json) }

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  mutating func number(_ value: Int) {
    if value >= 0, value < 10 { bytes.append(UInt8(0x30 + value)) } else { raw(String(value)) }
  }

  mutating func time(_ time: UTCTime) {
    bytes.append(0x22)
    time.append(to: &bytes)
    bytes.append(0x22)
  }

  mutating func digest(_ digest: RecordDigest) {
    bytes.append(0x22)
    digest.append(to: &bytes)
    bytes.append(0x22)
  }

  mutating func string(_ text: String) { string(text.utf8.span) }

  /// A string of well-formed UTF-8, with an escape for everything that a reader could take for the line's end or a
  /// terminal for a command.
  mutating func string(_ content: Span<UInt8>) {
    bytes.append(0x22)
    escaped(content)
    bytes.append(0x22)
  }

  /// `,"name":` and the value; a record's first member is written by `begin`.
  mutating func member(_ name: StaticString) {
    raw(",\"")
    raw(name)
    raw("\":")
  }

  mutating func member(_ name: StaticString, _ text: String) {
    member(name)
    string(text)
  }

  /// Written as null where there is none.
  mutating func member(_ name: StaticString, _ text: String?) {
    member(name)
    if let text { string(text) } else { raw("null") }
  }

  mutating func member(_ name: StaticString, _ value: Int) {
    member(name)
    number(value)
  }

  mutating func member(_ name: StaticString, _ truth: Bool) {
    member(name)
    raw(truth ? "true" : "false")
  }

  private mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  private mutating func escaped(_ content: Span<UInt8>) {
    var start = 0
    var index = 0
    while index < content.count {
      let length = lengthToEscape(content, at: index)
      guard length > 0 else {
        index += 1
        continue
      }
      append(content, start..<index)
      escape(content, at: index, length: length)
      index += length
      start = index
    }
    append(content, start..<index)
  }

  private mutating func append(_ content: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    unsafe content.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  private mutating func escape(_ content: Span<UInt8>, at index: Int, length: Int) {
    switch content[index] {
    case 0x22: raw("\\\"")
    case 0x5C: raw("\\\\")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    case let byte:
      let scalar: UInt32 =
        switch length {
        case 1: UInt32(byte)
        case 2: UInt32(byte & 0x1F) << 6 | UInt32(content[index + 1] & 0x3F)
        default: 0x2000 | UInt32(content[index + 1] & 0x3F) << 6 | UInt32(content[index + 2] & 0x3F)
        }
      raw("\\u")
      for shift in [12, 8, 4, 0] as [UInt32] { bytes.append(hexadecimalDigit(UInt8(scalar >> shift & 0xF))) }
    }
  }
}

/// How many bytes at `index` have to be written as an escape: 0 for all that is plain.
@inline(__always)
private func lengthToEscape(_ content: Span<UInt8>, at index: Int) -> Int {
  let byte = content[index]
  if byte >= 0x20, byte < 0x7F { return byte == 0x22 || byte == 0x5C ? 1 : 0 }
  switch byte {
  case 0..<0x20, 0x7F: return 1
  // U+0080 to U+009F: control characters.
  case 0xC2: return index + 1 < content.count && content[index + 1] < 0xA0 ? 2 : 0
  // U+2028 and U+2029: line ends to some readers.
  case 0xE2:
    return index + 2 < content.count && content[index + 1] == 0x80 && content[index + 2] & 0xFE == 0xA8 ? 3 : 0
  default: return 0
  }
}

func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }
