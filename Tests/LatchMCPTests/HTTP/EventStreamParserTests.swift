import LatchLaunch
import Testing

@testable import LatchMCP

private typealias Event = EventStreamParser.Event

private func events(_ text: String, limit: Int = 1000) throws -> [EventStreamParser.Event] {
  var parser = EventStreamParser(limit: limit)
  return try parser.add(Array(text.utf8))
}

private func message(_ data: String, _ type: String = "message") -> EventStreamParser.Event {
  Event(type: type, data: Array(data.utf8))
}

@Suite struct EventStreamParserTests {
  @Test(arguments: ["\n", "\r", "\r\n"])
  func `a line ends with LF, CR or both`(_ end: String) throws {
    let text = ["data: a", "data: b", "", "event: x", "data:c", "", ""].joined(separator: end)
    #expect(try events(text) == [message("a\nb"), message("c", "x")])
  }

  @Test func `the standard's own examples read as it says`() throws {
    #expect(try events("data: YHOO\ndata: +2\ndata: 10\n\n") == [message("YHOO\n+2\n10")])
    #expect(
      try events(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n")
        == [message("first event"), message("second event"), message(" third event")])
    #expect(try events("data\n\ndata\ndata\n\ndata:") == [message(""), message("\n")])
    #expect(try events("data:test\n\ndata: test\n\n") == [message("test"), message("test")])
  }

  @Test func `a byte order mark counts at the beginning only`() throws {
    #expect(try events("\u{FEFF}data: a\n\n") == [message("a")])
    #expect(try events("data: a\n\n\u{FEFF}data: b\n\n") == [message("a")])
    #expect(try events("\u{FEFF}\u{FEFF}data: a\n\n").isEmpty)
  }

  @Test func `ids last, hold no NUL, and count once their event is complete`() throws {
    var parser = EventStreamParser(limit: 100)
    _ = try parser.add(Array("id: 1\ndata: a\n\nid: 2".utf8))
    #expect(parser.lastEventID == Array("1".utf8))
    _ = try parser.add(Array("\n\nid: 3\0\ndata: b\n\n".utf8))
    #expect(parser.lastEventID == Array("2".utf8))
    _ = try parser.add(Array("id\n\n".utf8))
    #expect(parser.lastEventID.isEmpty)
  }

  @Test func `an event without data is none, but its id counts`() throws {
    var parser = EventStreamParser(limit: 100)
    #expect(try parser.add(Array("id: 9\nevent: x\n\n".utf8)).isEmpty)
    #expect(parser.lastEventID == Array("9".utf8))
    #expect(try parser.add(Array("data: a\n\n".utf8)) == [message("a")])
  }

  @Test(arguments: [("retry: 10", 10), ("retry:0", 0), ("retry: 1x", nil), ("retry: -1", nil), ("retry:", nil)])
  func `retry is digits only`(_ line: String, _ expected: Int?) throws {
    var parser = EventStreamParser(limit: 100)
    _ = try parser.add(Array("\(line)\n".utf8))
    #expect(parser.retry == expected)
  }

  @Test func `a huge retry is not an overflow`() throws {
    var parser = EventStreamParser(limit: 100)
    _ = try parser.add(Array("retry: 99999999999999999999999\n".utf8))
    #expect(parser.retry == Int.max)
  }

  @Test func `unknown fields, comments and unfinished events are nothing`() throws {
    #expect(try events("foo: a\n:b\n data: c\nDATA: d\n\ndata: e\n").isEmpty)
  }

  @Test func `bytes that are no UTF-8 stay as they are`() throws {
    var parser = EventStreamParser(limit: 100)
    #expect(try parser.add(Array("data: ".utf8) + [0xFF, 0x0A, 0x0A]) == [Event(type: "message", data: [0xFF])])
  }

  @Test func `what is over the limit is refused, however it comes`() throws {
    #expect(throws: EventStreamParser.TooLong()) { try events("data: 123456789\n\n", limit: 8) }
    #expect(throws: EventStreamParser.TooLong()) { try events("data: 1234\ndata: 5678\n\n", limit: 8) }
    #expect(throws: EventStreamParser.TooLong()) { try events(String(repeating: "x", count: 100), limit: 8) }
    #expect(throws: EventStreamParser.TooLong()) { try events("id: \(String(repeating: "x", count: 100))\n", limit: 8) }
    #expect(try events("data: 12345678\n\n", limit: 8) == [message("12345678")])
    #expect(try events(":\(String(repeating: "x", count: 10_000))\ndata: a\n\n", limit: 8) == [message("a")])
  }

  @Test func `a stream that is taken up again keeps the id and forgets the half event`() throws {
    var parser = EventStreamParser(limit: 100)
    _ = try parser.add(Array("retry: 5\nid: 1\ndata: a\n\nid: 2\ndata: ha".utf8))
    parser.reopen()
    #expect(try parser.add(Array("\u{FEFF}data: b\n\n".utf8)) == [message("b")])
    #expect(parser.lastEventID == Array("1".utf8) && parser.retry == 5)
  }

  /// Random streams, cut anywhere, against a reader of whole texts.
  @Test func `how the stream is cut changes nothing`() throws {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "data", "data:", "data: x", "id: 1", "id:\0", "event: e", "retry: 7", ":", "foo", "\u{FEFF}", "é", "\n", "\r",
      "\r\n", "\n\n", "\r\r", "\r\n\r\n", " ", ":", "data: é\n\n",
    ]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      var whole = EventStreamParser(limit: 1000)
      let expected = try whole.add(Array(text.utf8))
      #expect(expected == reference(text), "\(text.debugDescription)")
      var cut = EventStreamParser(limit: 1000)
      var found: [EventStreamParser.Event] = []
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let part = rest.prefix(Int.random(in: 1...4, using: &random))
        found += try cut.add(Array(part))
        rest = rest.dropFirst(part.count)
      }
      #expect(found == expected && cut.lastEventID == whole.lastEventID && cut.retry == whole.retry)
    }
  }

  /// The standard's algorithm over a text that is there in full.
  private func reference(_ text: String) -> [EventStreamParser.Event] {
    var scalars = Array(text.unicodeScalars)[...]
    if scalars.first == "\u{FEFF}" { scalars = scalars.dropFirst() }
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    while let scalar = scalars.popFirst() {
      guard scalar == "\r" || scalar == "\n" else {
        line.append(scalar)
        continue
      }
      if scalar == "\r", scalars.first == "\n" { scalars = scalars.dropFirst() }
      lines.append(String(line))
      line = String.UnicodeScalarView()
    }
    var (events, data, type): ([EventStreamParser.Event], [String], String) = ([], [], "")
    for line in lines {
      if line.isEmpty {
        if !data.isEmpty { events.append(message(data.joined(separator: "\n"), type.isEmpty ? "message" : type)) }
        (data, type) = ([], "")
      } else if !line.utf8.starts(with: ":".utf8) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var value = String(parts.count > 1 ? parts[1] : "")
        if value.utf8.first == 0x20 { value = String(decoding: value.utf8.dropFirst(), as: UTF8.self) }
        if parts[0] == "data" { data.append(value) }
        if parts[0] == "event" { type = value }
      }
    }
    return events
  }
}

/// The same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
