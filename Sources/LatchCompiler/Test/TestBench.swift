package import LatchPolicy
import LatchSource

/// A project's tests, and the policies of its upstreams that decide them as the proxy would on this machine.
package struct TestBench: Sendable {
  package let bundle: Bundle
  package let tests: [PolicyTest]
  let paths: ProjectPaths
  private let policies: [String: Policy]

  /// `bundle` is what `checked` was lowered to.
  package init(_ checked: CheckedModel, _ bundle: Bundle, paths: ProjectPaths) throws(BundleError) {
    self.bundle = bundle
    self.paths = paths
    tests = checked.model.tests.compactMap {
      PolicyTest($0, limits: bundle.guarding.limits, paths: paths)
    }
    // Upstreams that are off are in no bundle.
    let named = Set(tests.map(\.upstream))
    var policies: [String: Policy] = [:]
    for upstream in bundle.upstreams where named.contains(upstream.name) {
      policies[upstream.name] = try Policy(bundle, upstream: upstream.name, paths: paths)
    }
    self.policies = policies
  }

  /// Every test's result, in the order of the files.
  package func run() -> [TestResult] { tests.map(result) }

  private func result(of test: PolicyTest) -> TestResult {
    guard let policy = policies[test.upstream] else { return TestResult(test: test, decision: nil, entries: []) }
    if let refusal = test.refusal { return TestResult(test: test, decision: refusal, entries: []) }
    let traced = policy.trace(test.call)
    return TestResult(test: test, decision: traced.decision, entries: traced.entries)
  }
}
