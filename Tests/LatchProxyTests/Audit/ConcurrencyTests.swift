import Dispatch
import Foundation
import LatchPolicy
import LatchProxy
import Synchronization
import Testing

@Suite struct ConcurrencyTests {
  @Test(arguments: [AuditSettings.Durability.written, .synced])
  func `records of many threads stand whole, each once, in one chain`(_ durability: AuditSettings.Durability) throws {
    let scratch = AuditScratch()
    let log = try scratch.log {
      $0.durability = durability
      $0.fileBytes = 20_000
      $0.anchorInterval = 16
    }
    let failures = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for number in 0..<40 {
        do { try log.add(.call(thread * 1000 + number)) } catch { failures.withLock { $0 += 1 } }
      }
    }
    try log.close()
    #expect(failures.withLock { $0 } == 0)
    let calls = try scratch.entries().filter { $0.kind == .decision }.compactMap { $0.number("call") }
    #expect(calls.sorted() == (0..<8).flatMap { thread in (0..<40).map { thread * 1000 + $0 } })
    let verification = try scratch.verified()
    #expect(verification.findings == [] && verification.unverified == [])
  }

  @Test(arguments: [AuditSettings.Durability.written, .synced])
  func `records that others keep are kept`(_ durability: AuditSettings.Durability) throws {
    let scratch = AuditScratch()
    let log = try scratch.log {
      $0.durability = durability
      $0.fileBytes = 20_000
      $0.anchorInterval = 16
    }
    let failures = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for batch in 0..<10 {
        do {
          let numbers = try (0..<7).map { try log.append(.call(thread * 1000 + batch * 7 + $0)) }
          if batch % 3 == 2 { try log.keepAll() }
          try log.keep(numbers[0]...numbers[6])
        } catch { failures.withLock { $0 += 1 } }
      }
    }
    #expect(failures.withLock { $0 } == 0)
    // Before the record is ended.
    #expect(try scratch.entries().filter { $0.kind == .decision }.count == 560)
    try log.close()
    let verification = try scratch.verified()
    #expect(verification.findings == [] && verification.unverified == [])
  }

  @Test func `processes that begin together share one installation key`() throws {
    for _ in 0..<20 {
      let scratch = AuditScratch()
      let logs = Mutex<[AuditLog]>([])
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        if let log = try? scratch.log() { logs.withLock { $0.append(log) } }
      }
      #expect(logs.withLock { $0.count } == 8)
      #expect(try Set(scratch.entries().compactMap { $0.text("key") }).count == 1)
      let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
      #expect(left.sorted() == ["audit", "audit.key"])
    }
  }
}
