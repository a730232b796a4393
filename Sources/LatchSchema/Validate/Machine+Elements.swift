import LatchJSON

/// Arrays.
extension Machine {
  mutating func acceptsItems(_ step: Instruction, _ node: UInt32) -> Bool {
    var element = node + 1
    for position in 0..<instance.nodes[node].count {
      if position < step.b {
        if !accepts(program.words[step.a + position], element) { return false }
      } else if step.c == none {
        return true
      } else if !accepts(step.c, element) {
        return false
      }
      element = instance.nodes[element].next
    }
    return true
  }

  mutating func containsEnough(_ step: Instruction, _ node: UInt32) -> Bool {
    var element = node + 1
    var found: UInt32 = 0
    for _ in 0..<instance.nodes[node].count {
      if found >= step.b, step.c == none { return true }
      if accepts(step.a, element) { found += 1 }
      if step.c != none, found > step.c { return false }
      element = instance.nodes[element].next
    }
    return found >= step.b
  }

  mutating func hasUniqueItems(_ node: UInt32) -> Bool {
    let count = instance.nodes[node].count
    if count < 2 { return true }
    return count <= 12 ? firstTwin(in: node, count) == nil : firstTwinByHash(in: node, count) == nil
  }

  /// The first element that is equal to one before it, and that one.
  mutating func twins(in node: UInt32) -> (first: UInt32, second: UInt32)? {
    let count = instance.nodes[node].count
    return count <= 12 ? firstTwin(in: node, count) : firstTwinByHash(in: node, count)
  }

  private mutating func firstTwin(in node: UInt32, _ count: UInt32) -> (first: UInt32, second: UInt32)? {
    var later = node + 1
    for position in 0..<count {
      var earlier = node + 1
      for _ in 0..<position {
        if isEqual(earlier, later) { return (earlier, later) }
        earlier = instance.nodes[earlier].next
      }
      later = instance.nodes[later].next
    }
    return nil
  }

  private mutating func firstTwinByHash(in node: UInt32, _ count: UInt32) -> (first: UInt32, second: UInt32)? {
    var earlierByHash: [Int: [UInt32]] = [:]
    earlierByHash.reserveCapacity(Int(count))
    var element = node + 1
    for _ in 0..<count {
      let hash = hash(of: element)
      for earlier in earlierByHash[hash] ?? [] where isEqual(earlier, element) { return (earlier, element) }
      earlierByHash[hash, default: []].append(element)
      element = instance.nodes[element].next
    }
    return nil
  }
}
