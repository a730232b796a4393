import LatchCompiler
import LatchPolicy
import LatchTestSupport

/// Policies and calls made of one seed, each decided twice.
struct Comparison: Sendable {
  private(set) var coverage = Coverage()
  private(set) var disagreement: Disagreement?
  /// What the compiler refused and should not have.
  private(set) var refusal: String?
  private var dice: Dice

  /// Mistakes that a generated policy may have: an argument that no tool has, a matcher of which the argument's type
  /// makes nothing. All else is the printer's fault, or the compiler's.
  private static let usual: Set<String> = ["L2101", "L3102", "L3103"]

  init(seed: UInt64) { dice = Dice(seed: seed) }

  /// Goes on until as many policies are compared, or something is wrong.
  mutating func run(policies: Int, callsEach: Int) throws {
    while coverage.policies < policies, disagreement == nil, refusal == nil {
      let model = dice.policy()
      let seed = dice.next()
      let places = dice.one(in: 6) ? PlacesModel(projects: ["/srv/project"], homes: []) : .usual
      do {
        let compiled = try CompiledPolicy(model, seed: seed, places: places)
        compare(compiled, seed: seed, places, calls: callsEach)
      } catch let error as CompiledPolicy.Refusal {
        coverage.refused += 1
        if !error.codes.isSubset(of: Self.usual) { refusal = "seed \(seed)\n\(error.report)" }
      }
    }
  }

  private mutating func compare(_ compiled: CompiledPolicy, seed: UInt64, _ places: PlacesModel, calls: Int) {
    coverage.policies += 1
    for file in [compiled.files.root] + compiled.files.included {
      coverage.add(text: String(decoding: file.bytes, as: UTF8.self))
    }
    for number in 0..<calls {
      let (upstream, policy) = compiled.policies[number % compiled.policies.count]
      let call = dice.call(of: upstream)
      let found = Verdict(policy, call)
      let wanted = Reference(policy: compiled.model, upstream: upstream, places: places).verdict(on: call)
      coverage.add(wanted)
      guard found != wanted else { continue }
      disagreement = Disagreement(
        model: compiled.model, seed: seed, places: places, upstream: upstream.name, call: call)
      return
    }
  }
}
