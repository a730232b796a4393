import LatchCompiler
import LatchPolicy

extension TestReport {
  /// A line for each test that failed, with the way to its decision, and a summary; then what else was asked for.
  var text: String {
    let failures = entries.filter { $0.status == .failed }.flatMap(\.failureLines)
    let parts = [failures.joined(separator: "\n"), summary, coverage.map(text) ?? "", mutation.map(text) ?? ""]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var summary: String {
    if entries.isEmpty { return "there are no tests" }
    return "\(count(.passed)) passed, \(count(.failed)) failed, \(count(.skipped)) skipped"
  }
}

extension TestReport.Entry {
  fileprivate var failureLines: [String] {
    (["\(place): failed: \(name): \(failure)"] + explanation.map { "  \($0)" }).map(\.harmless)
  }

  /// The way to the decision; and where no rule has decided, why it is what it is.
  var explanation: [String] {
    guard let found else { return [] }
    return (found.decision.rule == nil ? ["  \(found.decision.reason)"] : []) + found.trace
  }

  /// What was expected and what came instead.
  var failure: String {
    guard let decision = found?.decision else { return "" }
    let at = foundPlace.map { " (\($0))" } ?? ""
    return "expected \(expected.words), found \(decision.effect.rawValue) by \(decision.origin)\(at)\(hint)"
  }

  /// The rule was right and another one is named before it.
  private var hint: String {
    guard let rule = expected.rule, let also = found?.decision.also,
      also.contains(where: { $0.utf8.elementsEqual(rule.utf8) })
    else { return "" }
    return "; `\(rule)` says so too, but the smallest id is the one that counts"
  }
}

extension Expectation {
  fileprivate var words: String {
    let by = [decidedBy?.rawValue, rule.map { "`\($0)`" }].compactMap(\.self).joined(separator: " ")
    return [effect?.rawValue, by.isEmpty ? nil : "by \(by)"].compactMap(\.self).joined(separator: " ")
  }
}

// MARK: Coverage and mutants

extension TestReport {
  private func text(_ coverage: Coverage) -> String {
    let rows = coverage.rules.flatMap { rule in
      [[rule.id, times(rule.decided), "", "", shown(rule.place) ?? ""]]
        + rule.matchers.map { matcher in
          ["  \(matcher.text)", "", times(matcher.held), times(matcher.failed), shown(matcher.place) ?? ""]
        }
    }
    let shares = [
      "\(coverage.decided.words("rules")) decided a test",
      "\(coverage.matched.words("matchers")) held and failed",
    ]
    if rows.isEmpty { return "there are no rules" }
    return "\n" + table(["RULE", "DECIDED", "HELD", "FAILED", "PLACE"], rows) + shares.joined(separator: "; ")
  }

  private func times(_ count: Int) -> String { count == 0 ? "never" : "\(count)" }

  private func text(_ mutation: MutationRun) -> String {
    let lines = mutation.survivors.map { mutant in
      let kind = mutant.isGuardrail ? "guardrail" : "rule"
      let place = shown(mutant.place).map { "\($0): " } ?? ""
      return "\(place)not noticed: \(kind) `\(mutant.rule)`: \(mutant.change)".harmless
    }
    return ([""] + lines + ["killed \(mutation.killed) of \(mutation.total) mutants"]).joined(separator: "\n")
  }
}

extension Coverage.Matcher {
  var text: String { path.isEmpty ? name : "\(path) \(name)" }
}

extension Share {
  fileprivate func words(_ noun: String) -> String { "\(count) of \(total) \(noun) (\(percent)%)" }
}
