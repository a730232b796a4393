import Foundation
import LatchProxy
import Testing

@Suite struct StateMigrationTests {
  private let scratch = StateScratch()
  private let limit = CountedLimit(key: "rule", calls: 1, per: 1000)

  private func open(_ schema: StateSchema) throws -> StateDatabase {
    try StateDatabase(directory: scratch.path, schema: schema, boot: "one")
  }

  private static let later = StateSchema(
    StateSchema.current.steps + [
      "PRAGMA user_version = 2; ALTER TABLE leases ADD COLUMN note TEXT; UPDATE limits SET name = name || '2'"
    ])

  private static let broken = StateSchema(
    StateSchema.current.steps + ["PRAGMA user_version = 2; DELETE FROM limits; INSERT INTO nowhere VALUES (1)"])

  @Test func `an older file is led to the newer schema with all that it holds`() throws {
    do {
      let database = try open(.current)
      #expect(try database.admits(limit, at: 0))
      _ = try database.request(StateSample.request(), at: StateSample.at(0))
    }
    let database = try open(Self.later)
    #expect(try !database.admits(CountedLimit(key: "rule2", calls: 1, per: 1000), at: 1))
    #expect(try database.openApprovals(at: StateSample.at(1)).count == 1)
  }

  @Test func `a step that fails leaves the file as it was`() throws {
    do { #expect(try open(.current).admits(limit, at: 0)) }
    #expect(throws: StateError.self) { try open(Self.broken) }
    #expect(try !open(.current).admits(limit, at: 1))
  }

  @Test func `a newer file is refused and left as it is`() throws {
    do { _ = try open(Self.later) }
    let before = try scratch.contents()
    #expect(throws: StateError.newer(version: 2, known: 1)) { try scratch.open() }
    #expect(try scratch.contents()["state.db"] == before["state.db"])
  }

  @Test func `a process of the older version stops when the file is led on`() throws {
    let older = try open(.current)
    _ = try open(Self.later)
    #expect(throws: StateError.newer(version: 2, known: 1)) { try older.admits(limit, at: 0) }
    #expect(throws: StateError.newer(version: 2, known: 1)) { try older.openApprovals(at: StateSample.at(0)) }
  }

  @Test func `many who open a new directory at once make one database`() async throws {
    let path = scratch.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          let limit = CountedLimit(key: "\(number)", calls: 1, per: 1000)
          let went = try StateDatabase(directory: path).admits(limit, at: 0)
          #expect(went)
        }
      }
      try await group.waitForAll()
    }
    for number in 0..<8 {
      #expect(try !scratch.open().admits(CountedLimit(key: "\(number)", calls: 1, per: 1000), at: 1))
    }
  }
}
