package import LatchJSON

/// Something that is wrong, as it is found: the paths are worked out only for what is reported.
struct Finding {
  var keyword: Keyword?
  /// Where the keyword stands: the schema, whose document it is in, and the keyword's value there.
  var schema: UInt32
  var keywordNode: UInt32
  var node: UInt32
  var isName = false
  var message: String
  var expected: [String] = []
  var unexpected: String?
  /// How deep in the instance, counted from where explaining began.
  var depth = 0
}

/// Says what is wrong with a value that was refused, in the order of checking; the machine decides, this tells why.
struct Explainer {
  var machine: Machine
  let documents: [SchemaDocument]
  let instance: JSONDocument
  let limits: SchemaLimits
  var findings: [Finding] = []
  /// Whether the first mistake is all that is told, without repeating what the instance holds.
  var isBrief = false
  /// The names that schemas list, as far as they were asked for.
  var listedNames: [UInt32: [String]] = [:]
  /// How many alternatives within alternatives are being tried.
  var alternativesOpen = 0
  /// Whether the value being looked at is a member's name.
  var isInName = false
  var depth = 0

  init(machine: Machine, documents: [SchemaDocument], instance: JSONDocument, limits: SchemaLimits) {
    self.machine = machine
    self.documents = documents
    self.instance = instance
    self.limits = limits
  }

  /// Finds what `schema` has against the value at `node`.
  mutating func explain(_ schema: UInt32, _ node: UInt32) {
    guard findings.count < limits.failures, machine.enter() else { return }
    defer { machine.leave() }
    machine.spend(1)
    let plan = machine.program.schemas[schema]
    let kind = KindSet(instance.kind(Int(node)))
    guard hasType(plan, schema, node) else { return }
    let entered = machine.program.tracksScope && machine.push(plan.resource)
    defer { if entered { machine.pop() } }
    for index in plan.codeStart..<plan.codeEnd {
      let step = machine.program.code[index]
      if step.kinds.contains(kind), !machine.gaveUp { explain(step, of: schema, node) }
    }
  }

  private mutating func explain(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    switch step.operation {
    case .reference: explain(step.a, node)
    case .dynamicReference: explain(machine.dynamicTarget(step), node)
    case .members: explainMembers(step, of: schema, node)
    case .items: explainItems(step, of: schema, node)
    case .dependentSchema: if machine.hasMember(step.a, node) { explain(step.b, node) }
    case .allOf: for position in 0..<step.b { explain(machine.program.words[step.a + position], node) }
    case .anyOf, .oneOf: explainAlternatives(step, of: schema, node)
    case .conditional:
      let branch = machine.accepts(step.a, node) ? step.b : step.c
      if branch != none { explain(branch, node) }
    case .unevaluatedItems, .unevaluatedProperties: explainUnevaluated(step, of: schema, node)
    default: if !machine.perform(step, of: schema, node) { explainValue(step, of: schema, node) }
    }
  }

  /// Goes one level down into the instance.
  mutating func explainBelow(_ schema: UInt32, _ node: UInt32, isName: Bool = false) {
    let outer = isInName
    isInName = isName
    depth += 1
    explain(schema, node)
    depth -= 1
    isInName = outer
  }

  mutating func report(
    _ keyword: Keyword?, _ schema: UInt32, _ keywordNode: UInt32, at node: UInt32, isName: Bool? = nil,
    _ message: String, expected: [String] = [], unexpected: String? = nil
  ) {
    findings.append(
      Finding(
        keyword: keyword, schema: schema, keywordNode: keywordNode, node: node, isName: isName ?? isInName,
        message: message, expected: expected, unexpected: isBrief ? nil : unexpected, depth: depth))
  }

  /// Whether nothing more is wanted: of very many mistakes the first are enough to tell one.
  var isSatisfied: Bool { isBrief && (findings.count >= limits.failures || machine.gaveUp) }

  /// Counts what leads to no value of its own, where others wait for the answer.
  mutating func countStep() { if isBrief { machine.spend(1) } }

  /// What is wrong, behind what would be right.
  func but(_ found: @autoclosure () -> String) -> String { isBrief ? "" : ", but \(found())" }

  /// The schema's own document.
  func source(_ schema: UInt32) -> JSONDocument {
    documents[Int(machine.program.schemas[schema].document)].tree
  }

  /// Whether `schema` refuses everything.
  func isNever(_ schema: UInt32) -> Bool {
    source(schema).kind(Int(machine.program.schemas[schema].node)) == .false
  }

  private mutating func hasType(_ plan: SchemaNode, _ schema: UInt32, _ node: UInt32) -> Bool {
    let kind = KindSet(instance.kind(Int(node)))
    let wantsWhole = plan.types.contains(.integersOnly)
    guard plan.types.contains(kind) else {
      reportType(schema, node, "must be \(plan.types.description)\(but("is \(instance.described(node))"))")
      return false
    }
    guard kind == .number, wantsWhole, !machine.isInteger(node) else { return true }
    reportType(schema, node, "must be a whole number\(but("is \(instance.shown(node))"))")
    return false
  }

  private mutating func reportType(_ schema: UInt32, _ node: UInt32, _ message: String) {
    let own = Int(machine.program.schemas[schema].node)
    let keyword = source(schema).member("type", of: own) ?? own
    report(.type, schema, UInt32(keyword), at: node, message)
  }
}

extension Schema {
  /// Everything that is wrong with the value at node `index`, in the order of the text; empty if it is valid.
  package func failures(of instance: JSONDocument, at index: Int = JSONDocument.root) -> [SchemaFailure] {
    program.run(on: instance, limits: limits) { machine in
      if machine.accepts(0, UInt32(index)) { return [] }
      if !machine.gaveUp { machine = Machine(program: machine.program, instance: machine.instance, limits: limits) }
      var explainer = Explainer(machine: machine, documents: program.documents, instance: instance, limits: limits)
      explainer.explain(0, UInt32(index))
      return explainer.failures(at: index)
    }
  }

  /// What is wrong first with the value at node `index`, told without repeating what it holds; nil if it is valid, or
  /// if it would take long to say.
  package func firstFailure(of instance: JSONDocument, at index: Int = JSONDocument.root) -> SchemaFailure? {
    guard instance.nodes.count <= Self.mostExplainedBriefly else { return nil }
    let limits = limits.ofExplainingBriefly
    return program.run(on: instance, limits: limits) { machine in
      var explainer = Explainer(machine: machine, documents: program.documents, instance: instance, limits: limits)
      explainer.isBrief = true
      explainer.explain(0, UInt32(index))
      return explainer.machine.gaveUp || explainer.findings.isEmpty ? nil : explainer.failures(at: index).first
    }
  }
}

extension Schema {
  /// Whoever calls waits for the answer, and others for the proxy: what is wrong in more values than these is not told.
  fileprivate static let mostExplainedBriefly = 20_000
}

extension SchemaLimits {
  /// What it may cost to tell one mistake; several are weighed to tell which alternative was meant.
  fileprivate var ofExplainingBriefly: SchemaLimits {
    var limits = self
    limits.work = min(work, 1_000_000)
    limits.workPerValue = min(workPerValue, 8)
    limits.failures = min(failures, 16)
    return limits
  }
}

extension Explainer {
  /// What was found, in the order of the text and each thing once.
  fileprivate func failures(at index: Int) -> [SchemaFailure] {
    if machine.gaveUp || findings.isEmpty {
      let message =
        machine.gaveUp
        ? "checking this against the schema takes too many steps; it counts as not valid" : "does not fit the schema"
      let path = instance.pointer(to: index)
      return [SchemaFailure(keyword: "", instancePath: path, schemaPath: "", message: message, node: index)]
    }
    var seen: Set<[UInt8]> = []
    let ordered = findings.enumerated().sorted { ($0.element.node, $0.offset) < ($1.element.node, $1.offset) }
    return failures(
      ordered.map(\.element).filter {
        seen.insert(Array("\($0.node) \($0.isName) \($0.message)".utf8)).inserted
      })
  }

  /// Works out the paths, as far as all together are not longer than is allowed.
  private func failures(_ ordered: [Finding]) -> [SchemaFailure] {
    let keywords = KeywordPaths(ordered.map(place(of:)), documents)
    var walk = PointerWalk(instance)
    var room = limits.pathBytes
    var failures: [SchemaFailure] = []
    for finding in ordered where room > 0 {
      let path = walk.pointer(to: Int(finding.node))
      room -= path.utf8.count
      failures.append(
        SchemaFailure(
          keyword: finding.keyword?.rawValue ?? "", instancePath: path, schemaPath: keywords[place(of: finding)],
          message: finding.message, node: Int(finding.node), isName: finding.isName, expected: finding.expected,
          unexpected: finding.unexpected))
    }
    return failures
  }

  private func place(of finding: Finding) -> KeywordPaths.Place {
    KeywordPaths.Place(
      document: Int(machine.program.schemas[finding.schema].document), node: Int(finding.keywordNode))
  }
}

/// Where the keywords stand that were not content, each worked out once.
private struct KeywordPaths {
  struct Place: Hashable {
    var document: Int
    var node: Int
  }

  private var paths: [Place: String] = [:]

  init(_ places: [Place], _ documents: [SchemaDocument]) {
    for (number, places) in Dictionary(grouping: Set(places), by: \.document) {
      let document = documents[number]
      var walk = PointerWalk(document.tree)
      for place in places.sorted(by: { $0.node < $1.node }) {
        let pointer = walk.pointer(to: place.node)
        paths[place] = number == 0 ? pointer : document.uri + "#" + pointer
      }
    }
  }

  subscript(place: Place) -> String { paths[place] ?? "" }
}
