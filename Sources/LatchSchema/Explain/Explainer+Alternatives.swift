import LatchJSON

/// Of an `anyOf` or `oneOf` that nothing fits, finds the alternative that was meant and tells what is wrong with it.
extension Explainer {
  mutating func explainAlternatives(_ step: Instruction, of schema: UInt32, _ node: UInt32) {
    let all = (0..<step.b).map { machine.program.words[step.a + $0] }
    let fitting = all.indices.filter { machine.accepts(all[$0], node) }
    let keyword: Keyword = step.operation == .anyOf ? .anyOf : .oneOf
    if fitting.count == 1 || (fitting.count > 1 && keyword == .anyOf) { return }
    guard fitting.isEmpty else {
      let numbers = joined(fitting.map { String($0 + 1) }, by: "and")
      let message = "fits the alternatives \(numbers), but must fit exactly one"
      return report(.oneOf, schema, step.keyword, at: node, message)
    }
    let allowed = all.reduce(into: KindSet()) { $0.formUnion(effectiveTypes($1)) }
    guard allowed.contains(KindSet(instance.kind(Int(node)))) else {
      let message = "must be \(allowed.description)\(but("is \(instance.described(node))"))"
      return report(keyword, schema, step.keyword, at: node, message)
    }
    if explainAsChoice(all, keyword, step, of: schema, node) { return }
    let meant = meant(among: all, node)
    switch meant {
    case .discriminated(let candidates): explainBest(candidates, keyword, step, of: schema, node)
    case .wrongTag(let value, let expected):
      reportChoice(keyword, schema, step.keyword, at: value, expected)
    }
  }

  /// Where all alternatives are just values, they are one list of values.
  private mutating func explainAsChoice(
    _ all: [UInt32], _ keyword: Keyword, _ step: Instruction, of schema: UInt32, _ node: UInt32
  ) -> Bool {
    var expected: [String] = []
    for alternative in all {
      guard let values = values(of: alternative) else { return false }
      expected += values
    }
    reportChoice(keyword, schema, step.keyword, at: node, expected)
    return true
  }

  /// Tells what is wrong with the alternative that the value comes nearest to.
  private mutating func explainBest(
    _ candidates: [UInt32], _ keyword: Keyword, _ step: Instruction, of schema: UInt32, _ node: UInt32
  ) {
    alternativesOpen += 1
    defer { alternativesOpen -= 1 }
    guard alternativesOpen <= 5 else {
      return report(keyword, schema, step.keyword, at: node, "fits none of the \(step.b) alternatives")
    }
    let before = findings
    var best: [Finding] = []
    for candidate in candidates {
      findings = []
      explain(candidate, node)
      if !findings.isEmpty, best.isEmpty || Self.cost(findings) < Self.cost(best) { best = findings }
    }
    findings = before + best
    if best.isEmpty { report(keyword, schema, step.keyword, at: node, "fits none of the \(step.b) alternatives") }
  }

  /// Fewest mistakes first, a name mistyped being the smallest; then those furthest down.
  private static func cost(_ findings: [Finding]) -> (Int, Int) {
    var weight = 0
    for finding in findings {
      let isTypo = finding.unexpected.map { found in finding.expected.contains { isNear(found, $0) } } ?? false
      weight += isTypo ? 1 : finding.keyword == .type ? 3 : 2
    }
    return (weight, -(findings.map(\.depth).max() ?? 0))
  }
}

/// What the value itself says about the alternative that was meant.
enum Meant {
  /// One of these: those with the right tag, else those of the right type.
  case discriminated([UInt32])
  /// The member that tells alternatives apart has a value that is in none of them.
  case wrongTag(value: UInt32, expected: [String])
}

extension Explainer {
  /// Uses a member that every alternative pins to values of its own, if there is one, else the type.
  mutating func meant(among all: [UInt32], _ node: UInt32) -> Meant {
    let kind = KindSet(instance.kind(Int(node)))
    let typed = all.filter { effectiveTypes($0).contains(kind) }
    guard kind == .object, typed.count > 1 else { return .discriminated(typed.isEmpty ? all : typed) }
    let pins = typed.map { self.pins(of: $0) }
    for name in instance.children(of: Int(node)) where !machine.gaveUp {
      machine.spend(pins.count)
      let text = Array(instance.content(name))
      let tags = pins.map { $0[text] }
      let pinned = tags.compactMap { $0 }
      guard pinned.count >= 2 || (pinned.count == 1 && typed.count == 2) else { continue }
      let found = instance.plain(name + 1)
      let matching = typed.indices.filter { position in
        guard let values = tags[position], let found else { return false }
        return values.contains { $0.utf8.elementsEqual(found.utf8) }
      }
      if !matching.isEmpty { return .discriminated(matching.map { typed[$0] }) }
      if pinned.count == typed.count { return .wrongTag(value: UInt32(name + 1), expected: pinned.flatMap { $0 }) }
      return .discriminated(typed.indices.filter { tags[$0] == nil }.map { typed[$0] })
    }
    return .discriminated(typed)
  }

  /// The members that an alternative pins to scalar values, and those values.
  private mutating func pins(of schema: UInt32) -> [[UInt8]: [String]] {
    var pins: [[UInt8]: [String]] = [:]
    for target in closure(of: schema) {
      let tree = source(target)
      guard let properties = tree.member("properties", of: Int(machine.program.schemas[target].node)) else { continue }
      for property in tree.children(of: properties) where tree.kind(property + 1) == .object {
        machine.spend(1)
        if let value = tree.member("const", of: property + 1) {
          pins[Array(tree.content(property))] = tree.plain(value).map { [$0] }
        } else if let list = tree.member("enum", of: property + 1) {
          pins[Array(tree.content(property))] = tree.children(of: list).compactMap { tree.plain($0) }
        }
      }
    }
    return pins
  }

  /// The scalar values that are all that `schema` allows.
  private mutating func values(of schema: UInt32) -> [String]? {
    for target in closure(of: schema) {
      let tree = source(target)
      let own = Int(machine.program.schemas[target].node)
      if let value = tree.member("const", of: own) { return tree.plain(value).map { [$0] } }
      guard let list = tree.member("enum", of: own), tree.kind(list) == .array else { continue }
      let values = tree.children(of: list).map { tree.plain($0) }
      return values.contains(nil) ? nil : values.compactMap { $0 }
    }
    return nil
  }

  /// `schema` and all that a value must fit too where it fits `schema`.
  private mutating func closure(of schema: UInt32) -> [UInt32] {
    var found = [schema]
    var position = 0
    while position < found.count, found.count < 64 {
      let plan = machine.program.schemas[found[position]]
      position += 1
      machine.spend(1)
      for index in plan.codeStart..<plan.codeEnd {
        let step = machine.program.code[index]
        switch step.operation {
        case .reference: if !found.contains(step.a) { found.append(step.a) }
        case .allOf:
          for target in (0..<step.b).map({ machine.program.words[step.a + $0] }) where !found.contains(target) {
            found.append(target)
          }
        default: break
        }
      }
    }
    return found
  }

  /// The kinds of value that can be valid at all, as far as `type`, `const`, `enum` and references say.
  mutating func effectiveTypes(_ schema: UInt32, depth: Int = 0) -> KindSet {
    if isNever(schema) || machine.gaveUp { return [] }
    var types = KindSet.any
    for target in closure(of: schema) {
      let plan = machine.program.schemas[target]
      types.formIntersection(plan.types.union(.integersOnly))
      for index in plan.codeStart..<plan.codeEnd {
        types.formIntersection(effectiveTypes(machine.program.code[index], depth: depth))
      }
    }
    return types
  }

  private mutating func effectiveTypes(_ step: Instruction, depth: Int) -> KindSet {
    let program = machine.program
    switch step.operation {
    case .equals: return KindSet(program.constants.nodes[step.a].kind)
    case .oneOfNames: return .string
    case .oneOfValues:
      return (0..<step.b).reduce(into: KindSet()) {
        $0.formUnion(KindSet(program.constants.nodes[program.words[step.a + $1]].kind))
      }
    case .anyOf, .oneOf:
      guard depth < 8 else { return .any }
      return (0..<step.b).reduce(into: KindSet()) {
        $0.formUnion(effectiveTypes(program.words[step.a + $1], depth: depth + 1))
      }
    default: return .any
    }
  }
}
