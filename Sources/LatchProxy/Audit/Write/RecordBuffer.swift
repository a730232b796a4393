/// The JSON of records in memory that is used again: each one line, whatever the texts in it hold.
struct RecordBuffer: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Where the line begins that is being made.
  private var lineStart = 0
  private var clock = ClockText()
  /// What a record of ordinary size needs; a larger one's memory is given back.
  private static let keptCapacity = 65_536

  mutating func clear() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
    lineStart = 0
  }

  /// Of the line that is being made.
  var lineSize: Int { bytes.count - lineStart }
  var lineDigest: RecordDigest { RecordDigest(of: bytes.span.extracting(lineStart..<bytes.count)) }

  mutating func dropLine() { bytes.removeSubrange(lineStart...) }

  /// What comes next is another line.
  mutating func endLine() {
    bytes.append(0x0A)
    lineStart = bytes.count
  }

  mutating func raw(_ text: String) { raw(text.utf8.span) }

  mutating func raw(_ json: [UInt8]) { raw(json.span) }

  mutating func raw(_ json: Span<UInt8>) {
    bytes.append(addingCapacity: json.count) { $0.append(json) }
  }

  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { text in bytes.append(addingCapacity: text.count) { unsafe $0.append(text.span) } }
  }

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  mutating func number(_ value: Int) {
    // The digits from the last to the first; 64 bits have at most twenty.
    var digits = InlineArray<20, UInt8>(repeating: 0x30)
    var count = 0
    var rest = value.magnitude
    repeat {
      digits[count] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
      count += 1
    } while rest > 0
    bytes.append(addingCapacity: 21) { output in
      if value < 0 { output.append(0x2D) }
      while count > 0 {
        count -= 1
        output.append(digits[count])
      }
    }
  }

  mutating func time(_ time: UTCTime) { raw(clock.quoted(time)) }

  mutating func digest(_ digest: RecordDigest) {
    bytes.append(0x22)
    digest.append(to: &bytes)
    bytes.append(0x22)
  }

  mutating func string(_ text: String) { string(text.utf8.span) }

  /// A string of well-formed UTF-8, with an escape for everything that a reader could take for the line's end or a
  /// terminal for a command.
  mutating func string(_ content: Span<UInt8>) {
    appendQuoted(content, to: &bytes)
  }

  /// `,"name":` and the value; a record's first member is written by `begin`.
  mutating func member(_ name: StaticString) {
    name.withUTF8Buffer { name in
      bytes.append(addingCapacity: name.count + 4) { output in
        output.append(pair: 0x2C, 0x22)
        unsafe output.append(name.span)
        output.append(pair: 0x22, 0x3A)
      }
    }
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
}
