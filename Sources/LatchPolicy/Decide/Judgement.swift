/// One program asked about one call.
struct Judgement {
  /// Which rules decide, and what they say.
  struct Rules {
    /// Positions in `Program.candidates` of the most specific rules of which one matches.
    var level: Range<Int>?
    var effect: Effect?
    /// The first conditional allow that speaks for the tool and does not hold.
    var spoke: Int32?
  }

  /// Rules that give one effect, each list in order of ids.
  struct Givers {
    var guardrails: [Int32] = []
    var rules: [Int32] = []
  }

  private let program: Program
  private let client: Int32?
  private var evaluation: Evaluation

  init(_ program: Program, _ arguments: Arguments, client: Int32?) {
    self.program = program
    self.client = client
    evaluation = Evaluation(arguments, program)
  }

  /// A question of a rule or guardrail that could apply, whose value cannot be read.
  mutating func unreadableQuestion() -> Question? {
    for question in program.questions where !evaluation.isReadable(question, in: program) { return question }
    guard !program.boundQuestions.isEmpty else { return nil }
    for candidate in program.candidates where !candidate.questions.isEmpty && applies(candidate) {
      for number in candidate.questions {
        let question = program.boundQuestions[Int(number)]
        if !evaluation.isReadable(question, in: program) { return question }
      }
    }
    return nil
  }

  /// The strictest of all guardrails that match.
  mutating func guardrailEffect() -> Effect? {
    var strictest: Effect?
    for position in 0..<program.guardrailCount
    where program.candidates[position].effect > strictest ?? .allow && matches(position) {
      strictest = program.candidates[position].effect
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
            rules.effect = max(rules.effect, candidate.effect)
          } else if candidate.effect == .allow, candidate.isConditional, !candidate.fallsThrough, rules.spoke == nil {
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

  /// All guardrails that match and give the effect, and the rules of the deciding level that do.
  mutating func givers(of effect: Effect, in level: Range<Int>?) -> Givers {
    var givers = Givers()
    for position in 0..<program.guardrailCount
    where program.candidates[position].effect == effect && matches(position) {
      givers.guardrails.append(program.candidates[position].rule)
    }
    for position in level ?? 0..<0 where program.candidates[position].effect == effect && matches(position) {
      givers.rules.append(program.candidates[position].rule)
    }
    // A level is in order of ids already; guardrails stand by specificity.
    if givers.guardrails.count > 1 { givers.guardrails.sort() }
    return givers
  }

  private mutating func matches(_ position: Int) -> Bool {
    let candidate = program.candidates[position]
    return applies(candidate) && holds(candidate)
  }
}

extension Judgement {
  /// Whether the candidate is about this client. For an unknown one an allow is not, and all else is.
  func applies(_ candidate: PreparedCandidate) -> Bool {
    guard let range = candidate.clients else { return true }
    guard let client else { return candidate.effect != .allow }
    return program.clients[Int(range.lowerBound)..<Int(range.upperBound)].contains(client)
  }

  /// Whether `when` holds and `unless` does not; where that cannot be read, doubt is on the strict side.
  mutating func holds(_ candidate: PreparedCandidate) -> Bool {
    guard candidate.isConditional else { return true }
    let truth = truth(of: candidate)
    return candidate.effect == .allow ? truth == .yes : truth != .no
  }

  mutating func truth(of candidate: PreparedCandidate) -> Truth {
    let when = evaluation.truth(at: candidate.when, in: program)
    if when == .no || candidate.unless < 0 { return when }
    return when.and(evaluation.truth(at: candidate.unless, in: program).negated)
  }

  mutating func truth(ofAtom number: Int32) -> Truth { evaluation.truth(ofAtom: Int(number), in: program) }
}
