package import LatchPolicy
package import LatchSource

/// A test of a policy with its call made ready.
package struct PolicyTest: Sendable {
  package var name: Spanned<String>
  package var upstream: String
  package var call: Call
  package var expected: Expectation
  /// Set where the proxy would refuse the call before it asks a policy.
  var refusal: Decision?

  /// nil for what the checks have refused.
  init?(_ declaration: TestDeclaration, limits: Guard.Limits, paths: ProjectPaths) {
    guard let upstream = declaration.upstream?.value, let tool = declaration.tool?.value else { return nil }
    name = declaration.name
    self.upstream = upstream
    expected = Expectation(
      effect: declaration.effect?.value, rule: declaration.rule?.value, decidedBy: declaration.decidedBy?.value)
    let arguments = declaration.arguments.map { TestArguments($0.value.standing(in: paths), limits: limits) }
    refusal = arguments?.refusal
    call = Call(tool: tool, arguments: arguments?.document, client: declaration.client?.value)
  }
}

/// What must come of a call; what is not said may be anything.
package struct Expectation: Sendable, Equatable {
  package var effect: Effect?
  package var rule: String?
  package var decidedBy: Decision.DecidedBy?

  package init(effect: Effect? = nil, rule: String? = nil, decidedBy: Decision.DecidedBy? = nil) {
    self.effect = effect
    self.rule = rule
    self.decidedBy = decidedBy
  }

  package func isMet(by decision: Decision) -> Bool {
    if let effect, effect != decision.effect { return false }
    if let decidedBy, decidedBy != decision.decidedBy { return false }
    guard let rule else { return true }
    return decision.rule?.utf8.elementsEqual(rule.utf8) == true
  }
}

/// One test and what came of it.
package struct TestResult: Sendable {
  package enum Status: String, Sendable { case passed, failed, skipped }

  package var test: PolicyTest
  /// nil where the test's upstream is off, so that nothing decides about it.
  package var decision: Decision?
  package var entries: [TraceEntry]

  package var status: Status {
    guard let decision else { return .skipped }
    return test.expected.isMet(by: decision) ? .passed : .failed
  }
}
