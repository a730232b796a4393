import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchTestSupport
import Testing

@Suite("Changes of a policy against the same changes made by hand")
struct MutantReferenceTests {
  @Test("A change is noticed exactly where the policy changed by hand decides a test otherwise", arguments: 0..<12)
  func asByHand(_ seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &* 0x9E37_79B9 &+ 17)
    for _ in 0..<3 {
      let draft = Draft.random(using: &dice)
      let calls = (0..<6).map { _ in TriedCall(using: &dice) }
      let decided = try outcomes(of: calls, by: draft)
      let tests = zip(calls, decided).map { $0.yaml(expecting: $1) }.joined()
      let all = try survivors(of: draft.yaml)
      let left = Set(try survivors(of: draft.yaml + "tests:\n" + tests).map(\.identity))
      for mutant in all {
        let isSame = try outcomes(of: calls, by: draft.changed(as: mutant)) == decided
        #expect(
          left.contains(mutant.identity) == isSame,
          "\(mutant.identity)\n\(draft.yaml)tests:\n\(tests)")
      }
      #expect(left.isSubset(of: all.map(\.identity)))
    }
  }

  private func outcomes(of calls: [TriedCall], by draft: Draft) throws -> [TriedCall.Outcome] {
    let paths = ProjectPaths(projects: ["/srv/p"], homes: ["/home/u"])
    let policy = try Policy(try benched(draft.yaml).bundle, upstream: "fs", paths: paths)
    return try calls.map { try $0.decided(by: policy) }
  }

  private func survivors(of text: String) throws -> [Mutant] {
    let bench = try benched(text)
    let results = bench.run()
    #expect(results.allSatisfy { $0.status == .passed }, "\(text)")
    return try bench.mutate(results).survivors
  }
}

extension Mutant {
  fileprivate var identity: String { "\(rule) \(change) \(place ?? "")" }
}

/// A call as a test makes it.
private struct TriedCall {
  struct Outcome: Equatable {
    var effect: Effect
    var rule: String?
    var by: Decision.DecidedBy
  }

  var tool: String
  var client: String?
  /// As JSON, which is YAML too.
  var arguments: String

  init(using dice: inout Dice) {
    tool = pick(["read_file", "write_file", "run_command"], &dice)
    client = pick([nil, "cursor"], &dice)
    let values = ["\"x\"", "\"xy\"", "\"y\"", "1", "2", "\"/x/y\"", "true"]
    var members: [String] = []
    for name in ["a", "b", "c"] where Int.random(in: 0..<4, using: &dice) > 0 {
      members.append("\"\(name)\": \(pick(values, &dice))")
    }
    arguments = "{\(members.joined(separator: ", "))}"
  }

  func decided(by policy: Policy) throws -> Outcome {
    let document = try JSONDocument(parsing: Array(arguments.utf8))
    let decision = policy.decide(Call(tool: tool, arguments: document, client: client))
    return Outcome(effect: decision.effect, rule: decision.rule, by: decision.decidedBy)
  }

  func yaml(expecting outcome: Outcome) -> String {
    let rule = outcome.rule.map { ", rule: \($0)" } ?? ""
    return """
        - name: t
          call: { upstream: fs, tool: \(tool), arguments: \(arguments) }
          expect: { effect: \(outcome.effect.rawValue), decided_by: \(outcome.by.rawValue)\(rule) }
      \(client.map { "    client: \($0)\n" } ?? "")
      """
  }
}
