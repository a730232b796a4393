import LatchAutomata

/// One program asked about one call.
struct Judgement: ~Copyable {
  /// Which rules decide, and what they say.
  struct Rules {
    /// Positions in `Program.candidates` of the most specific rules of which one matches.
    var level: Range<Int>?
    var effect: Effect?
    /// Those that give it.
    var givers = Givers()
    /// The first conditional allow that speaks for the tool and does not hold.
    var spoke: Int32?

    /// Another rule of the level matches.
    fileprivate mutating func add(_ rule: PreparedCandidate) {
      if let effect, rule.effect < effect { return }
      if rule.effect != effect { givers = Givers() }
      effect = rule.effect
      givers.add(rule)
    }
  }

  /// Those that give one effect: the smallest id of each kind, and how many they are.
  struct Givers {
    private(set) var guardrail: Int32?
    private(set) var rule: Int32?
    private(set) var count = 0

    mutating func add(_ candidate: PreparedCandidate) {
      count += 1
      if candidate.isGuardrail {
        guardrail = min(guardrail ?? candidate.rule, candidate.rule)
      } else {
        rule = min(rule ?? candidate.rule, candidate.rule)
      }
    }
  }

  private let client: Int32?
  /// The name of a tool that the lock does not know.
  private let unknownTool: String?
  private let evaluation: Evaluation
  private var answers: Evaluation.Answers

  init(
    _ program: Program, _ arguments: consuming Arguments, client: Int32?, unknownTool: String?,
    links: LinkResolver? = nil
  ) {
    self.client = client
    self.unknownTool = unknownTool
    evaluation = Evaluation(program: program, arguments: arguments, links: links)
    answers = Evaluation.Answers(program)
  }

  var program: Program { evaluation.program }

  /// A question of a rule or guardrail that could apply, whose value cannot be read.
  mutating func unreadableQuestion() -> Question? {
    // By index: whoever walks an array itself retains it.
    for index in program.questions.indices {
      let question = program.questions[index]
      if !evaluation.isReadable(question, &answers) { return question }
    }
    guard !program.boundQuestions.isEmpty else { return nil }
    for candidate in program.candidates where !candidate.questions.isEmpty && applies(candidate) {
      for number in candidate.questions {
        let question = program.boundQuestions[Int(number)]
        if !evaluation.isReadable(question, &answers) { return question }
      }
    }
    return nil
  }

  /// What an agent is told of a question whose value cannot be read.
  func unreadable(_ question: Question) -> UnreadableValue { evaluation.unreadable(question) }

  /// The strictest of all guardrails that match; one that only sets a bound says nothing within it.
  mutating func guardrailEffect() -> Effect? {
    var strictest: Effect?
    for position in 0..<program.guardrailCount {
      let candidate = program.candidates[position]
      if !candidate.onlySetsBound, candidate.effect > strictest ?? .allow, matches(position) {
        strictest = candidate.effect
      }
    }
    return strictest
  }

  /// Walks the rules from the most specific down to the first level of which one matches.
  mutating func decidingLevel() -> Rules {
    var rules = Rules()
    var spokenNames: UInt8 = 0
    var position = program.guardrailCount
    while position < program.candidates.count {
      let rank = program.candidates[position].rank
      let start = position
      while position < program.candidates.count, program.candidates[position].rank == rank {
        let candidate = program.candidates[position]
        let isSilenced = rules.spoke != nil && candidate.effect == .allow && candidate.names < spokenNames
        if !isSilenced, applies(candidate) {
          if holds(candidate) {
            rules.add(candidate)
          } else if candidate.speaksForItsTools, rules.spoke == nil {
            rules.spoke = candidate.rule
            spokenNames = candidate.names
          }
        }
        position += 1
      }
      if rules.effect != nil {
        rules.level = start..<position
        return rules
      }
    }
    return rules
  }

  /// All guardrails that match and give the effect, and the rules that decide if they give it.
  mutating func givers(of effect: Effect, _ rules: Rules) -> Givers {
    var givers = rules.effect == effect ? rules.givers : Givers()
    for position in 0..<program.guardrailCount {
      let candidate = program.candidates[position]
      if candidate.effect == effect, !candidate.onlySetsBound, matches(position) { givers.add(candidate) }
    }
    return givers
  }

  /// All guardrails that match and give the effect, in order of ids.
  mutating func guardrails(giving effect: Effect) -> [Int32] { all(0..<program.guardrailCount, giving: effect) }

  /// All rules that decide, in order of ids.
  mutating func deciding(_ rules: Rules) -> [Int32] {
    rules.effect.map { all(rules.level ?? 0..<0, giving: $0) } ?? []
  }

  private mutating func all(_ range: Range<Int>, giving effect: Effect) -> [Int32] {
    var numbers: [Int32] = []
    for position in range {
      let candidate = program.candidates[position]
      if candidate.effect == effect, !candidate.onlySetsBound, matches(position) { numbers.append(candidate.rule) }
    }
    return numbers.sorted()
  }

  mutating func matches(_ position: Int) -> Bool {
    let candidate = program.candidates[position]
    return applies(candidate) && holds(candidate)
  }
}

// MARK: What is owed

extension Judgement {
  /// Every guardrail that matches and has a limit, and the deciding rules that have one.
  mutating func eachLimited(_ rules: Rules, _ body: (PreparedCandidate) -> Void) {
    guard program.hasLimits else { return }
    let deciding = deciding(rules)
    for (position, candidate) in program.candidates.enumerated() where candidate.limit != nil {
      let isInLevel = rules.level?.contains(position) == true
      let counts = candidate.isGuardrail ? matches(position) : isInLevel && deciding.contains(candidate.rule)
      if counts { body(candidate) }
    }
  }

  /// What satisfies all who ask for an approval; `terms` for those that do not say.
  mutating func terms(_ rules: Rules, otherwise terms: ApprovalTerms) -> ApprovalTerms {
    let asking = guardrails(giving: .requireApproval) + (rules.effect == .requireApproval ? deciding(rules) : [])
    let wanted = program.candidates.filter { asking.contains($0.rule) }.map { program.terms(of: $0) ?? terms }
    guard let first = wanted.first else { return terms }
    return wanted.dropFirst().reduce(first) { $0.joined(with: $1) }
  }

  /// Whether the rules allow and each of those that decide reads a path: where one does not, the call is allowed
  /// whatever a path leads to.
  mutating func restsOnPaths(_ rules: Rules) -> Bool {
    guard program.readsPaths, rules.effect == .allow else { return false }
    for position in rules.level ?? 0..<0 where !program.candidates[position].readsPath {
      if program.candidates[position].effect == .allow, matches(position) { return false }
    }
    return true
  }
}

extension Judgement {
  /// Whether a rule or guardrail that could apply denies or asks because of where a path leads.
  func forbidsPaths() -> Bool {
    program.readsPaths && program.candidates.contains { $0.effect != .allow && $0.readsPath && applies($0) }
  }

  /// Whether the candidate is about this client, and about a tool that the lock does not know. For an unknown client an
  /// allow is not, and all else is.
  func applies(_ candidate: PreparedCandidate) -> Bool {
    if let unknownTool, !isAbout(unknownTool, candidate) { return false }
    guard let range = candidate.clients else { return true }
    guard let client else { return candidate.effect != .allow }
    return program.clients[Int(range.lowerBound)..<Int(range.upperBound)].contains(client)
  }

  private func isAbout(_ tool: String, _ candidate: PreparedCandidate) -> Bool {
    let isNamed = candidate.tools.map { names(tool, among: $0) } ?? true
    return isNamed && !names(tool, among: candidate.otherTools)
  }

  private func names(_ tool: String, among range: Range<Int32>) -> Bool {
    program.toolPatterns[Int(range.lowerBound)..<Int(range.upperBound)].contains { pattern in
      NameGlob.matches(pattern: pattern, name: tool)
    }
  }

  /// Whether `when` holds and `unless` does not; where that cannot be read, doubt is on the strict side.
  mutating func holds(_ candidate: PreparedCandidate) -> Bool {
    guard candidate.isConditional else { return true }
    let truth = truth(of: candidate)
    return candidate.effect == .allow ? truth == .yes : truth != .no
  }

  mutating func truth(of candidate: PreparedCandidate) -> Truth {
    let when = evaluation.truth(at: candidate.when, &answers)
    if when == .no || candidate.unless < 0 { return when }
    return when.and(evaluation.truth(at: candidate.unless, &answers).negated)
  }

  mutating func truth(ofAtom number: Int32) -> Truth { evaluation.truth(ofAtom: Int(number), &answers) }
}
