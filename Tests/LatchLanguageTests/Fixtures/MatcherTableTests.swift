import LatchPolicy
import Testing

/// Every row of the table of language.md §5: holds, does not hold, cannot be read, is missing.
@Suite("A matcher")
struct MatcherTableTests {
  private static let values = """
    values:
      names: [a, $$b, 7]
      words: [a, $$c]
      dirs: [/opt, "${project}/data"]

    """

  private static let rows: [MatcherRow] =
    MatcherRow.equality + MatcherRow.texts + MatcherRow.paths + MatcherRow.urls + MatcherRow.numbers + MatcherRow.shapes

  @Test("in an allow lets through what it holds for, and nothing else", arguments: rows)
  func allows(_ row: MatcherRow) throws {
    let policy = try SmallPolicy("\(Self.values)rules: [{ id: r, effect: allow, when: { x: \(row.matcher) } }]\n")
    for value in row.holds { #expect(try outcome(policy, value) == "allow rule r", "\(value)") }
    for value in row.fails { #expect(try outcome(policy, value) == "deny default", "\(value)") }
    for value in row.unreadable { #expect(try outcome(policy, value) == "deny unreadable_argument", "\(value)") }
    #expect(try policy.outcome("read_file") == (row.holdsOfMissing ? "allow rule r" : "deny default"))
  }

  @Test("in a guardrail stops what it holds for, and what it cannot read", arguments: rows)
  func denies(_ row: MatcherRow) throws {
    let policy = try SmallPolicy(
      """
      \(Self.values)rules: [{ id: all, effect: allow }]
      guardrails: [{ id: g, effect: deny, when: { x: \(row.matcher) } }]

      """)
    for value in row.holds { #expect(try outcome(policy, value) == "deny guardrail g", "\(value)") }
    for value in row.fails { #expect(try outcome(policy, value) == "allow rule all", "\(value)") }
    for value in row.unreadable { #expect(try outcome(policy, value) == "deny unreadable_argument", "\(value)") }
    #expect(try policy.outcome("read_file") == (row.holdsOfMissing ? "deny guardrail g" : "allow rule all"))
  }

  @Test("that cannot read a value never lets a guardrail vanish, even where a person may decide", arguments: rows)
  func doubtDenies(_ row: MatcherRow) throws {
    let policy = try SmallPolicy(
      """
      \(Self.values)defaults: { unreadable_argument: require_approval }
      rules: [{ id: all, effect: allow }, { id: r, effect: allow, tool: write_file, when: { x: \(row.matcher) } }]
      guardrails: [{ id: g, effect: deny, tool: read_file, when: { x: \(row.matcher) } }]

      """)
    for value in row.unreadable {
      let expected = ["deny guardrail g", "require_approval unreadable_argument"]
      let outcome = try outcome(policy, value)
      #expect(expected.contains(outcome), "\(value)")
      #expect(outcome == expected[0] || row.isNegativeInPart, "\(value)")
      #expect(try policy.outcome("write_file", "{\"x\": \(value)}") != "allow rule r", "\(value)")
    }
  }

  private func outcome(_ policy: SmallPolicy, _ value: String) throws -> String {
    try policy.outcome("read_file", "{\"x\": \(value)}")
  }

  @Test("under ** asks for one string anywhere, names included", arguments: MatcherRow.anywhere)
  func looksAnywhere(_ row: MatcherRow) throws {
    let policy = try SmallPolicy("\(Self.values)rules: [{ id: r, effect: allow, when: { '**': \(row.matcher) } }]\n")
    for arguments in row.holds { #expect(try policy.outcome("read_file", arguments) == "allow rule r", "\(arguments)") }
    for arguments in row.fails { #expect(try policy.outcome("read_file", arguments) == "deny default", "\(arguments)") }
  }
}

extension MatcherRow {
  /// Another part of the matcher may say no of a value that one part cannot read: then the condition is false.
  var isNegativeInPart: Bool { matcher.contains("type") || matcher.contains("fields") || matcher.contains("any") }
}
