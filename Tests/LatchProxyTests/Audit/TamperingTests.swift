import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

/// Threat: an injected model with a shell of the same user rewrites the record. Without a key it can be forged; what was
/// anchored cannot.
@Suite struct TamperingTests {
  /// A record of several files as it was left by a process that ended.
  private static func record(_ dice: inout AuditDice) throws -> AuditScratch {
    let scratch = AuditScratch()
    let log = try scratch.log {
      $0.fileBytes = 6000
      $0.anchorInterval = 5
    }
    for number in 1...dice.roll(4..<24) {
      scratch.wait(dice.roll(0..<4_000_000))
      let text = String(repeating: "é\n\"", count: dice.roll(0..<60))
      try log.add(.call(number, arguments: #"{"text":\#(JSONValue.string(text).pretty(sorted: false))}"#))
      if dice.roll(0..<3) > 0 { try log.add(.answer(number)) }
    }
    try log.close()
    return scratch
  }

  private func verify(_ files: [(name: String, bytes: [UInt8])], _ anchors: [AnchoredHead]?) -> AuditVerification {
    var verifier = AuditVerifier(anchors: anchors.map { .kept($0) } ?? .elsewhere)
    for file in files { verifier.add(file: file.name, bytes: file.bytes) }
    return verifier.finish()
  }

  @Test func `what was written is found as it was written`() throws {
    var dice = AuditDice(state: 1)
    for _ in 0..<40 {
      let scratch = try Self.record(&dice)
      let verification = try scratch.verified()
      #expect(verification.findings == [] && verification.unverified == [])
      #expect(verification.verified == verification.records)
      let copy = try scratch.verified(anchored: false)
      #expect(copy.findings == [] && copy.verified == 0)
    }
  }

  @Test func `any byte that is changed is found`() throws {
    var dice = AuditDice(state: 2)
    for _ in 0..<12 {
      let scratch = try Self.record(&dice)
      let files = try scratch.files()
      for _ in 0..<150 {
        var changed = files
        let file = dice.roll(0..<files.count)
        let index = dice.roll(0..<files[file].bytes.count)
        changed[file].bytes[index] ^= UInt8(1 << dice.roll(0..<8))
        #expect(!verify(changed, scratch.anchors.heads).isSound, "byte \(index) of \(files[file].name)")
      }
    }
  }

  @Test func `any line that is dropped, doubled, swapped or cut off is found`() throws {
    var dice = AuditDice(state: 3)
    for _ in 0..<60 {
      let scratch = try Self.record(&dice)
      let files = try scratch.files()
      let file = dice.roll(0..<files.count)
      let lines = AuditLines(files[file].bytes).map { Array($0) }
      let one = dice.roll(0..<lines.count)
      let other = dice.roll(0..<lines.count)
      var changes: [[[UInt8]]] = []
      changes.append(lines.enumerated().filter { $0.offset != one }.map(\.element))
      changes.append(Array(lines[...one]) + lines[one...])
      changes.append(Array(lines[..<one]))
      changes.append(Array(lines[..<one]) + [lines[other]] + lines[one...])
      if one != other {
        var swapped = lines
        swapped.swapAt(one, other)
        changes.append(swapped)
      }
      for change in changes {
        var changed = files
        changed[file].bytes = Array(change.map { $0 + [0x0A] }.joined())
        #expect(!verify(changed, scratch.anchors.heads).isSound)
      }
      var cut = files
      cut[file].bytes.removeLast(dice.roll(1..<files[file].bytes.count + 1))
      #expect(!verify(cut, scratch.anchors.heads).isSound)
      var gone = files
      gone.remove(at: file)
      #expect(!verify(gone, scratch.anchors.heads).isSound)
    }
  }

  @Test func `each kind of change is called by its name`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    for number in 1...9 { try log.add(.call(number)) }
    try log.close()
    let file = try scratch.files()[0]
    let lines = AuditLines(file.bytes).map { Array($0) }
    func kinds(_ lines: [[UInt8]], name: String? = nil) -> [AuditVerification.Finding.Kind] {
      verify([(name ?? file.name, Array(lines.map { $0 + [0x0A] }.joined()))], scratch.anchors.heads).findings.map(
        \.kind)
    }
    #expect(kinds(lines) == [])
    var changed = lines
    changed[4] = Array(String(decoding: changed[4], as: UTF8.self).replacing("hello", with: "hullo").utf8)
    #expect(kinds(changed) == [.changed])
    #expect(kinds(lines.enumerated().filter { $0.offset != 4 }.map(\.element)) == [.dropped])
    #expect(kinds(lines.enumerated().filter { !(4...6).contains($0.offset) }.map(\.element)) == [.dropped])
    #expect(kinds(Array(lines[...4]) + lines[4...]).contains(.inserted))
    var swapped = lines
    swapped.swapAt(4, 5)
    #expect(Set(kinds(swapped)) == [.reordered])
    #expect(kinds(Array(lines.dropLast())) == [.truncated])
    #expect(kinds(Array(lines.dropFirst())).first == .dropped)
    #expect(kinds(lines, name: "2026-02-03/other.jsonl") == [.unknown, .unknown, .missing])
    #expect(verify([], scratch.anchors.heads).findings.map(\.kind) == [.missing])
    #expect(verify([(file.name, [])], nil).findings.map(\.kind) == [.truncated])
    #expect(verify([(file.name, file.bytes.dropLast(9))], nil).findings.map(\.kind) == [.truncated])
  }

  /// Whoever can write the file can compute hashes too.
  @Test func `a chain that was computed anew does not meet the anchors`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    for number in 1...300 { try log.add(.call(number)) }
    let file = try scratch.files()[0]
    var forged: [[UInt8]] = []
    for line in AuditLines(file.bytes) {
      var text = String(decoding: line, as: UTF8.self).replacing(#""call":7,"#, with: #""call":8,"#)
      if let last = forged.last {
        text.replace(/"prev":"[0-9a-f]{64}"/, with: #""prev":"\#(SHA256Digest.hex(of: last))""#)
      }
      forged.append(Array(text.utf8))
    }
    let files = [(name: file.name, bytes: Array(forged.map { $0 + [0x0A] }.joined()))]
    #expect(verify(files, nil).isSound)
    #expect(verify(files, scratch.anchors.heads).findings.map(\.seq) == [256])
  }

  @Test func `what could not be verified is said`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    for number in 1...3 { try log.add(.call(number)) }
    let open = try scratch.verified()
    #expect(open.findings == [] && open.unverified.count == 1)
    #expect(open.unverified[0].message.hasPrefix("records 1 to 3 are newer than the last anchor"))
    #expect(open.records == 4 && open.verified == 1)
    #expect(try scratch.verified(anchored: false).unverified.map(\.file) == [nil])
    try log.close()
  }

  @Test func `what cannot be looked at is no sound record`() throws {
    let scratch = AuditScratch()
    try scratch.log().close()
    var verifier = AuditVerifier(anchors: .kept(scratch.anchors.heads))
    verifier.add(file: try scratch.files()[0].name, problem: "Permission denied")
    let unreadable = verifier.finish()
    #expect(unreadable.findings.map(\.kind) == [.unreadable])
    #expect(unreadable.findings.map(\.message) == ["it cannot be read: Permission denied"])
    // Whoever removes the database takes the anchors of all files with it.
    #expect(AuditVerifier(anchors: .lost).finish().findings.map(\.kind) == [.missing])
  }

  @Test func `a file that begins meanwhile is none that nobody knows of`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    try log.add(.call())
    var verifier = AuditVerifier(anchors: .kept([]))
    for file in try scratch.files() { verifier.add(file: file.name, bytes: file.bytes) }
    #expect(verifier.mayHaveBegun)
    #expect(verifier.finish().findings.map(\.kind) == [.unknown])
    let later = verifier.finish(newer: .kept(scratch.anchors.heads))
    #expect(later.findings == [] && later.unverified.count == 1 && later.verified == 0)
  }

  /// A hostile file must not take long or crash the reader.
  @Test func `any bytes at all are told of and nothing more`() throws {
    var dice = AuditDice(state: 4)
    let scratch = AuditScratch()
    try scratch.log().add(.call())
    let whole = try scratch.files()[0].bytes
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<dice.roll(1..<40) { bytes[dice.roll(0..<bytes.count)] = UInt8(dice.roll(0..<256)) }
      #expect(!verify([("x", bytes)], nil).isSound)
    }
    for seq in ["9007199254740992", "9007199254740993", "-1", "1e3", "18446744073709551616"] {
      let text = String(decoding: whole, as: UTF8.self).replacing(#"{"seq":1,"#, with: #"{"seq":\#(seq),"#)
      #expect(!verify([("x", Array(text.utf8))], nil).isSound)
    }
  }
}
