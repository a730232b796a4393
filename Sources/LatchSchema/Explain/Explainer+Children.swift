import LatchJSON

/// Words for what is wrong with an object's names, and the way down into members and elements.
extension Explainer {
  mutating func explainMembers(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    let plan = machine.program.plans[step.a]
    let missing = missingNames(plan, schema, node)
    var unknown: [String] = []
    for name in instance.children(of: Int(node)) {
      if isSatisfied { break }
      countStep()
      if explainMember(plan, schema, UInt32(name)) { unknown.append(instance.string(name)) }
    }
    // A name mistyped is one mistake: that the right one is missing goes without saying. Not of very many.
    let isComparable = !isBrief && missing.count * unknown.count <= Self.mostCompared
    for name in missing where !isComparable || !unknown.contains(where: { isNear($0, name) }) {
      report(.required, schema, plan.requiredKeyword, at: node, "\(shown(name)) is missing", expected: [name])
    }
  }

  /// So many pairs of a name that is missing and one that is not known are compared.
  private static let mostCompared = 1_000_000

  /// Explains one member; whether its name is one that is not known.
  private mutating func explainMember(_ plan: MemberPlan, _ schema: UInt32, _ name: UInt32) -> Bool {
    if plan.nameSchema != none { explainBelow(plan.nameSchema, name, isName: true) }
    var isNamed = false
    if let entry = machine.find(name, in: plan.names), entry.schema != none {
      isNamed = true
      explainNamed(entry.schema, name)
    }
    for pair in 0..<plan.patternCount
    where machine.matches(machine.program.words[plan.patternsStart + 2 * pair], name) {
      isNamed = true
      explainNamed(machine.program.words[plan.patternsStart + 2 * pair + 1], name)
    }
    guard !isNamed, plan.additional != none else { return false }
    guard isNever(plan.additional) else {
      explainBelow(plan.additional, name + 1)
      return false
    }
    reportUnknown(.additionalProperties, schema, plan.additionalKeyword, name, expectedNames(schema))
    return true
  }

  private mutating func explainNamed(_ schema: UInt32, _ name: UInt32) {
    guard isNever(schema) else { return explainBelow(schema, name + 1) }
    let keyword = machine.program.schemas[schema].node
    report(nil, schema, keyword, at: name, isName: true, "\(instance.shown(name)) is not allowed here")
  }

  private mutating func reportUnknown(
    _ keyword: Keyword, _ schema: UInt32, _ keywordNode: UInt32, _ name: UInt32, _ expected: [String]
  ) {
    var message = "unknown key \(instance.shown(name))"
    if expected.isEmpty {
      message += "; no other keys are allowed here"
    } else if expected.count <= 8 {
      message += "; allowed here: \(listed(expected, by: "and"))"
    }
    report(
      keyword, schema, keywordNode, at: name, isName: true, message, expected: expected,
      unexpected: instance.string(Int(name)))
  }

  private mutating func missingNames(_ plan: MemberPlan, _ schema: UInt32, _ node: UInt32) -> [String] {
    guard plan.requiredCount > 0, plan.requiredKeyword != none else { return [] }
    var isPresent = [Bool](repeating: false, count: Int(plan.requiredCount))
    for name in instance.children(of: Int(node)) {
      countStep()
      guard let entry = machine.find(UInt32(name), in: plan.names), entry.required != none else { continue }
      isPresent[Int(entry.required)] = true
    }
    // A name that the schema has twice has one position.
    let tree = source(schema)
    var known: Set<[UInt8]> = []
    let names = tree.children(of: Int(plan.requiredKeyword)).filter { known.insert(Array(tree.content($0))).inserted }
    return zip(names, isPresent).filter { !$0.1 }.map { tree.string($0.0) }
  }

  /// The names that `schema` itself lists.
  private mutating func expectedNames(_ schema: UInt32) -> [String] {
    if let known = listedNames[schema] { return known }
    let tree = source(schema)
    let properties = tree.member("properties", of: Int(machine.program.schemas[schema].node))
    let names = properties.map { properties in
      tree.children(of: properties).filter { tree.kind($0 + 1) != .false }.map { tree.string($0) }
    }
    listedNames[schema] = names ?? []
    return names ?? []
  }

  mutating func explainItems(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    var position: UInt32 = 0
    for element in instance.children(of: Int(node)) {
      if isSatisfied { return }
      countStep()
      let below = position < step.b ? machine.program.words[step.a + position] : step.c
      position += 1
      if below == none { continue }
      if position > step.b, isNever(below) {
        let count = instance.nodes[Int(node)].count
        let message = "must have at most \(counted(step.b, "element"))\(but("has \(count)"))"
        return report(.items, schema, step.keyword, at: UInt32(element), message)
      }
      explainBelow(below, UInt32(element))
    }
  }

  mutating func explainUnevaluated(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    let isObject = step.operation == .unevaluatedProperties
    let start = machine.openMarks(Int(instance.nodes[Int(node)].count))
    defer { machine.closeMarks(start) }
    machine.collect(schema, node, before: step.operation, into: start)
    let names = isObject && isNever(step.a) ? reachableNames(schema) : []
    var position = 0
    for child in instance.children(of: Int(node)) {
      defer { position += 1 }
      if isSatisfied { break }
      countStep()
      if machine.isMarked(position, from: start) { continue }
      if !isNever(step.a) {
        explainBelow(step.a, UInt32(isObject ? child + 1 : child))
      } else if isObject {
        reportUnknown(.unevaluatedProperties, schema, step.keyword, UInt32(child), names)
      } else {
        report(.unevaluatedItems, schema, step.keyword, at: UInt32(child), "no more elements are allowed here")
      }
    }
  }

  /// The names listed by `schema` and by those that it applies to the same object.
  mutating func reachableNames(_ schema: UInt32) -> [String] {
    var names: [String] = []
    var known: Set<[UInt8]> = []
    var seen: Set<UInt32> = [schema]
    var open = [schema]
    while let next = open.popLast() {
      for name in expectedNames(next) where known.insert(Array(name.utf8)).inserted { names.append(name) }
      for target in inPlaceTargets(next) where seen.insert(target).inserted { open.append(target) }
    }
    return names
  }

  private func inPlaceTargets(_ schema: UInt32) -> [UInt32] {
    let plan = machine.program.schemas[schema]
    var targets: [UInt32] = []
    for index in plan.codeStart..<plan.codeEnd {
      let step = machine.program.code[index]
      switch step.operation {
      case .reference, .dynamicReference: targets.append(step.a)
      case .dependentSchema: targets.append(step.b)
      case .allOf, .anyOf, .oneOf: targets += (0..<step.b).map { machine.program.words[step.a + $0] }
      case .conditional: targets += [step.a, step.b, step.c].filter { $0 != none }
      default: break
      }
    }
    return targets
  }
}
