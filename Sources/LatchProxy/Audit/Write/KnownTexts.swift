/// Texts that come again and again (a tool's name, what a rule says), each as it stands in the record, so that it is
/// searched for secrets and escaped once.
struct KnownTexts: Sendable {
  private struct Entry {
    var text: [UInt8] = []
    /// With its quotes.
    var json: [UInt8] = []
  }

  private static let size = 64
  private static let longest = 1024

  /// One place for every text; of those that share it the last one stays.
  private var entries = [Entry](repeating: Entry(), count: size)
  private let redactor: Redactor?

  init(_ redactor: Redactor?) { self.redactor = redactor }

  mutating func write(_ text: String, to buffer: inout RecordBuffer) { write(text.utf8.span, to: &buffer) }

  private mutating func write(_ text: Span<UInt8>, to buffer: inout RecordBuffer) {
    guard !text.isEmpty, text.count <= Self.longest else { return buffer.raw(json(text)) }
    let place = Self.place(of: text)
    let known = entries[place].text
    if !isSame(known.span, text) { entries[place] = Entry(text: copy(text), json: json(text)) }
    buffer.raw(entries[place].json)
  }

  private func json(_ text: Span<UInt8>) -> [UInt8] {
    var buffer = RecordBuffer()
    if redactor?.hides(text) == true { buffer.string(Redactor.marker) } else { buffer.string(text) }
    return buffer.bytes
  }

  private static func place(of text: Span<UInt8>) -> Int {
    let middle = Int(text[text.count / 2])
    return (text.count &* 31 &+ Int(text[0]) &+ middle &* 7 &+ Int(text[text.count - 1]) &* 3) % size
  }
}

private func copy(_ text: Span<UInt8>) -> [UInt8] { unsafe text.withUnsafeBufferPointer { unsafe Array($0) } }
