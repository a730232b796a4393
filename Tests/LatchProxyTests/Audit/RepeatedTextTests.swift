import LatchJSON
import LatchPolicy
import LatchProxy
import Testing

/// What the log keeps ready for the next record must never stand in one that says something else.
@Suite struct RepeatedTextTests {
  private static let token = "gh" + "p_0123456789abcdefghijklmnopqrstuvwxyzABCD"

  @Test func `each record names the policy that decided it`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    let policies = ["b", "d", "d", "e", "b"].map { digit in
      PolicyIdentity(bundle: "sha256:" + String(repeating: digit, count: 64), policy: AuditScratch.policy.policy)
    }
    for policy in policies {
      try log.add(
        .decision(
          AuditDecision(
            call: 1, policy: policy, method: "tools/call", tool: "t", decision: .sample, passed: true,
            arguments: .absent)))
    }
    #expect(try scratch.values().dropFirst().map { $0["bundle"]?.string } == policies.map(\.bundle))
  }

  /// More names than are kept, many alike but for a letter; some that are too long to keep.
  @Test func `texts that come again are written as they are, and hidden again`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    var dice = AuditDice(state: 11)
    var tools: [String] = []
    for _ in 0..<1500 {
      let letters = (0..<dice.roll(0..<4)).map { _ in ["a", "b", "\"", "\n", "\u{e9}"][dice.roll(0..<5)] }.joined()
      tools.append(dice.roll(0..<8) == 0 ? "x \(Self.token) \(letters)" : "tool-\(letters)-end")
    }
    tools += ["", String(repeating: "long ", count: 500), String(repeating: "long ", count: 500)]
    for tool in tools { try log.add(.call(tool: tool)) }
    let written = try scratch.values().dropFirst().map { $0["tool"]?.string }
    #expect(written == tools.map { $0.contains(Self.token) ? "[redacted]" : $0 })
  }

  @Test func `every record has its own time`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log()
    for wait in [0, 1, 9, 90, 899, 1, 1, 999, 1, 59_000, 3_600_000, 0] {
      scratch.wait(wait)
      try log.add(.answer())
    }
    let times = try scratch.entries().map(\.time)
    let steps = zip(times.dropFirst(), times.dropFirst(2)).map { $1.milliseconds - $0.milliseconds }
    #expect(steps == [1, 9, 90, 899, 1, 1, 999, 1, 59_000, 3_600_000, 0])
  }

  @Test func `an escape may stand anywhere in a text of any length`() throws {
    let scratch = AuditScratch()
    let log = try scratch.log { $0.arguments = .full }
    var texts: [JSONValue] = []
    for length in 1...40 {
      for place in 0..<length {
        for odd in ["\"", "\\", "\u{1}", "\u{7f}", "\u{85}", "\u{c2a}", "\u{2019}", "\u{2028}"] {
          let text = String(repeating: "a", count: place) + odd + String(repeating: "b", count: length - place - 1)
          texts.append(.string(text))
        }
      }
    }
    let arguments: JSONValue = .object([.init("x", .array(texts))])
    try log.add(.call(arguments: String(decoding: try arguments.canonicalBytes(), as: UTF8.self)))
    #expect(try scratch.values()[1]["arguments"] == arguments)
  }
}
