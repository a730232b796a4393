/// Takes a `text/event-stream` apart as the WHATWG's HTML standard says, however the stream is cut into pieces.
///
/// Text stays bytes: who reads an event's data decides whether it is UTF-8. What an event may hold is bounded, and a
/// comment costs nothing however long it is.
struct EventStreamParser {
  struct Event: Equatable {
    var type: String
    var data: [UInt8]
  }

  /// An event, or a line of one, is longer than the limit.
  struct TooLong: Error, Equatable {}

  /// Of the last event that was complete, also one without data; an event without an `id` has that of the one before.
  private(set) var lastEventID: [UInt8] = []
  /// Milliseconds to wait before the stream is opened again, if the server has said so.
  private(set) var retry: Int?

  /// How much is kept of an event that is not complete yet.
  var pending: Int { line.count + data.count }

  private let limit: Int
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var type: [UInt8] = []
  private var nextID: [UInt8] = []
  /// A CR has ended a line: an LF that follows belongs to it.
  private var skipsLineFeed = false
  private var isComment = false
  /// How much of a byte order mark has been seen at the very beginning; nil once that is over.
  private var mark: Int? = 0

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(limit: Int) { self.limit = limit }

  /// Another stream goes on where the last one broke off: of that, only what was complete counts.
  mutating func reopen() {
    var next = EventStreamParser(limit: limit)
    next.lastEventID = lastEventID
    next.nextID = lastEventID
    next.retry = retry
    self = next
  }

  /// The events that are complete with these bytes.
  mutating func add(_ bytes: [UInt8]) throws(TooLong) -> [Event] {
    var events: [Event] = []
    var rest = bytes[...]
    skipMark(&rest)
    while let first = rest.first {
      if skipsLineFeed {
        skipsLineFeed = false
        if first == 0x0A {
          rest = rest.dropFirst()
          continue
        }
      }
      let part = rest.prefix { $0 != 0x0A && $0 != 0x0D }
      try append(part)
      guard part.endIndex < rest.endIndex else { break }
      skipsLineFeed = rest[part.endIndex] == 0x0D
      rest = rest[(part.endIndex + 1)...]
      if let event = try endLine() { events.append(event) }
    }
    return events
  }

  private mutating func skipMark(_ rest: inout ArraySlice<UInt8>) {
    while let seen = mark, let byte = rest.first {
      guard byte == Self.byteOrderMark[seen] else {
        // What looked like a mark was the beginning of a line.
        line = Array(Self.byteOrderMark[..<seen])
        return mark = nil
      }
      rest = rest.dropFirst()
      mark = seen + 1 < Self.byteOrderMark.count ? seen + 1 : nil
    }
  }

  private mutating func append(_ part: ArraySlice<UInt8>) throws(TooLong) {
    guard let first = part.first, !isComment else { return }
    if line.isEmpty, first == UInt8(ascii: ":") { return isComment = true }
    guard line.count + data.count + part.count <= limit + 16 else { throw TooLong() }
    line += part
  }

  private mutating func endLine() throws(TooLong) -> Event? {
    defer { line.removeAll(keepingCapacity: line.capacity < 65_536) }
    if isComment {
      isComment = false
      return nil
    }
    guard !line.isEmpty else { return dispatch() }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[min(colon + 1, line.endIndex)...]
    if value.first == 0x20 { value = value.dropFirst() }
    try take(line[..<colon], value)
    return nil
  }

  private mutating func take(_ field: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) throws(TooLong) {
    if field.elementsEqual("data".utf8) {
      guard data.count + value.count < limit + 1 else { throw TooLong() }
      data += value
      data.append(0x0A)
    } else if field.elementsEqual("event".utf8) {
      type = Array(value)
    } else if field.elementsEqual("id".utf8) {
      if !value.contains(0) { nextID = Array(value) }
    } else if field.elementsEqual("retry".utf8), !value.isEmpty, value.allSatisfy({ (0x30...0x39).contains($0) }) {
      retry = Int(String(decoding: value, as: UTF8.self)) ?? Int.max
    }
  }

  private mutating func dispatch() -> Event? {
    defer {
      data.removeAll(keepingCapacity: data.capacity < 65_536)
      type = []
    }
    lastEventID = nextID
    guard !data.isEmpty else { return nil }
    let name = type.isEmpty ? "message" : String(decoding: type, as: UTF8.self)
    return Event(type: name, data: Array(data.dropLast()))
  }
}
