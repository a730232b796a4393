import LatchAutomata
import LatchJSON
import LatchPolicy

/// Numbers that are the same in every run (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  mutating func one(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  mutating func many<Element>(_ count: ClosedRange<Int>, _ make: (inout Dice) -> Element) -> [Element] {
    (0..<Int.random(in: count, using: &self)).map { _ in make(&self) }
  }
}

/// Small policies in which everything happens often.
struct RandomPolicy {
  static let clients = ["claude-code", "cursor"]
  static let values: [JSONValue] = [
    .string("a"), .string("ab"), .string("b/c"), .string(""), .number("1"), .number("1.0"), .null, .bool(true),
    .array([.string("a")]), .object([.init("s", .string("a"))]), .string("latch.yaml"),
  ]

  private static let patterns = ["a*", "b/*", "{a,ab}", "**"]

  static let automata: [Bundle.NamedAutomaton] = patterns.compactMap { try? Automaton.glob($0) }
    .map { Bundle.NamedAutomaton($0) }.sorted { $0.digest < $1.digest }

  static func bundle(_ dice: inout Dice) -> Bundle {
    let rules = (0..<Int.random(in: 1...7, using: &dice)).map { number in
      RuleText(id: "\(dice.pick(["a", "k", "x"]))-\(number)", isGuardrail: dice.one(in: 4), reason: "because")
    }.sorted { $0.id < $1.id }
    let atoms = dice.many(1...6) { dice in atom(&dice) }
    let tools = ["one", "two"].map { name in
      ToolPolicy(
        name: name, inferredClass: .execute, effectiveClass: dice.pick(ActionClass.allCases),
        inputSchema: dice.pick(schemas), checksSchema: !dice.one(in: 8), hidden: dice.one(in: 20),
        candidates: candidates(rules, atoms.count, &dice))
    }
    let upstream = UpstreamPolicy(
      name: "u", launch: .stdio(command: "x", arguments: [], environment: [], directory: nil, inherit: []),
      tools: tools,
      unknownTool: candidates(rules, atoms.count, &dice), atoms: atoms)
    return Bundle(
      name: "random", guarding: guarding(&dice), upstreams: [upstream], automata: automata, rules: rules,
      provenance: Provenance(compiler: "test"))
  }

  static func arguments(_ dice: inout Dice) -> JSONValue? {
    if dice.one(in: 12) { return dice.pick([nil, .null, .array([])]) }
    var names: [String] = ["p", "q", "r", "l"].filter { _ in dice.one(in: 2) }
    if dice.one(in: 25) { names.append(dice.pick(["P", "other", "latch.yaml", "\u{212A}", "k"])) }
    if dice.one(in: 25) { names += ["k", "\u{212A}"] }
    return .object(names.map { JSONValue.Member($0, dice.pick(values)) })
  }

  private static let schemas: [JSONValue?] = [
    nil,
    .object([.init("type", .string("object"))]),
    .object([
      .init("type", .string("object")),
      .init(
        "properties",
        .object([
          .init("p", .object([.init("default", .string("ab"))])), .init("q", .object([.init("default", .null)])),
          .init("r", .object([.init("default", .object([.init("s", .string("a"))]))])), .init("l", .bool(true)),
        ])),
    ]),
    .object([
      .init("properties", .object([.init("p", .object([.init("type", .string("string"))]))])),
      .init("required", .array([.string("p")])),
    ]),
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
    guarding.protectSelf = !dice.one(in: 4)
    guarding.clients = clients
    guarding.protected = ProtectedPath.always
    return guarding
  }

  private static func atom(_ dice: inout Dice) -> Atom {
    let path = dice.pick([
      ArgumentPath([.name("p")]), ArgumentPath([.name("q")]), ArgumentPath([.name("r"), .name("s")]),
      ArgumentPath([.name("l"), .index(0)]),
    ])
    return dice.one(in: 2)
      ? Atom(path: path, matcher: .string(automaton: dice.pick(automata).digest))
      : Atom(path: path, matcher: .equals(dice.many(1...3) { dice in dice.pick(values) }))
  }

  static func candidates(_ rules: [RuleText], _ atomCount: Int, _ dice: inout Dice) -> [Candidate] {
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
      clients: clients, when: when, unless: unless, fallsThrough: dice.one(in: 5))
  }

  private static func condition(_ atomCount: Int, depth: Int, _ dice: inout Dice) -> Condition {
    if depth == 0 || dice.one(in: 2) { return .atom(Int.random(in: 0..<atomCount, using: &dice)) }
    let parts = dice.many(1...3) { dice in condition(atomCount, depth: depth - 1, &dice) }
    return dice.pick([.all(parts), .any(parts), .none(parts)])
  }
}
