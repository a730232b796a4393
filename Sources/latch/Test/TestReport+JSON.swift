import LatchCompiler
import LatchJSON
import LatchPolicy
import LatchSource

extension TestReport {
  /// The contract of `test --format json`.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("tests", .array(entries.map(\.json))), .init("passed", .count(count(.passed))),
      .init("failed", .count(count(.failed))), .init("skipped", .count(count(.skipped))),
    ]
    if let coverage { members.append(.init("coverage", json(coverage))) }
    if let mutation { members.append(.init("mutation", json(mutation))) }
    return .object(members)
  }

  private func json(_ coverage: Coverage) -> JSONValue {
    [
      "rules": .array(coverage.rules.map(json)), "decided": coverage.decided.json, "matchers": coverage.matched.json,
    ]
  }

  private func json(_ rule: Coverage.Rule) -> JSONValue {
    [
      "rule": .string(rule.id), "guardrail": .bool(rule.isGuardrail), "place": .text(shown(rule.place)),
      "decided": .count(rule.decided),
      "matchers": .array(
        rule.matchers.map { matcher in
          [
            "path": .string(matcher.path), "matcher": .string(matcher.name), "place": .text(shown(matcher.place)),
            "held": .count(matcher.held), "failed": .count(matcher.failed),
          ]
        }),
    ]
  }

  private func json(_ mutation: MutationRun) -> JSONValue {
    [
      "mutants": .count(mutation.total), "killed": .count(mutation.killed),
      "survivors": .array(
        mutation.survivors.map { mutant in
          [
            "rule": .string(mutant.rule), "guardrail": .bool(mutant.isGuardrail), "place": .text(shown(mutant.place)),
            "kind": .string(mutant.kind.rawValue), "change": .string(mutant.change),
          ]
        }),
    ]
  }
}

extension TestReport.Entry {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "file": .string(file), "line": .count(position.line), "column": .count(position.column),
      "status": .string(status.rawValue), "expected": expected.json, "found": found?.json ?? .null,
    ]
  }
}

extension Expectation {
  /// What the test says, and no more.
  fileprivate var json: JSONValue {
    let said = [("effect", effect?.rawValue), ("rule", rule), ("decided_by", decidedBy?.rawValue)]
    return .object(said.compactMap { name, value in value.map { JSONValue.Member(name, .string($0)) } })
  }
}

extension Share {
  fileprivate var json: JSONValue { ["count": .count(count), "of": .count(total), "percent": .count(percent)] }
}
