import Foundation
import LatchProxy
import Testing

/// The promises that hold between processes.
@Suite struct StateRaceTests {
  private let scratch = StateScratch()

  @Test(arguments: 1...3 as ClosedRange<UInt8>)
  func `of eight processes that use one approval exactly one does`(_ number: UInt8) throws {
    let database = try scratch.open()
    var request = try StateSample.request(number)
    request.client = nil
    let record = try database.request(request, at: .now())
    _ = try database.approve(record.id, ApprovalGrant(.terminal), at: .now())
    let racers = try (0..<8).map { _ in try Racer("use", scratch.path, StateSample.path, "\(number)") }
    for racer in racers { #expect(racer.line() == "ready") }
    for racer in racers { try racer.go() }
    let said = racers.map { $0.rest() }.sorted()
    #expect(said == ["admitted\n"] + Array(repeating: "unapproved\n", count: 7))
  }

  @Test func `of eight threads with connections of their own exactly one uses an approval`() async throws {
    let path = scratch.path
    let shared = try scratch.open()
    for number in 1...20 as ClosedRange<UInt8> {
      let request = try StateSample.request(number)
      let record = try shared.request(request, at: .now())
      _ = try shared.approve(record.id, ApprovalGrant(.terminal), at: .now())
      let went = try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<8 {
          group.addTask {
            let database = index < 4 ? shared : try StateDatabase(directory: path)
            return try database.admits(request, at: .now())
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(went == 1)
    }
  }

  @Test func `of eight processes under a limit of a hundred exactly a hundred calls go`() throws {
    _ = try scratch.open()
    let racers = try (0..<8).map { _ in try Racer("count", scratch.path, StateSample.path, "100", "50") }
    for racer in racers { #expect(racer.line() == "ready") }
    for racer in racers { try racer.go() }
    let said = racers.map { $0.rest().trimmingCharacters(in: .newlines) }
    #expect(said.compactMap(Int.init).reduce(0, +) == 100, "\(said)")
  }

  @Test func `a process killed in the middle leaves the database in order, with all that it said it did`() throws {
    _ = try scratch.open()
    var went = 0
    for round in 0..<10 {
      let racer = try Racer("flood", scratch.path, StateSample.path)
      #expect(racer.line() == "ready")
      try racer.go()
      for _ in 0..<(20 + 37 * round) where racer.line() == "went" { went += 1 }
      racer.kill()
      went += racer.rest().split(separator: "\n").count { $0 == "went" }
      let database = try scratch.open()
      let request = try StateSample.request(UInt8(round))
      #expect(try database.request(request, at: .now()).status == .open)
    }
    guard let counted = try scratch.sqlite("PRAGMA integrity_check; SELECT count(*) FROM calls") else { return }
    let lines = counted.split(separator: "\n")
    #expect(lines.first == "ok")
    let calls = try #require(lines.last.flatMap { Int($0) })
    // Each kill may fall between a call let go and its being said.
    #expect((went...(went + 10)).contains(calls), "\(went) said, \(calls) counted")
  }

  @Test func `a lock goes with the process that held it`() throws {
    let database = try scratch.open()
    guard try output(of: "sqlite3", ["--version"]) != nil else { return }
    let holder = Process()
    holder.executableURL = URL(filePath: "/usr/bin/env")
    holder.arguments = ["sqlite3", scratch.file("state.db")]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    try input.fileHandleForWriting.write(contentsOf: Data("BEGIN EXCLUSIVE; SELECT 'held';\n".utf8))
    #expect(try output.fileHandleForReading.read(upToCount: 5) == Data("held\n".utf8))
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    #expect(throws: StateError.locked) { try database.admits(limit, at: 0) }
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    #expect(try database.admits(limit, at: 0))
  }

  @Test func `ten thousand calls under a limit cost as much at the end as at the beginning`() throws {
    let database = try scratch.open()
    let limit = CountedLimit(key: "rule", calls: 10_000, per: 3_600_000)
    let clock = ContinuousClock()
    var times: [Duration] = []
    for time in 0..<10_000 {
      var went = false
      times.append(try clock.measure { went = try database.admits(limit, at: time) })
      #expect(went)
    }
    #expect(try !database.admits(limit, at: 10_000))
    let (first, last) = (times.prefix(1000).sorted()[500], times.suffix(1000).sorted()[500])
    print("a call under a limit, median of a thousand: \(first) at the beginning, \(last) after 9,000")
  }
}
