import LatchProxy
import Testing

@Suite struct RotationTests {
  @Test func `at midnight another file begins, which continues the first`() throws {
    let scratch = AuditScratch(at: "2026-02-28T23:59:59.990Z")
    let log = try scratch.log()
    try log.add(.call(1))
    scratch.wait(9)
    try log.add(.call(2))
    scratch.wait(1)
    try log.add(.call(3))
    try log.close()
    let files = try scratch.files()
    #expect(files.map { $0.name.prefix(10) } == ["2026-02-28", "2026-03-01"])
    let first = try AuditLines(files[0].bytes).map { try AuditEntry(parsing: $0) }
    let second = try AuditLines(files[1].bytes).map { try AuditEntry(parsing: $0) }
    #expect(first.map(\.kind) == [.file, .decision, .decision, .end])
    #expect(first.last?.text("reason") == "rotation")
    #expect(second.map(\.kind) == [.file, .decision, .end])
    #expect(second[0].text("continues") == files[0].name && second[0].number("part") == 2)
    #expect(second[0].text("session") == first[0].text("session"))
    #expect(second[1].text("time") == "2026-03-01T00:00:00.000Z")
    #expect(try scratch.verified() == scratch.sound(files: 2, records: 7))
  }

  @Test func `a clock that is set back begins another file too`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    try log.add(.call(1))
    scratch.wait(-3 * 86_400_000)
    try log.add(.call(2))
    try log.close()
    #expect(try scratch.files().map { $0.name.prefix(10) } == ["2026-01-31", "2026-02-03"])
    #expect(try scratch.verified().isSound)
  }

  @Test func `a file that would grow too large is followed by another`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log { $0.fileBytes = 4096 }
    for number in 1...40 { try log.add(.call(number)) }
    try log.close()
    let files = try scratch.files()
    #expect(files.count > 5)
    for file in files { #expect(file.bytes.count < 4096 + 400) }
    #expect(
      try scratch.entries().filter { $0.kind == .decision }.compactMap { $0.number("call") }.sorted() == Array(1...40))
    #expect(try scratch.verified().isSound && scratch.verified(anchored: false).isSound)
  }

  @Test func `one record that is larger than any file gets a file of its own`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log { $0.fileBytes = 4096 }
    for number in 1...3 {
      try log.add(.call(number, arguments: #"{"x":"\#(String(repeating: "a", count: 20_000))"}"#))
    }
    try log.close()
    #expect(try scratch.files().count == 3)
    #expect(try scratch.verified().isSound)
  }
}

extension AuditScratch {
  func sound(files: Int, records: Int) throws -> AuditVerification {
    let verification = try verified()
    #expect(verification.findings == [] && verification.unverified == [])
    #expect(verification.files == files && verification.records == records)
    return verification
  }
}
