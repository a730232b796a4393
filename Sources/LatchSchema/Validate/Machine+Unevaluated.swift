import LatchJSON

/// `unevaluatedItems` and `unevaluatedProperties`: what the other keywords of the schema have looked at is found out
/// only here, by walking them once more; schemas without these two keywords pay nothing.
extension Machine {
  mutating func acceptsUnevaluated(_ step: Instruction, of schema: UInt32, _ node: UInt32) -> Bool {
    let count = Int(instance.nodes[node].count)
    guard count > 0 else { return true }
    let start = openMarks(count)
    defer { closeMarks(start) }
    collect(schema, node, before: step.operation, into: start)
    let isObject = step.operation == .unevaluatedProperties
    var child = node + 1
    for position in 0..<count {
      let value = isObject ? child + 1 : child
      if !isMarked(position, from: start), !accepts(step.a, value) { return false }
      child = instance.nodes[value].next
    }
    return true
  }

  /// Marks the children of `node` that `schema`, which accepts it, has looked at.
  ///
  /// `before` is the keyword that asks, if it stands in this very schema.
  mutating func collect(_ schema: UInt32, _ node: UInt32, before asking: Operation? = nil, into start: Int) {
    guard enter() else { return }
    defer { leave() }
    let plan = program.schemas[schema]
    let entered = program.tracksScope && push(plan.resource)
    defer { if entered { pop() } }
    let kind = KindSet(instance.nodes[node].kind)
    for index in plan.codeStart..<plan.codeEnd {
      let step = program.code[index]
      spend(1)
      guard step.kinds.contains(kind), step.operation != asking, !gaveUp else { continue }
      collect(step, node, into: start)
    }
  }

  private mutating func collect(_ step: Instruction, _ node: UInt32, into start: Int) {
    switch step.operation {
    case .members: collectMembers(program.plans[step.a], node, into: start)
    case .items: collectItems(step, node, into: start)
    case .contains: collectContained(step, node, into: start)
    case .unevaluatedItems, .unevaluatedProperties: markFirst(instance.nodes[node].count, from: start)
    case .reference: collect(step.a, node, into: start)
    case .dynamicReference: collect(dynamicTarget(step), node, into: start)
    case .dependentSchema: if hasMember(step.a, node) { collect(step.b, node, into: start) }
    case .allOf: for position in 0..<step.b { collect(program.words[step.a + position], node, into: start) }
    case .anyOf, .oneOf:
      for position in 0..<step.b where accepts(program.words[step.a + position], node) {
        collect(program.words[step.a + position], node, into: start)
      }
    case .conditional:
      let holds = accepts(step.a, node)
      if holds { collect(step.a, node, into: start) }
      let branch = holds ? step.b : step.c
      if branch != none { collect(branch, node, into: start) }
    default: break
    }
  }

  private mutating func collectMembers(_ plan: MemberPlan, _ node: UInt32, into start: Int) {
    var name = node + 1
    for position in 0..<Int(instance.nodes[node].count) {
      if covers(plan, name) { _ = mark(position, from: start) }
      name = instance.nodes[name + 1].next
    }
  }

  private mutating func collectItems(_ step: Instruction, _ node: UInt32, into start: Int) {
    let count = instance.nodes[node].count
    markFirst(step.c == none ? min(count, step.b) : count, from: start)
  }

  /// Elements that `contains` accepts count as looked at since 2020-12; `step` says so by its schema's draft.
  private mutating func collectContained(_ step: Instruction, _ node: UInt32, into start: Int) {
    guard step.kinds.contains(.containsEvaluates) else { return }
    var element = node + 1
    for position in 0..<Int(instance.nodes[node].count) {
      if accepts(step.a, element) { _ = mark(position, from: start) }
      element = instance.nodes[element].next
    }
  }
}

/// A stack of bit sets.
extension Machine {
  /// Opens a set of `count` marks, none of them made, and tells where it begins.
  mutating func openMarks(_ count: Int) -> Int {
    let start = marks.count
    spend(count >> 6)
    for _ in 0...(count >> 6) { marks.append(0) }
    return start
  }

  mutating func closeMarks(_ start: Int) { marks.removeLast(marks.count - start) }

  /// Makes a mark; true if it is new.
  mutating func mark(_ position: Int, from start: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(position & 63)
    let isNew = marks[start + (position >> 6)] & bit == 0
    marks[start + (position >> 6)] |= bit
    return isNew
  }

  func isMarked(_ position: Int, from start: Int) -> Bool {
    marks[start + (position >> 6)] & (1 << UInt64(position & 63)) != 0
  }

  private mutating func markFirst(_ count: UInt32, from start: Int) {
    for position in 0..<Int(count) { _ = mark(position, from: start) }
  }
}
