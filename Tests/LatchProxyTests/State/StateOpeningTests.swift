import Foundation
import LatchProxy
import Testing

/// The file is made once, for its owner's eyes only, and is what it was or is refused.
@Suite struct StateOpeningTests {
  private let scratch = StateScratch()
  private let limit = CountedLimit(key: "rule", calls: 1, per: 1000)

  @Test func `directory and files are made for their owner only`() throws {
    let database = try scratch.open()
    #expect(try database.admits(limit, at: 0))
    #expect(try scratch.mode("") == 0o700)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
    #expect(names == ["state.counter", "state.db", "state.db-shm", "state.db-wal"])
    for name in names { #expect(try scratch.mode(name) == 0o600, "\(name)") }
  }

  @Test func `the directories above are made too`() throws {
    let path = scratch.path + "/a/b"
    _ = try StateDatabase(directory: path)
    #expect(FileManager.default.fileExists(atPath: path + "/state.db"))
  }

  @Test(arguments: [0o710, 0o701, 0o750, 0o770, 0o777]) func `a directory open to others is refused`(_ mode: Int) throws
  {
    _ = try scratch.open()
    try scratch.chmod("", mode)
    #expect(scratch.failure() == .accessibleByOthers(path: scratch.path))
  }

  @Test(arguments: ["state.db", "state.counter", "state.db-wal", "state.db-shm"])
  func `a file open to others, a link or a directory in its place is refused`(_ name: String) throws {
    let database = try scratch.open()
    #expect(try database.admits(limit, at: 0))
    try scratch.chmod(name, 0o640)
    #expect(scratch.failure() == .accessibleByOthers(path: scratch.file(name)))
    let elsewhere = scratch.root + "/elsewhere"
    try FileManager.default.moveItem(atPath: scratch.file(name), toPath: elsewhere)
    try FileManager.default.createSymbolicLink(atPath: scratch.file(name), withDestinationPath: elsewhere)
    guard case .unreachable = scratch.failure() else {
      Issue.record("a link was followed")
      return
    }
    try FileManager.default.removeItem(atPath: scratch.file(name))
    try FileManager.default.createDirectory(atPath: scratch.file(name), withIntermediateDirectories: false)
    guard case .unreachable = scratch.failure() else {
      Issue.record("a directory was opened")
      return
    }
    withExtendedLifetime(database) {}
  }

  @Test func `what is another user's is refused`() throws {
    guard geteuid() == 0 else {
      print("skipped: only root can give files away")
      return
    }
    _ = try scratch.open()
    try FileManager.default.setAttributes([.ownerAccountID: 65_534], ofItemAtPath: scratch.file("state.db"))
    #expect(scratch.failure() == .foreignOwner(path: scratch.file("state.db")))
    try FileManager.default.setAttributes([.ownerAccountID: 65_534], ofItemAtPath: scratch.path)
    #expect(scratch.failure() == .foreignOwner(path: scratch.path))
  }

  @Test(arguments: ["state", "./state", "", "/dev/null", "/dev/null/x", "/tmp/a\0b"])
  func `a path that cannot be a directory of state is refused`(_ path: String) {
    #expect(throws: StateError.self) { try StateDatabase(directory: path) }
  }

  @Test func `a database that is gone is not made anew`() throws {
    _ = try scratch.open()
    for name in try scratch.contents().keys where name != "state.counter" {
      try FileManager.default.removeItem(atPath: scratch.file(name))
    }
    #expect(scratch.failure() == .rolledBack("`state.db` was removed"))
    #expect(!FileManager.default.fileExists(atPath: scratch.file("state.db")))
    try Data().write(to: URL(filePath: scratch.file("state.db")))
    try scratch.chmod("state.db", 0o600)
    #expect(scratch.failure() == .rolledBack("`state.db` is empty"))
  }

  @Test func `a counter that is gone is not made anew, unless the database was never used`() throws {
    do { _ = try scratch.open() }
    try FileManager.default.removeItem(atPath: scratch.file("state.counter"))
    do { #expect(try scratch.open().admits(limit, at: 0)) }
    try FileManager.default.removeItem(atPath: scratch.file("state.counter"))
    #expect(scratch.failure() == .rolledBack("`state.counter` was removed"))
  }

  @Test(arguments: ["", "x", "latch-counter-1 00 1 1 -\n", String(repeating: "z", count: 192)])
  func `a counter that cannot be read is refused`(_ text: String) throws {
    do { #expect(try scratch.open().admits(limit, at: 0)) }
    try Data(text.utf8).write(to: URL(filePath: scratch.file("state.counter")))
    try scratch.chmod("state.counter", 0o600)
    #expect(scratch.failure() == .rolledBack("`state.counter` cannot be read"))
  }

  @Test func `an older copy in the database's place is found out`() throws {
    do { #expect(try scratch.open().admits(limit, at: 0)) }
    let old = try scratch.contents()
    do { #expect(try !scratch.open().admits(limit, at: 1)) }
    do { #expect(try scratch.open().admits(limit, at: 1000)) }
    var files = try scratch.contents()
    files["state.db"] = old["state.db"]
    try scratch.restore(files)
    #expect(scratch.failure() == .rolledBack("it has seen 1 changes and should have seen 2"))
  }

  @Test func `another installation's database in its place is found out`() throws {
    do { #expect(try scratch.open().admits(limit, at: 0)) }
    let other = StateScratch()
    do { for time in 0..<9 { #expect(try other.open().admits(limit, at: time * 1000)) } }
    var files = try scratch.contents()
    files["state.db"] = try other.contents()["state.db"]
    try scratch.restore(files)
    #expect(scratch.failure() == .rolledBack("it is of another installation"))
  }

  @Test func `a process sees that its files were put back, even together with the counter`() throws {
    let database = try scratch.open()
    #expect(try database.admits(limit, at: 0))
    let old = try scratch.contents()
    #expect(try database.admits(limit, at: 1000))
    try scratch.restore(old)
    #expect(throws: StateError.rolledBack("`state.db` was replaced")) { try database.admits(limit, at: 1001) }
  }

  @Test func `what was only written may be lost with the machine's power, what was synced may not`() throws {
    func open(_ boot: String) throws -> StateDatabase {
      try StateDatabase(directory: scratch.path, schema: .current, boot: boot)
    }
    do { #expect(try open("one").admits(limit, at: 0)) }
    let old = try scratch.contents()
    do { #expect(try open("one").admits(limit, at: 1000)) }
    var files = try scratch.contents()
    files["state.db"] = old["state.db"]
    try scratch.restore(files)
    #expect(throws: StateError.self) { try open("one") }
    do {
      let database = try open("two")
      #expect(try database.admits(limit, at: 1000))
      let record = try database.request(StateSample.request(), at: StateSample.at(1000))
      _ = try database.deny(record.id, at: StateSample.at(1000))
    }
    files = try scratch.contents()
    files["state.db"] = old["state.db"]
    try scratch.restore(files)
    #expect(throws: StateError.self) { try open("three") }
  }
}
