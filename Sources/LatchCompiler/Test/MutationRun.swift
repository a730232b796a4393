package import LatchPolicy

/// What the tests of a project notice of changes to its rules.
package struct MutationRun: Sendable {
  package var total: Int
  /// The changes that no test notices, by rule.
  package var survivors: [Mutant]

  package var killed: Int { total - survivors.count }
}

extension TestBench {
  /// Runs the tests on every mutant until one fails. `results` are those of the policy itself, none of them a failure.
  ///
  /// Only tests of tools that the changed rule speaks of can notice, so no other is run.
  package func mutate(
    _ results: [TestResult], progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(BundleError) -> MutationRun {
    let targets = try self.targets(results)
    let mutants = RuleOutline.all(of: bundle).flatMap(\.mutants)
    var survivors: [Mutant] = []
    for (done, mutant) in mutants.enumerated() {
      progress(done, mutants.count)
      if try !isNoticed(mutant, by: targets) { survivors.append(mutant) }
    }
    return MutationRun(total: mutants.count, survivors: survivors)
  }

  /// The tools that tests call, sorted by what they are called.
  private func targets(_ results: [TestResult]) throws(BundleError) -> [MutationTarget] {
    let asked = results.filter { $0.status == .passed && $0.test.refusal == nil }
    var targets: [MutationTarget] = []
    for upstream in bundle.upstreams {
      let results = asked.filter { $0.test.upstream.utf8.elementsEqual(upstream.name.utf8) }
      guard !results.isEmpty else { continue }
      let variants = try PolicyVariants(bundle, upstream: upstream.name, paths: paths)
      let groups = Dictionary(grouping: results) { Array($0.test.call.tool.utf8) }
      targets += groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { MutationTarget($0.value, variants) }
    }
    return targets
  }

  /// Asks first where the rule has decided, since there the change shows most likely.
  private func isNoticed(_ mutant: Mutant, by targets: [MutationTarget]) throws(BundleError) -> Bool {
    for hasDecided in [true, false] {
      for target in targets where target.deciders.contains(mutant.rule) == hasDecided {
        if try target.notices(mutant) { return true }
      }
    }
    return false
  }
}

/// A tool that tests call, with all of those.
private struct MutationTarget {
  /// The rules that have decided a test.
  let deciders: Set<String>
  private let tool: String
  private let tests: [PolicyTest]
  private let variants: PolicyVariants
  private let candidates: [Candidate]
  private let rules: Set<Int>

  init(_ results: [TestResult], _ variants: PolicyVariants) {
    tests = results.map(\.test)
    tool = tests.first?.call.tool ?? ""
    deciders = Set(
      results.compactMap(\.decision).flatMap { decision in [decision.rule].compactMap(\.self) + decision.also })
    self.variants = variants
    candidates = variants.candidates(for: tool)
    rules = Set(candidates.map(\.rule))
  }

  func notices(_ mutant: Mutant) throws(BundleError) -> Bool {
    guard rules.contains(mutant.number) else { return false }
    var atoms = variants.atoms
    var changed: [Candidate] = []
    for candidate in candidates {
      if candidate.rule != mutant.number {
        changed.append(candidate)
      } else if let edited = candidate.applying(mutant.edit, asking: &atoms) {
        changed.append(edited)
      }
    }
    let policy = try variants.policy(deciding: tool, by: changed, asking: atoms)
    return tests.contains { !$0.expected.isMet(by: policy.decide($0.call)) }
  }
}
