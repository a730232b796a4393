import Foundation
import LatchTestSupport
import Testing

@Suite("The policy and the text of the language")
struct ReferenceTests {
  /// `LATCH_REFERENCE_POLICIES=20000` compares more, `LATCH_REFERENCE_SEED=7` others.
  private static func number(_ name: String, otherwise number: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? number
  }

  private static let workers = 2

  @Test("agree about every call: who decides, what else is owed, and what each matcher said")
  func agree() async throws {
    let policies = Self.number("LATCH_REFERENCE_POLICIES", otherwise: 300)
    let seed = UInt64(Self.number("LATCH_REFERENCE_SEED", otherwise: 1))
    let comparisons = try await withThrowingTaskGroup(of: Comparison.self) { group in
      for worker in 0..<Self.workers {
        group.addTask {
          var comparison = Comparison(seed: seed &* 1000 &+ UInt64(worker))
          try comparison.run(policies: policies / Self.workers, callsEach: 110)
          return comparison
        }
      }
      return try await group.reduce(into: [Comparison]()) { $0.append($1) }
    }
    var coverage = Coverage()
    for comparison in comparisons {
      if let disagreement = comparison.disagreement { Issue.record("\(disagreement.shrunk())") }
      if let refusal = comparison.refusal { Issue.record("the compiler refused a policy without mistakes: \(refusal)") }
      coverage.merge(comparison.coverage)
    }
    print(
      "reference: seed \(seed), \(coverage.pairs) calls of \(coverage.policies) policies, \(coverage.refused) refused")
    #expect(coverage.missing.isEmpty)
    #expect(coverage.refused < coverage.policies, "half of what the generator makes should be of use")
  }
}
