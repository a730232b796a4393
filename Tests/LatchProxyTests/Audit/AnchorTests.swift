import LatchPolicy
import LatchProxy
import Testing

@Suite struct AnchorTests {
  @Test func `anchors are set at the start, every 256 records, at a rotation and at the end`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    for number in 1...600 { try log.add(.call(number)) }
    let first = try scratch.files()[0].name
    #expect(scratch.anchors.heads.map(\.seq) == [0, 256, 512])
    scratch.wait(86_400_000)
    try log.add(.call(601))
    try log.close()
    let second = try scratch.files()[1].name
    #expect(scratch.anchors.heads.map(\.seq) == [0, 256, 512, 601, 0, 2])
    #expect(scratch.anchors.heads.map(\.file) == [first, first, first, first, second, second])
    let lines = AuditLines(try scratch.files()[0].bytes).map { Array($0) }
    for head in scratch.anchors.heads.prefix(4) { #expect(head.head == SHA256Digest.hex(of: lines[head.seq])) }
  }

  /// What failed may have been anchored all the same, so that the file must not be gone then.
  @Test func `where nothing can be anchored nothing is recorded but the file's beginning, once`() throws {
    let scratch = AuditScratch()
    scratch.anchors.fail(with: "the database is locked")
    let log = try scratch.log()
    for number in 1...3 {
      #expect(throws: AuditError.notAnchored(problem: "the database is locked")) { try log.add(.call(number)) }
    }
    #expect(try scratch.entries().map(\.kind) == [.file])
    scratch.anchors.fail(with: nil)
    try log.add(.call(4))
    try log.close()
    _ = try scratch.sound(files: 1, records: 3)
  }

  @Test func `a record that is due to be anchored is refused until it can be`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log { $0.anchorInterval = 10 }
    for number in 1...9 { try log.add(.call(number)) }
    scratch.anchors.fail(with: "the disk is full")
    try log.add(.call(10))
    for _ in 0..<3 {
      #expect(throws: AuditError.notAnchored(problem: "the disk is full")) { try log.add(.call(11)) }
    }
    #expect(try scratch.entries().count == 11)
    scratch.anchors.fail(with: nil)
    try log.add(.call(11))
    try log.close()
    #expect(try scratch.verified().isSound)
  }

  @Test func `the end of a file that could not be anchored is, before anything else is written`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    try log.add(.call(1))
    scratch.anchors.fail(with: "locked")
    scratch.wait(86_400_000)
    for _ in 0..<2 { #expect(throws: AuditError.notAnchored(problem: "locked")) { try log.add(.call(2)) } }
    #expect(try scratch.files().count == 1)
    scratch.anchors.fail(with: nil)
    try log.add(.call(2))
    try log.close()
    #expect(scratch.anchors.heads.map(\.seq) == [0, 2, 0, 2])
    _ = try scratch.sound(files: 2, records: 6)
  }
}
