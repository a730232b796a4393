import Foundation
import LatchPolicy
import LatchProxy
import Testing

@Suite(.serialized) struct FailureTests {
  @Test func `a full disk refuses the record, and leaves nothing of it`() throws {
    guard let disk = try smallDisk("256k") else { return }
    defer { remove(disk) }
    for durability in AuditSettings.Durability.allCases {
      let scratch = AuditScratch(in: disk)
      let log = try scratch.log { $0.durability = durability }
      let text = String(repeating: "x", count: 3000)
      var written = 0
      var refused = 0
      for number in 1...120 {
        do {
          try log.add(.call(number, arguments: #"{"text":"\#(text)"}"#))
          written += 1
        } catch AuditError.notWritten { refused += 1 }
      }
      #expect(written > 40 && refused > 20)
      // Another who fills the disk goes, and the record goes on.
      var verification = try scratch.verified()
      #expect(verification.findings == [] && verification.records == written + 1)
      #expect(run("mount", "-o", "remount,size=2m", disk))
      try log.add(.call(1000))
      try log.close()
      verification = try scratch.verified()
      #expect(verification.findings == [] && verification.unverified == [] && verification.records == written + 3)
      try FileManager.default.removeItem(atPath: scratch.path)
      #expect(run("mount", "-o", "remount,size=256k", disk))
    }
  }

  @Test func `records that wait are written together, or none of them`() throws {
    guard let disk = try smallDisk("256k") else { return }
    defer { remove(disk) }
    for durability in AuditSettings.Durability.allCases {
      let scratch = AuditScratch(in: disk)
      let log = try scratch.log { $0.durability = durability }
      let text = String(repeating: "x", count: 3000)
      func append(_ numbers: ClosedRange<Int>) throws -> [Int] {
        try numbers.map { try log.append(.call($0, arguments: #"{"text":"\#(text)"}"#)) }
      }
      let first = try append(1...20)
      #expect(try scratch.entries().map(\.kind) == [.file])
      try log.keep(first[0]...first[19])
      #expect(try scratch.entries().count == 21)
      // More than the disk holds: whoever asks about any of them is told so, also when asking again.
      let second = try append(21...120)
      for numbers in [second[0]...second[99], second[0]...second[0], first[19]...second[50]] {
        #expect(throws: AuditError.self) { try log.keep(numbers) }
      }
      try log.keep(first[0]...first[19])
      #expect(try scratch.entries().count == 21)
      let third = try append(121...130)
      #expect(throws: AuditError.self) { try log.keep(second[99]...third[0]) }
      try log.keepAll()
      try log.keep(third[0]...third[9])
      try log.close()
      let verification = try scratch.verified()
      #expect(verification.findings == [] && verification.unverified == [] && verification.records == 32)
      try FileManager.default.removeItem(atPath: scratch.path)
    }
  }

  @Test func `a full disk lets no file begin, and leaves none`() throws {
    guard let disk = try smallDisk("64k") else { return }
    defer { remove(disk) }
    let scratch = AuditScratch(in: disk)
    let log = try scratch.log()
    try log.add(.call(1))
    try store(8192, "\(disk)/filler", 0o600)
    let filler = try #require(FileHandle(forWritingAtPath: "\(disk)/filler"))
    _ = try? filler.seekToEnd()
    while (try? filler.write(contentsOf: Data(repeating: 1, count: 4096))) != nil {}
    try filler.close()
    // So small a record may still fit behind the others in their page; a new file does not.
    scratch.wait(86_400_000)
    var problems: [AuditError] = []
    for _ in 0..<3 { do { try log.add(.call(2)) } catch let error as AuditError { problems.append(error) } }
    #expect(problems.count == 3)
    try FileManager.default.removeItem(atPath: "\(disk)/filler")
    try log.add(.call(3))
    try log.close()
    #expect(try scratch.verified().findings == [])
  }

  @Test func `a directory or key that others could have touched is refused`() throws {
    func refusal(_ prepare: (String) throws -> Void) throws -> String {
      let scratch = AuditScratch()
      try FileManager.default.createDirectory(atPath: scratch.path, withIntermediateDirectories: true)
      try prepare(scratch.path)
      do {
        _ = try scratch.log()
        return "none"
      } catch let error as AuditError { return error.description }
    }
    #expect(try refusal { try set(0o777, $0) }.contains("others may write to it"))
    #expect(
      try refusal { path in
        try makeDirectory("\(path)/audit")
        try set(0o770, "\(path)/audit")
      }.contains("others may write to it"))
    #expect(try refusal { try store(0, "\($0)/audit", 0o600) }.contains("not a directory"))
    #expect(try refusal { try store(32, "\($0)/audit.key", 0o644) }.contains("chmod 600"))
    #expect(try refusal { try store(31, "\($0)/audit.key", 0o600) }.contains("does not hold 32 bytes"))
    #expect(try refusal { try makeDirectory("\($0)/audit.key") }.contains("not a regular file"))
    #expect(
      try refusal { path in
        try store(32, "\(path)/other", 0o600)
        try manager.createSymbolicLink(atPath: "\(path)/audit.key", withDestinationPath: "\(path)/other")
      }.contains("audit.key` cannot be used"))
  }

  private var manager: FileManager { .default }

  private func makeDirectory(_ path: String) throws {
    try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  private func set(_ mode: Int, _ path: String) throws {
    try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  private func store(_ count: Int, _ path: String, _ mode: Int) throws {
    try Data(repeating: 1, count: count).write(to: URL(filePath: path))
    try set(mode, path)
  }

  @Test func `a state directory that is no absolute path is refused`() {
    for path in ["", "state", "./state", "/tmp/x\u{0}y"] {
      let settings = AuditSettings(stateDirectory: path, upstream: "u", client: nil, policy: AuditScratch.policy)
      #expect(throws: AuditError.directory(path: path, problem: "it is no absolute path")) {
        try AuditLog(settings, anchor: MemoryAnchor())
      }
    }
  }

  /// A disk of that size; nil, which is said, where none can be mounted.
  private func smallDisk(_ size: String) throws -> String? {
    let disk = FileManager.default.temporaryDirectory.path + "/latch-disk-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    if run("mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", disk) { return disk }
    print("SKIPPED: a small tmpfs cannot be mounted here, so that a full disk was not tested")
    try FileManager.default.removeItem(atPath: disk)
    return nil
  }

  private func remove(_ disk: String) {
    _ = run("umount", "-l", disk)
    try? FileManager.default.removeItem(atPath: disk)
  }

  /// Runs a program; true if it ends well.
  private func run(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
