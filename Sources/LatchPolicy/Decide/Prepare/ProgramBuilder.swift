import LatchAutomata
import LatchJSON

/// Lays the candidates of one tool out as a `Program`.
struct ProgramBuilder: ~Copyable {
  private var program = ProgramLayout()
  private var atomNumbers: [AtomKey: Int32] = [:]
  /// Of unknown tools, by rule.
  private var names: [Int: [String]] = [:]
  private var pathNumbers: [PathKey: Int32] = [:]
  private let atoms: AtomSource
  private let clientNumbers: [[UInt8]: Int32]
  private let schema: JSONValue?

  /// How many atoms have been made ready that stand inside arrays, and how many may be.
  private var innerAtoms = 0
  private static let mostInnerAtoms = 4096

  /// An atom inside `any` or `all` is another one for each array.
  private struct AtomKey: Hashable {
    var number: Int
    var array: Int32?
  }

  private struct PathKey: Hashable {
    var path: ArgumentPath
    var array: Int32?
  }

  init(atoms: AtomSource, clientNumbers: [[UInt8]: Int32], schema: JSONValue?) {
    self.atoms = atoms
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
    program.hasLimits = sorted.contains { $0.limit != nil }
    program.readsPaths = program.candidates.contains { $0.readsPath }
    return Program(program)
  }

  private mutating func add(_ candidate: Candidate) throws(BundleError) {
    let when = try add(candidate.when)
    let unless = try add(candidate.unless)
    let asked = [when, unless].filter { $0 >= 0 }.flatMap { program.expressions.atoms(of: $0) }
    let questions = questions(of: asked)
    let bound = Int32(program.boundQuestions.count)
    if candidate.clients == nil && candidate.tools == nil {
      program.questions.add(questions)
    } else {
      program.boundQuestions += questions
    }
    program.candidates.append(
      PreparedCandidate(
        rule: Int32(candidate.rule), effect: candidate.effect, isGuardrail: candidate.isGuardrail,
        isConditional: candidate.isConditional, fallsThrough: candidate.fallsThrough, rank: candidate.specificity.rank,
        names: candidate.specificity.names, tools: candidate.tools.map { add(tools: $0) },
        otherTools: add(tools: namesBefore(candidate)), clients: add(clients: candidate.clients), when: when,
        unless: unless,
        questions: bound..<Int32(program.boundQuestions.count),
        readsPath: asked.contains { program.atoms[Int($0)].readsPath }, limit: candidate.limit,
        terms: add(candidate.approval)))
  }

  private mutating func add(_ terms: ApprovalTerms?) -> Int32 {
    guard let terms else { return -1 }
    program.terms.append(terms)
    return Int32(program.terms.count - 1)
  }

  private mutating func add(tools: [String]) -> Range<Int32> {
    let start = Int32(program.toolPatterns.count)
    program.toolPatterns += tools
    return start..<Int32(program.toolPatterns.count)
  }

  /// The names for which the same rule has been added already.
  private mutating func namesBefore(_ candidate: Candidate) -> [String] {
    let before = names[candidate.rule] ?? []
    if let tools = candidate.tools { names[candidate.rule] = before + tools }
    return before
  }

  private mutating func add(clients: [String]?) -> Range<Int32>? {
    guard let clients else { return nil }
    let start = Int32(program.clients.count)
    program.clients += clients.compactMap { clientNumbers[Array($0.utf8)] }
    return start..<Int32(program.clients.count)
  }

  /// What the atoms read, each form of each value once.
  private func questions(of atoms: [Int32]) -> [Question] {
    var questions: [Question] = []
    questions.add(atoms.compactMap { program.atoms[Int($0)].question(numbered: $0) })
    return questions
  }

  // MARK: Conditions

  /// Where the condition stands; its atoms are made first, so that its nodes stand together.
  private mutating func add(_ condition: Condition?, inside array: Int32? = nil) throws(BundleError) -> Int32 {
    guard let condition else { return -1 }
    for number in condition.atoms { _ = try atom(number, inside: array) }
    let position = Int32(program.expressions.count)
    try layOut(condition, inside: array)
    return position
  }

  private mutating func layOut(_ condition: Condition, inside array: Int32?) throws(BundleError) {
    let position = program.expressions.count
    switch condition {
    case .atom(let number):
      program.expressions.append(ExpressionNode(join: .atom, atom: try atom(number, inside: array), end: 0))
    case .all(let parts): try layOut(.all, parts, inside: array)
    case .any(let parts): try layOut(.any, parts, inside: array)
    case .none(let parts): try layOut(.none, parts, inside: array)
    }
    program.expressions[position].end = Int32(program.expressions.count)
  }

  private mutating func layOut(
    _ join: ExpressionNode.Join, _ parts: [Condition], inside array: Int32?
  ) throws(BundleError) {
    program.expressions.append(ExpressionNode(join: join, atom: -1, end: 0))
    for part in parts { try layOut(part, inside: array) }
  }

  // MARK: Atoms

  /// An atom of the upstream, made ready once for each array that it stands inside.
  private mutating func atom(_ number: Int, inside array: Int32?) throws(BundleError) -> Int32 {
    let key = AtomKey(number: number, array: array)
    if let known = atomNumbers[key] { return known }
    if array != nil { innerAtoms += 1 }
    let atom = try atoms[number]
    let path = atom.path.isAnywhere ? PreparedPath.anywhere : path(atom.path, inside: array)
    let matcher =
      if case .elements(let quantifier, let condition) = atom.matcher {
        try elements(quantifier, condition, of: path, numbered: number)
      } else {
        try atoms.prepared(atom.matcher)
      }
    let readsPath = readsPath(matcher)
    program.atoms.append(
      PreparedAtom(
        path: path, matcher: matcher, tolerated: TypeSet(atom.tolerated), name: atom.matcher.name,
        readsPath: readsPath))
    let position = Int32(program.atoms.count - 1)
    atomNumbers[key] = position
    return position
  }

  private mutating func elements(
    _ quantifier: Quantifier, _ condition: Condition, of path: Int32, numbered number: Int
  ) throws(BundleError) -> PreparedAtom.Matcher {
    // Atoms are numbered inner ones first, so that a bundle cannot send us in circles.
    guard path >= 0, condition.atoms.allSatisfy({ $0 < number }) else {
      throw .malformed(line: "upstream", "atom \(number) asks about elements of itself")
    }
    // No value lies deeper. An atom is made ready for each array that it stands inside, which can double at each depth.
    guard program.paths[Int(path)].fromTheTop.count < JSONLimits.greatestDepth, innerAtoms < Self.mostInnerAtoms else {
      throw .malformed(line: "upstream", "atom \(number) asks about elements of too many elements")
    }
    let position = try add(condition, inside: path)
    let questions = questions(of: program.expressions.atoms(of: position))
    let start = Int32(program.boundQuestions.count)
    program.boundQuestions += questions
    return .elements(quantifier, condition: position, questions: start..<Int32(program.boundQuestions.count))
  }

  private func readsPath(_ matcher: borrowing PreparedAtom.Matcher) -> Bool {
    switch matcher {
    case .path: true
    case .elements(_, let condition, _):
      program.expressions.atoms(of: condition).contains { program.atoms[Int($0)].readsPath }
    default: false
    }
  }

  // MARK: Paths

  private mutating func path(_ path: ArgumentPath, inside array: Int32?) -> Int32 {
    // Swift holds canonically equal names for one; bytes decide, so a name beyond ASCII is never shared.
    let isShared = path.steps.allSatisfy {
      if case .name(let name) = $0 { name.utf8.allSatisfy { $0 < 0x80 } } else { true }
    }
    let key = PathKey(path: path, array: array)
    if isShared, let known = pathNumbers[key] { return known }
    let steps = path.steps.map(PreparedPath.Step.init)
    let outer = array.map { program.paths[Int($0)].fromTheTop + [.index(0)] } ?? []
    program.paths.append(
      PreparedPath(steps: steps, fromTheTop: outer + steps, defaults: defaults(of: steps, behind: outer)))
    let position = Int32(program.paths.count - 1)
    if isShared { pathNumbers[key] = position }
    return position
  }

  private func defaults(of steps: [PreparedPath.Step], behind outer: [PreparedPath.Step]) -> [JSONDocument?] {
    guard let schema, !steps.isEmpty else { return [] }
    let values = SchemaDefaults(schema: schema).values(for: outer + steps)
    return values.isEmpty ? [] : Array(values.dropFirst(outer.count))
  }
}

extension Condition {
  /// The atoms in it, in its order.
  package var atoms: [Int] {
    switch self {
    case .atom(let number): [number]
    case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.atoms)
    }
  }
}

extension PreparedPath.Step {
  init(_ step: ArgumentPath.Step) {
    switch step {
    case .name(let name): self = .name(Array(name.utf8))
    case .index(let index): self = .index(index)
    }
  }
}

extension [ExpressionNode] {
  /// The atoms of the condition at a position, in its order.
  func atoms(of position: Int32) -> [Int32] {
    self[Int(position)..<Int(self[Int(position)].end)].filter { $0.join == .atom }.map(\.atom)
  }
}

extension PreparedAtom {
  /// What must hold of a value for the atom to be answered; nil if it can always be.
  fileprivate func question(numbered number: Int32) -> Question? {
    if path == PreparedPath.anywhere || presence != nil { return nil }
    return Question(path: path, reading: reading, tolerated: tolerated, atom: number)
  }
}

extension [Question] {
  /// Adds those that are not asked yet.
  fileprivate mutating func add(_ others: [Question]) {
    for question in others where !contains(where: question.isSame) { append(question) }
  }
}
