import Foundation
import LatchJSON
import LatchProxy
import LatchTestSupport
import Testing

@Suite struct ExportBatchTests {
  private func entry(_ seq: Int, detail: String = "x") throws -> AuditEntry {
    let text = #"{"seq":\#(seq),"prev":null,"kind":"event","time":"2026-02-03T10:10:00.000Z","detail":"\#(detail)"}"#
    return try AuditEntry(parsing: Array(text.utf8)[...])
  }

  @Test func `a batch knows how far the file has been sent with it`() throws {
    var batch = OTLPBatch(try entry(1), of: "f", version: "1")
    let last = try entry(2)
    let isAdded = batch.add(last)
    #expect(isAdded && batch.count == 2 && batch.reached == .init(seq: 2, head: last.head))
  }

  @Test func `a batch has at most 512 records`() throws {
    var batch = OTLPBatch(try entry(0), of: "f", version: "1")
    var seq = 1
    while batch.add(try entry(seq)) { seq += 1 }
    #expect(batch.count == 512 && batch.reached.seq == 511)
  }

  @Test func `a batch has at most about a megabyte, and what a client made up is cut short`() throws {
    let long = String(repeating: "\u{1F600}", count: 100_000)
    var batch = OTLPBatch(try entry(0, detail: long), of: "f", version: "1")
    #expect(batch.body.count < 20_000)
    var seq = 1
    while batch.add(try entry(seq, detail: long)) { seq += 1 }
    #expect((50..<512).contains(batch.count) && (950_000...1_000_010).contains(batch.body.count))
    #expect(try JSONValue(parsing: batch.body)["resourceLogs"] != nil)
  }

  @Test func `what a schema says of arguments stays where they are`() throws {
    let text = """
      {"seq":1,"prev":null,"kind":"decision","time":"2026-02-03T10:10:00.000Z","decided_by":"invalid_arguments",\
      "reason":"`topsecret` is none of them"}
      """
    let entry = try AuditEntry(parsing: Array(text.utf8)[...])
    let body = String(decoding: OTLPBatch(entry, of: "f", version: "1").body, as: UTF8.self)
    #expect(!body.contains("topsecret") && body.contains("invalid_arguments"))
  }
}

@Suite struct ExportWalkTests {
  private static let name = ExportTests.name

  private func lines() throws -> [[UInt8]] {
    let data = try Data(contentsOf: Project.url("Fixtures/audit/state/audit/\(Self.name)"))
    return data.split(separator: 0x0A).map { Array($0) + [0x0A] }
  }

  private func numbers(_ walk: inout ExportWalk, _ bytes: [UInt8]) -> [Int] {
    walk.read(bytes)
    var numbers: [Int] = []
    while let entry = walk.next() { numbers.append(entry.seq) }
    return numbers
  }

  private func place(_ seq: Int) throws -> ExportCursor.Place {
    .init(seq: seq, head: try AuditEntry(parsing: try lines()[seq].dropLast()).head)
  }

  @Test func `a file is walked line by line as it grows`() throws {
    let bytes = try lines().flatMap(\.self)
    var walk = ExportWalk(file: Self.name, sent: nil)
    var seen: [Int] = []
    for start in stride(from: 0, to: bytes.count, by: 700) {
      let end = min(start + 700, bytes.count)
      seen += numbers(&walk, Array(bytes[walk.offset..<end]))
    }
    #expect(seen == Array(0...8) && walk.problem == nil && walk.offset == bytes.count)
    #expect(walk.upstream == "files" && walk.version == "0.1.0")
  }

  @Test(arguments: 0...8)
  func `what was sent is not sent again`(_ seq: Int) throws {
    var walk = ExportWalk(file: Self.name, sent: try place(seq))
    #expect(numbers(&walk, try lines().flatMap(\.self)) == Array(0...8).filter { $0 > seq })
    #expect(walk.problem == nil)
  }

  @Test(arguments: 0...8)
  func `a changed record is not sent, nor anything behind it`(_ seq: Int) throws {
    var lines = try lines()
    let place = try #require(lines[seq].firstIndex(of: UInt8(ascii: "Z"))) - 1
    lines[seq][place] = lines[seq][place] == 0x31 ? 0x32 : 0x31
    var walk = ExportWalk(file: Self.name, sent: nil)
    let sent = numbers(&walk, lines.flatMap(\.self))
    // Nothing stands behind the last that would speak for it.
    #expect(sent == (seq == 8 ? Array(0...8) : Array(0..<seq)))
    #expect((walk.problem == nil) == (seq == 8))
    #expect(numbers(&walk, []) == [])

    var second = ExportWalk(file: Self.name, sent: try self.place(8))
    #expect(numbers(&second, lines.flatMap(\.self)) == [] && second.problem != nil)
  }

  @Test func `a file that was cut off, or is another's, is not gone on with`() throws {
    let lines = try lines()
    var cut = ExportWalk(file: Self.name, sent: try place(5))
    #expect(numbers(&cut, lines[..<5].flatMap(\.self)) == [] && cut.problem?.contains("5 was sent") == true)
    let wrong: [[[UInt8]]] = [
      Array(lines.dropFirst()), Array(lines[..<3] + lines[4...]), lines + [lines[0]], lines[..<2] + [[0x7B, 0x0A]],
    ]
    for lines in wrong {
      var walk = ExportWalk(file: Self.name, sent: nil)
      _ = numbers(&walk, lines.flatMap(\.self))
      #expect(walk.problem != nil)
    }
    var other = ExportWalk(file: "2026-02-03/other.jsonl", sent: nil)
    #expect(numbers(&other, lines.flatMap(\.self)) == [] && other.problem != nil)
  }
}

@Suite struct ExportCursorTests {
  @Test func `a cursor comes back as it was kept`() throws {
    var cursor = ExportCursor()
    cursor.files = ["2026-02-03/b": .init(seq: 7, head: "aa"), "2026-02-03/a": .init(seq: 0, head: "bb")]
    let text = cursor.text(for: "https://example.com/v1/logs")
    #expect(ExportCursor(parsing: Array(text.utf8)) == cursor)
    for wrong in ["", "[]", "{}", text.replacing("\"version\": 1", with: "\"version\": 2"), String(text.dropLast(9))] {
      #expect(ExportCursor(parsing: Array(wrong.utf8)) == nil)
    }
  }

  @Test func `a destination's cursor has a name that does not give it away`() {
    let names = ["https://a.test/x?key=1", "https://a.test/x?key=2"].map(ExportCursor.name)
    #expect(names[0] != names[1] && names.allSatisfy { $0.count == 69 && $0.hasSuffix(".json") })
  }
}
