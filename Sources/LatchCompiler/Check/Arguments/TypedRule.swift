/// A rule with a condition.
struct TypedRule: Sendable {
  let rule: Rule
  let when: TypedCondition?
  let unless: TypedCondition?
  /// The tools that its conditions are about; empty where not all are known.
  let tools: [TypedTool]

  /// Every question, in the order of the file.
  var tests: [TypedTest] { (when?.tests ?? []) + (unless?.tests ?? []) }
}

struct TypedTool: Sendable {
  let name: String
  /// Whether the rule gives its very name.
  let isNamed: Bool
  /// What the tools of the project are numbered by.
  let number: Int
}
