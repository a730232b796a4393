import LatchJSON
import LatchPolicy
import Testing

@Suite struct ReferenceTests {
  @Test func decideAgreesWithTheTextOfTheLanguage() throws {
    var dice = Dice(seed: 2)
    var seen: Set<Decision.DecidedBy> = []
    for round in 0..<1500 {
      let bundle = RandomPolicy.bundle(&dice)
      let policy = try Policy(
        bundle, upstream: "u", paths: ProjectPaths(projects: ["/srv/project"], homes: ["/home/u"]))
      let reference = ReferencePolicy(bundle: bundle, upstream: bundle.upstreams[0])
      for _ in 0..<20 {
        let tool = dice.pick(["one", "two", "two", "three"])
        let arguments = RandomPolicy.arguments(&dice)
        let client = dice.pick([nil, "cursor", "claude-code", "unheard-of"])
        let changed = dice.one(in: 15)
        let call = Call(
          tool: tool, arguments: arguments?.document(), client: client, definition: changed ? .changed : .asLocked)
        let decision = policy.decide(call)
        let found = ReferenceDecision(
          effect: decision.effect, decidedBy: decision.decidedBy, rule: decision.rule, also: decision.also)
        let wanted = reference.decide(tool: tool, arguments: arguments, client: client, changed: changed)
        seen.insert(found.decidedBy)
        if found != wanted {
          Issue.record("round \(round), \(call.tool), \(String(describing: arguments)): \(found) for \(wanted)")
          return
        }
      }
    }
    #expect(seen == Set(Decision.DecidedBy.allCases))
  }

  @Test func aPolicyReadFromItsBundleDecidesAsTheOneItWasWrittenFrom() throws {
    var dice = Dice(seed: 3)
    for _ in 0..<100 {
      let bundle = RandomPolicy.bundle(&dice)
      let written = try Policy(bundle, upstream: "u")
      let read = try Policy(try Bundle.read(try bundle.encoded(), upstream: "u"), upstream: "u")
      for _ in 0..<20 {
        let call = Call(tool: dice.pick(["one", "two"]), arguments: RandomPolicy.arguments(&dice)?.document())
        #expect(read.decide(call) == written.decide(call))
      }
    }
  }
}
