import LatchAutomata
import LatchJSON
import LatchPolicy
import LatchTestSupport

/// Small bundles with every kind of matcher, in which everything happens often. The compiler would not make all of
/// them: what a bundle can hold is more than what can be written.
enum RandomBundle {
  static func bundle(_ dice: inout Dice) -> Bundle {
    let rules = (0..<Int.random(in: 1...7, using: &dice)).map { number in
      RuleText(id: "\(dice.pick(["a", "k", "x"]))-\(number)", isGuardrail: dice.one(in: 4), reason: "because")
    }.sorted { $0.id < $1.id }
    var atoms: [Atom] = []
    for number in 0..<Int.random(in: 1...6, using: &dice) { atoms.append(atom(numbered: number, &dice)) }
    let tools = ["one", "two"].map { name in
      ToolPolicy(
        name: name, inferredClass: .execute, effectiveClass: dice.pick(ActionClass.allCases),
        inputSchema: dice.pick(schemas), checksSchema: !dice.one(in: 8), hidden: dice.one(in: 20),
        candidates: candidates(rules, atoms.count, &dice))
    }
    let upstream = UpstreamPolicy(
      name: "u", launch: .stdio(command: "x", arguments: [], environment: [], directory: nil, inherit: []),
      tools: tools, unknownTool: candidates(rules, atoms.count, &dice), atoms: atoms)
    return Bundle(
      name: "random", guarding: guarding(&dice), upstreams: [upstream], automata: automata, rules: rules,
      provenance: Provenance(compiler: "test"))
  }

  static func arguments(_ dice: inout Dice) -> JSONValue? {
    if dice.one(in: 12) { return dice.pick([nil, .null, .array([])]) }
    let names: [String] = ["p", "q", "r", "l"].filter { _ in dice.one(in: 2) }
    return .object(names.map { JSONValue.Member($0, dice.pick(values)) })
  }

  // MARK: What they are made of

  private static let clients = ["claude-code", "cursor"]

  private static let values: [JSONValue] = [
    .string("a"), .string("/srv/a"), .string("https://example.com/"), .string("a@example.com"), .number("1"),
    .number("1.0"), .null, .bool(true), .array([.string("a")]), .object([.init("s", .string("a"))]),
  ]

  private static let automata: [Bundle.NamedAutomaton] = ["a*", "/srv/**", "{a,ab}", "**"]
    .compactMap { try? Automaton.glob($0) }.map { Bundle.NamedAutomaton($0) }.sorted { $0.digest < $1.digest }

  /// Members stand in order, as they are when they are read again.
  private static let schemas: [JSONValue?] = [
    nil, ["type": "object"],
    ["properties": ["l": true, "p": ["default": "a"], "q": ["default": .null], "r": true], "type": "object"],
  ]

  private static func guarding(_ dice: inout Dice) -> Guard {
    var guarding = Guard()
    guarding.effect = dice.pick(Effect.allCases)
    guarding.classes = ActionClass.allCases.filter { _ in dice.one(in: 3) }.map {
      .init($0, dice.pick(Effect.allCases))
    }
    guarding.unknownTool = dice.pick(Guard.Floor.allCases)
    guarding.changedTool = dice.pick(Guard.Floor.allCases)
    guarding.unreadableArgument = dice.pick(Guard.Floor.allCases)
    guarding.extraArguments = dice.pick(Guard.Strictness.allCases)
    guarding.invalidArguments = dice.pick(Guard.Strictness.allCases)
    guarding.approvalKeys = ["Ann", "a-b", "bob"].filter { _ in dice.one(in: 3) }.map { name in
      .init(name: name, publicKey: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &dice) })
    }
    guarding.protectSelf = !dice.one(in: 4)
    guarding.observe = dice.one(in: 4)
    guarding.audit = AuditTerms(
      arguments: dice.pick(AuditTerms.Arguments.allCases), durability: dice.pick(AuditTerms.Durability.allCases))
    guarding.clients = clients
    guarding.protected = ProtectedPath.always
    return guarding
  }

  private static func atom(numbered number: Int, _ dice: inout Dice) -> Atom {
    let path = dice.pick([
      ArgumentPath([.name("p")]), ArgumentPath([.name("q")]), ArgumentPath([.name("r"), .name("s")]),
      ArgumentPath([.name("l"), .index(0)]),
    ])
    let tolerated = dice.one(in: 3) ? [dice.pick(JSONType.allCases)] : []
    return Atom(path: path, matcher: matcher(numbered: number, &dice), tolerated: tolerated)
  }

  private static func matcher(numbered number: Int, _ dice: inout Dice) -> Matcher {
    let kind = dice.pick(TextMatcher.allCases)
    return dice.pick([
      .equals(dice.many(1...3) { dice in dice.pick(values) }), .port([80, 443]), .addresses(["10.0.0.0/8"]),
      .text(
        kind, automaton: dice.pick(automata).digest, base: kind.readsPath ? dice.pick(PathBase.allCases) : .none,
        isFolded: kind.readsPath && dice.one(in: 2)),
      .bound(dice.pick(Bound.allCases), "1.5"), .length(min: 1, max: dice.pick([nil, 2])),
      .type([dice.pick(JSONType.allCases)]), .present(dice.one(in: 2)), .object,
      // An atom asks of elements only what stands before it.
      number == 0 ? .object : .elements(dice.pick(Quantifier.allCases), condition(number, depth: 1, &dice)),
    ])
  }

  private static func candidates(_ rules: [RuleText], _ atomCount: Int, _ dice: inout Dice) -> [Candidate] {
    let candidates = rules.indices.filter { _ in !dice.one(in: 4) }.map { rule in
      candidate(rule, rules[rule].isGuardrail, atomCount, &dice)
    }
    return candidates.filter(\.isGuardrail)
      + candidates.filter { !$0.isGuardrail }.sorted { $1.specificity < $0.specificity }
  }

  private static func candidate(_ rule: Int, _ isGuardrail: Bool, _ atomCount: Int, _ dice: inout Dice) -> Candidate {
    let when = dice.one(in: 2) ? condition(atomCount, depth: 2, &dice) : nil
    let unless = dice.one(in: 4) ? condition(atomCount, depth: 1, &dice) : nil
    let clients = dice.one(in: 4) ? dice.pick([["cursor"], ["claude-code"], clients]) : nil
    return Candidate(
      rule: rule, isGuardrail: isGuardrail,
      effect: dice.pick(isGuardrail ? [.deny, .requireApproval] : Effect.allCases),
      specificity: Specificity(
        tool: dice.pick([0, 1, 2]), upstream: dice.pick([0, 2]), condition: when == nil && unless == nil ? 0 : 1,
        actionClass: dice.pick([0, 1]), client: clients == nil ? 0 : 1),
      clients: clients, when: when, unless: unless, fallsThrough: dice.one(in: 5),
      limit: dice.one(in: 4) ? CallLimit(calls: 3, window: 60_000, scope: .client) : nil,
      approval: dice.one(in: 4) ? ApprovalTerms(ways: [.key], timeout: 1000, lease: dice.pick([nil, 5000])) : nil)
  }

  private static func condition(_ atomCount: Int, depth: Int, _ dice: inout Dice) -> Condition {
    if depth == 0 || dice.one(in: 2) { return .atom(Int.random(in: 0..<atomCount, using: &dice)) }
    let parts = dice.many(1...3) { dice in condition(atomCount, depth: depth - 1, &dice) }
    return dice.pick([.all(parts), .any(parts), .none(parts)])
  }
}
