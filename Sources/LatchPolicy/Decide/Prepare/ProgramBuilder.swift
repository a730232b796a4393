import LatchAutomata
import LatchJSON

/// Lays the candidates of one tool out as a `Program`.
struct ProgramBuilder {
  private var program = Program()
  private var atomNumbers: [Int: Int32] = [:]
  private var pathNumbers: [ArgumentPath: Int32] = [:]
  private let atoms: [Atom]
  private let automata: [String: Automaton]
  private let clientNumbers: [[UInt8]: Int32]
  private let schema: JSONValue?

  init(atoms: [Atom], automata: [String: Automaton], clientNumbers: [[UInt8]: Int32], schema: JSONValue?) {
    self.atoms = atoms
    self.automata = automata
    self.clientNumbers = clientNumbers
    self.schema = schema
  }

  consuming func program(of candidates: [Candidate]) throws(BundleError) -> Program {
    let sorted = candidates.sorted { left, right in
      if left.isGuardrail != right.isGuardrail { return left.isGuardrail }
      return left.specificity == right.specificity
        ? left.rule < right.rule : right.specificity < left.specificity
    }
    for candidate in sorted { try add(candidate) }
    program.guardrailCount = sorted.prefix { $0.isGuardrail }.count
    return program
  }

  private mutating func add(_ candidate: Candidate) throws(BundleError) {
    let start = Int32(program.expressions.count)
    let when = try add(candidate.when)
    let unless = try add(candidate.unless)
    let questions = questions(from: Int(start))
    let bound = Int32(program.boundQuestions.count)
    if candidate.clients == nil {
      for question in questions where !program.questions.contains(question) { program.questions.append(question) }
    } else {
      program.boundQuestions += questions
    }
    program.candidates.append(
      PreparedCandidate(
        rule: Int32(candidate.rule), effect: candidate.effect, isGuardrail: candidate.isGuardrail,
        isConditional: candidate.isConditional, fallsThrough: candidate.fallsThrough, rank: candidate.specificity.rank,
        names: candidate.specificity.names, clients: add(clients: candidate.clients), when: when, unless: unless,
        questions: bound..<Int32(program.boundQuestions.count)))
  }

  private mutating func add(clients: [String]?) -> Range<Int32>? {
    guard let clients else { return nil }
    let start = Int32(program.clients.count)
    program.clients += clients.compactMap { clientNumbers[Array($0.utf8)] }
    return start..<Int32(program.clients.count)
  }

  /// What the atoms in the expressions from `start` on read.
  private func questions(from start: Int) -> [Question] {
    var questions: [Question] = []
    for node in program.expressions[start...] where node.join == .atom {
      let atom = program.atoms[Int(node.atom)]
      let question = Question(path: atom.path, needsString: atom.needsString)
      if !questions.contains(question) { questions.append(question) }
    }
    return questions
  }

  private mutating func add(_ condition: Condition?) throws(BundleError) -> Int32 {
    guard let condition else { return -1 }
    let position = program.expressions.count
    switch condition {
    case .atom(let number):
      program.expressions.append(ExpressionNode(join: .atom, atom: try atom(number), end: 0))
    case .all(let parts): try add(.all, parts)
    case .any(let parts): try add(.any, parts)
    case .none(let parts): try add(.none, parts)
    }
    program.expressions[position].end = Int32(program.expressions.count)
    return Int32(position)
  }

  private mutating func add(_ join: ExpressionNode.Join, _ parts: [Condition]) throws(BundleError) {
    program.expressions.append(ExpressionNode(join: join, atom: -1, end: 0))
    for part in parts { _ = try add(part) }
  }

  private mutating func atom(_ number: Int) throws(BundleError) -> Int32 {
    if let known = atomNumbers[number] { return known }
    guard atoms.indices.contains(number) else { throw .malformed(line: "upstream", "atom \(number) is not there") }
    let atom = PreparedAtom(path: path(atoms[number].path), matcher: try matcher(atoms[number].matcher))
    program.atoms.append(atom)
    let position = Int32(program.atoms.count - 1)
    atomNumbers[number] = position
    return position
  }

  private func matcher(_ matcher: Matcher) throws(BundleError) -> PreparedAtom.Matcher {
    switch matcher {
    case .string(let digest, let name):
      guard let automaton = automata[digest] else {
        throw .malformed(line: "upstream", "automaton `\(digest)` is not there")
      }
      return .automaton(automaton, name)
    case .equals(let values):
      let strings = values.compactMap { if case .string(let text) = $0 { Array(text.utf8) } else { nil } }
      guard strings.count == values.count else { return .values(values.map { $0.document() }) }
      return .strings(strings.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  private mutating func path(_ path: ArgumentPath) -> Int32 {
    // Swift holds canonically equal names for one; bytes decide, so a name beyond ASCII is never shared.
    let isShared = path.steps.allSatisfy {
      if case .name(let name) = $0 { name.utf8.allSatisfy { $0 < 0x80 } } else { true }
    }
    if isShared, let known = pathNumbers[path] { return known }
    let steps = path.steps.map { step -> PreparedPath.Step in
      switch step {
      case .name(let name): .name(Array(name.utf8))
      case .index(let index): .index(index)
      }
    }
    program.paths.append(
      PreparedPath(steps: steps, defaults: schema.map { SchemaDefaults(schema: $0).values(for: steps) } ?? []))
    let position = Int32(program.paths.count - 1)
    if isShared { pathNumbers[path] = position }
    return position
  }
}
