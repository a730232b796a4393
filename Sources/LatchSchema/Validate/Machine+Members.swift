import LatchJSON

/// Objects: one pass over the members.
extension Machine {
  mutating func acceptsMembers(_ plan: MemberPlan, _ node: UInt32) -> Bool {
    guard plan.requiredCount <= 64 else { return acceptsManyMembers(plan, node) }
    var seen: UInt64 = 0
    var name = node + 1
    for _ in 0..<instance.nodes[node].count {
      let required = acceptsMember(plan, name)
      guard let required else { return false }
      if required != none { seen |= 1 << UInt64(required) }
      name = instance.nodes[name + 1].next
    }
    return seen == (plan.requiredCount == 64 ? .max : 1 << UInt64(plan.requiredCount) - 1)
  }

  /// The same where more names are required than a word has bits.
  private mutating func acceptsManyMembers(_ plan: MemberPlan, _ node: UInt32) -> Bool {
    let start = openMarks(Int(plan.requiredCount))
    defer { closeMarks(start) }
    var missing = plan.requiredCount
    var name = node + 1
    for _ in 0..<instance.nodes[node].count {
      guard let required = acceptsMember(plan, name) else { return false }
      if required != none, mark(Int(required), from: start) { missing -= 1 }
      name = instance.nodes[name + 1].next
    }
    return missing == 0
  }

  /// The position of the name among those required (or none), if the member is valid.
  private mutating func acceptsMember(_ plan: MemberPlan, _ name: UInt32) -> UInt32? {
    if plan.nameSchema != none, !accepts(plan.nameSchema, name) { return nil }
    let entry = find(name, in: plan.names)
    var isNamed = false
    if let entry, entry.schema != none {
      isNamed = true
      if !accepts(entry.schema, name + 1) { return nil }
    }
    if plan.patternCount > 0 {
      for pair in 0..<plan.patternCount where matches(program.words[plan.patternsStart + 2 * pair], name) {
        isNamed = true
        if !accepts(program.words[plan.patternsStart + 2 * pair + 1], name + 1) { return nil }
      }
    }
    if !isNamed, plan.additional != none, !accepts(plan.additional, name + 1) { return nil }
    return entry?.required ?? none
  }

  /// The entry of a string of the instance in a table of names.
  mutating func find(_ name: UInt32, in table: NameTable) -> NameEntry? {
    let node = instance.nodes[name]
    let length = node.contentEnd - node.contentStart
    let hash = instance.bytes.nameHash(Int(node.contentStart), length: Int(length))
    var slot = hash & table.mask
    while true {
      let entry = program.entries[table.start + slot]
      spend(1)
      if entry.nameStart == none || gaveUp { return nil }
      if entry.hash == hash, entry.nameLength == length,
        instance.bytes.equal(
          Int(node.contentStart), program.bytes, Int(entry.nameStart), length: Int(length))
      {
        return entry
      }
      slot = (slot + 1) & table.mask
    }
  }

  /// Whether a member's name is covered by `properties`, `patternProperties` or `additionalProperties` of the plan.
  mutating func covers(_ plan: MemberPlan, _ name: UInt32) -> Bool {
    if plan.additional != none { return true }
    if let entry = find(name, in: plan.names), entry.schema != none { return true }
    for pair in 0..<plan.patternCount where matches(program.words[plan.patternsStart + 2 * pair], name) { return true }
    return false
  }

  mutating func acceptsDependent(_ step: Instruction, _ node: UInt32) -> Bool {
    guard hasMember(step.a, node) else { return true }
    if step.operation == .dependentSchema { return accepts(step.b, node) }
    for name in 0..<step.c where !hasMember(step.b + 2 * name, node) { return false }
    return true
  }

  /// Whether the object has the member whose name stands at `word`.
  mutating func hasMember(_ word: UInt32, _ node: UInt32) -> Bool {
    let start = Int(program.words[word])
    let length = program.words[word + 1]
    var name = node + 1
    for _ in 0..<instance.nodes[node].count {
      let candidate = instance.nodes[name]
      spend(1)
      if candidate.contentEnd - candidate.contentStart == length,
        instance.bytes.equal(Int(candidate.contentStart), program.bytes, start, length: Int(length))
      {
        return true
      }
      name = instance.nodes[name + 1].next
    }
    return false
  }
}
