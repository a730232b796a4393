import LatchJSON

/// When two values are the same: numbers by exact value, objects whatever the order of their members.
extension Machine {
  mutating func isEqual(_ left: UInt32, _ right: UInt32) -> Bool { equal(instance, left, instance, right) }

  mutating func equal(_ left: Values, _ leftNode: UInt32, _ right: Values, _ rightNode: UInt32) -> Bool {
    let one = left.nodes[leftNode]
    let other = right.nodes[rightNode]
    spend(1)
    guard one.kind == other.kind, one.count == other.count, !gaveUp else { return false }
    switch one.kind {
    case .null, .false, .true: return true
    case .string: return equalContent(left, one, right, other)
    case .number: return equalContent(left, one, right, other) || equalNumbers(left, one, right, other)
    case .array:
      guard enter() else { return false }
      defer { leave() }
      return equalElements(left, leftNode, right, rightNode)
    case .object:
      guard enter() else { return false }
      defer { leave() }
      return equalMembers(left, leftNode, right, rightNode)
    }
  }

  private mutating func equalContent(
    _ left: Values, _ one: JSONDocument.Node, _ right: Values, _ other: JSONDocument.Node
  ) -> Bool {
    let length = Int(one.contentEnd - one.contentStart)
    guard length == Int(other.contentEnd - other.contentStart) else { return false }
    spend(length >> 4)
    return left.bytes.equal(Int(one.contentStart), right.bytes, Int(other.contentStart), length: length)
  }

  private mutating func equalNumbers(
    _ left: Values, _ one: JSONDocument.Node, _ right: Values, _ other: JSONDocument.Node
  ) -> Bool {
    spend(Int(one.contentEnd - one.contentStart + other.contentEnd - other.contentStart) >> 4)
    let first = Decimal(left.bytes, Int(one.contentStart), Int(one.contentEnd))
    let second = Decimal(right.bytes, Int(other.contentStart), Int(other.contentEnd))
    return first.compare(left.bytes, to: second, right.bytes) == 0
  }

  private mutating func equalElements(
    _ left: Values, _ leftNode: UInt32, _ right: Values, _ rightNode: UInt32
  ) -> Bool {
    var one = leftNode + 1
    var other = rightNode + 1
    for _ in 0..<left.nodes[leftNode].count {
      if !equal(left, one, right, other) { return false }
      one = left.nodes[one].next
      other = right.nodes[other].next
    }
    return true
  }

  private mutating func equalMembers(
    _ left: Values, _ leftNode: UInt32, _ right: Values, _ rightNode: UInt32
  ) -> Bool {
    var name = leftNode + 1
    var guess = rightNode + 1
    for _ in 0..<left.nodes[leftNode].count {
      guard let twin = member(left, name, of: right, rightNode, startingAt: guess) else { return false }
      if !equal(left, name + 1, right, twin + 1) { return false }
      name = left.nodes[name + 1].next
      guess = right.nodes[twin + 1].next
    }
    return true
  }

  /// The name in `right` that is the same as `name`, looked for from `guess` on: members mostly come in like order.
  private mutating func member(
    _ left: Values, _ name: UInt32, of right: Values, _ rightNode: UInt32, startingAt guess: UInt32
  ) -> UInt32? {
    let end = right.nodes[rightNode].next
    var candidate = guess < end ? guess : rightNode + 1
    for _ in 0..<right.nodes[rightNode].count {
      spend(1)
      if gaveUp { return nil }
      if equalContent(left, left.nodes[name], right, right.nodes[candidate]) { return candidate }
      candidate = right.nodes[candidate + 1].next
      if candidate >= end { candidate = rightNode + 1 }
    }
    return nil
  }

  /// The same for equal values; seeded anew in every process, so that nobody can make many values collide.
  mutating func hash(of node: UInt32) -> Int {
    let value = instance.nodes[node]
    var hasher = Hasher()
    hasher.combine(value.kind)
    spend(1)
    switch value.kind {
    case .null, .false, .true: break
    case .string: combineContent(value, into: &hasher)
    case .number: combineNumber(node, into: &hasher)
    case .array:
      guard enter() else { return 0 }
      defer { leave() }
      var element = node + 1
      for _ in 0..<value.count {
        hasher.combine(hash(of: element))
        element = instance.nodes[element].next
      }
    case .object:
      guard enter() else { return 0 }
      defer { leave() }
      hasher.combine(membersHash(of: node))
    }
    return hasher.finalize()
  }

  private mutating func membersHash(of node: UInt32) -> Int {
    var sum = 0
    var name = node + 1
    for _ in 0..<instance.nodes[node].count {
      var hasher = Hasher()
      hasher.combine(hash(of: name))
      hasher.combine(hash(of: name + 1))
      sum &+= hasher.finalize()
      name = instance.nodes[name + 1].next
    }
    return sum
  }

  private mutating func combineContent(_ value: JSONDocument.Node, into hasher: inout Hasher) {
    spend(Int(value.contentEnd - value.contentStart) >> 4)
    for index in value.contentStart..<value.contentEnd { hasher.combine(instance.bytes[index]) }
  }

  private mutating func combineNumber(_ node: UInt32, into hasher: inout Hasher) {
    spendBytes(node)
    let number = decimal(node)
    hasher.combine(number.isZero)
    hasher.combine(number.isNegative)
    hasher.combine(number.scale)
    number.forEachDigit(instance.bytes) { hasher.combine($0) }
  }
}
