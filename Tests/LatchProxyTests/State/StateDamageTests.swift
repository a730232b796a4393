import Foundation
import LatchProxy
import Testing

/// Whatever is wrong with the file or its disk is said, nothing passes because of it, and what was there stays.
@Suite struct StateDamageTests {
  private let scratch = StateScratch()
  private let limit = CountedLimit(key: "rule", calls: 1, per: 1000)

  @Test func `a file that is no database is refused and left as it is`() throws {
    _ = try scratch.open()
    let garbage = Data(repeating: 0x61, count: 8192)
    try scratch.restore(["state.db": garbage])
    guard case .corrupt = scratch.failure() else {
      Issue.record("it was opened")
      return
    }
    #expect(try Data(contentsOf: URL(filePath: scratch.file("state.db"))) == garbage)
  }

  @Test func `another program's database is refused`() throws {
    do { _ = try scratch.open() }
    try FileManager.default.removeItem(atPath: scratch.file("state.db"))
    guard try scratch.sqlite("CREATE TABLE t (x)") != nil else { return }
    try scratch.chmod("state.db", 0o600)
    #expect(scratch.failure() == .foreign)
    try scratch.sqlite("PRAGMA user_version = 1")
    #expect(scratch.failure() == .foreign)
  }

  /// Opens, asks for everything, and says whether a call went that had been denied or used before.
  private func letsGoWhatIsNotApproved() throws -> Bool {
    let database = try scratch.open()
    let (denied, used) = (try StateSample.request(1), try StateSample.request(2))
    _ = try database.openApprovals(at: StateSample.at(2))
    _ = try database.leases(at: StateSample.at(2))
    _ = try database.anchors(at: StateSample.at(2))
    _ = try database.request(StateSample.request(3), at: StateSample.at(2))
    return try database.admits(denied, at: StateSample.at(2)) || database.admits(used, at: StateSample.at(2))
  }

  /// A database with one approval denied and one used; its files.
  private func filled() throws -> [String: Data] {
    do {
      let database = try scratch.open()
      for number in 1...40 as ClosedRange<UInt8> {
        _ = try database.request(StateSample.request(number), at: StateSample.at(0))
      }
      for number in 1...2 as ClosedRange<UInt8> {
        let id = try database.request(StateSample.request(number), at: StateSample.at(0)).id
        if number == 1 { _ = try database.deny(id, at: StateSample.at(0)) }
        if number == 2 { _ = try database.approve(id, ApprovalGrant(.terminal), at: StateSample.at(0)) }
      }
      #expect(try database.admits(StateSample.request(2), at: StateSample.at(1)))
    }
    return try scratch.contents()
  }

  @Test func `a file with bytes changed or cut off lets nothing go and is no crash`() throws {
    let files = try filled()
    let whole = try #require(files["state.db"])
    #expect(whole.count >= 16_384)
    var dice = StateDice(seed: 7)
    var refusals = 0
    for round in 0..<150 {
      var data = whole
      if round.isMultiple(of: 3) {
        data = data.prefix(Int.random(in: 0..<whole.count, using: &dice))
      } else {
        let start = round < 75 ? Int.random(in: 0..<200, using: &dice) : Int.random(in: 0..<whole.count, using: &dice)
        for index in start..<min(start + (round.isMultiple(of: 2) ? 1 : 600), whole.count) {
          data[index] = .random(in: .min ... .max, using: &dice)
        }
      }
      try scratch.restore(files.merging(["state.db": data]) { $1 })
      do { #expect(try !letsGoWhatIsNotApproved(), "round \(round)") } catch is StateError { refusals += 1 }
    }
    print("of 150 damaged databases \(refusals) were refused with an error, the others told no lie")
    #expect(refusals > 75)
  }

  @Test func `a database held by another program is an error in about a second, and is usable afterwards`() throws {
    let database = try scratch.open()
    #expect(try database.admits(limit, at: 0))
    var other = try SQLiteConnection(opening: scratch.file("state.db"))
    try other.run("BEGIN EXCLUSIVE")
    let time = ContinuousClock().measure {
      #expect(throws: StateError.locked) { try database.admits(limit, at: 1000) }
    }
    #expect(time < .seconds(5))
    // Looking is possible meanwhile.
    #expect(try database.openApprovals(at: StateSample.at(1000)).isEmpty)
    try other.run("ROLLBACK")
    #expect(try database.admits(limit, at: 1000))
  }

  @Test func `a counter held by another program is an error in about a second`() throws {
    let database = try scratch.open()
    let descriptor = unsafe Foundation.open(scratch.file("state.counter"), O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX) == 0)
    #expect(throws: StateError.locked) { try database.admits(limit, at: 0) }
    flock(descriptor, LOCK_UN)
    // The change itself was made: it is counted, and the mark catches up.
    #expect(try !database.admits(limit, at: 1))
    #expect(try database.admits(limit, at: 1000))
  }

  @Test func `a directory and a file that cannot be written are refused`() throws {
    do { #expect(try scratch.open().admits(limit, at: 0)) }
    if geteuid() == 0 {
      try inMount(["-t", "tmpfs", "-o", "size=4m,mode=0700"]) { path in
        do { #expect(try StateDatabase(directory: path).admits(limit, at: 0)) }
        guard try output(of: "mount", ["-o", "remount,ro", path]) != nil else { return }
        #expect(throws: StateError.readOnly) { try StateDatabase(directory: path) }
      }
    } else {
      try scratch.chmod("state.db", 0o400)
      #expect(scratch.failure() == .readOnly)
      try scratch.chmod("state.db", 0o600)
      try scratch.chmod("", 0o500)
      #expect(scratch.failure() == .readOnly)
      try scratch.chmod("", 0o700)
    }
  }

  @Test func `a full disk is an error that loses nothing`() throws {
    guard geteuid() == 0 else {
      print("skipped: only root can mount a small disk")
      return
    }
    try inMount(["-t", "tmpfs", "-o", "size=2m,mode=0700"]) { path in
      let database = try StateDatabase(directory: path)
      let key = try SigningKey(pem: ApprovalKeyTests.pem)
      let keys = [try key.publicKey()]
      let request = try StateSample.request(ways: [.key])
      let record = try database.request(request, at: StateSample.at(0))
      let grant = ApprovalGrant(.key, signature: try key.sign(record.statement()))
      _ = try database.approve(record.id, grant, at: StateSample.at(0))
      let filler = URL(filePath: path + "/filler")
      #expect(FileManager.default.createFile(atPath: filler.path, contents: nil))
      let handle = try FileHandle(forWritingTo: filler)
      while (try? handle.write(contentsOf: Data(repeating: 0, count: 1024))) != nil {}
      try handle.close()
      // What the log has room for may still pass; then it is full, and nothing is let go.
      #expect(try fill(database, from: 100, arguments: String(repeating: "x", count: 20_000)) == .full)
      #expect(try fill(database, from: 130, arguments: "") == .full)
      #expect(throws: StateError.full) { try database.admits(request, keys: keys, at: StateSample.at(2)) }
      #expect(throws: StateError.full) { try StateDatabase(directory: path + "/other") }
      try FileManager.default.removeItem(at: filler)
      #expect(try database.admits(request, keys: keys, at: StateSample.at(2)))
      #expect(try !database.admits(request, keys: keys, at: StateSample.at(2)))
    }
  }

  /// Makes requests until that fails; how it fails.
  private func fill(_ database: StateDatabase, from number: UInt8, arguments: String) throws -> StateError? {
    for number in number..<(number + 30) {
      let request = try StateSample.request(number, arguments: arguments)
      do throws(StateError) { _ = try database.request(request, at: StateSample.at(1)) } catch { return error }
    }
    return nil
  }

  /// Mounts a file system of its own on a new directory, for as long as the body runs; says so if it cannot.
  private func inMount(_ options: [String], _ body: (String) throws -> Void) throws {
    let path = scratch.root + "/mount"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let mount = Process()
    mount.executableURL = URL(filePath: "/usr/bin/env")
    mount.arguments = ["mount"] + options + ["tmpfs", path]
    mount.standardError = FileHandle.nullDevice
    try mount.run()
    mount.waitUntilExit()
    guard mount.terminationStatus == 0 else {
      print("skipped: this machine lets nothing be mounted")
      return
    }
    defer { _ = try? output(of: "umount", ["-l", path]) }
    try body(path)
  }
}
