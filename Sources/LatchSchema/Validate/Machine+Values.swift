import LatchAutomata
import LatchJSON

/// Single values: constants, numbers, strings.
extension Machine {
  mutating func isConstant(_ constant: UInt32, _ node: UInt32) -> Bool {
    equal(instance, node, program.constants, constant)
  }

  mutating func isOneOf(_ step: Instruction, _ node: UInt32) -> Bool {
    for position in 0..<step.b where isConstant(program.words[step.a + position], node) { return true }
    return false
  }

  mutating func isOneOfNames(_ step: Instruction, _ node: UInt32) -> Bool {
    instance.nodes[node].kind == .string && find(node, in: NameTable(start: step.a, mask: step.b)) != nil
  }

  func decimal(_ node: UInt32) -> Decimal {
    let number = instance.nodes[node]
    return Decimal(instance.bytes, Int(number.contentStart), Int(number.contentEnd))
  }

  /// The value of a short whole number; nil says nothing about other numbers.
  @inline(__always)
  private func whole(_ node: UInt32) -> Int64? {
    let number = instance.nodes[node]
    // One to eighteen characters; no length at all wraps round to a great one.
    guard number.contentEnd &- number.contentStart &- 1 < 18 else { return nil }
    var index = number.contentStart
    let isNegative = instance.bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var value: Int64 = 0
    while index < number.contentEnd {
      let digit = instance.bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int64(digit)
      index += 1
    }
    return isNegative ? -value : value
  }

  mutating func isInteger(_ node: UInt32) -> Bool {
    if whole(node) != nil { return true }
    spendBytes(node)
    return decimal(node).isInteger
  }

  mutating func isWithin(_ step: Instruction, _ node: UInt32) -> Bool {
    let bound = program.numbers[step.a]
    let order: Int
    if let limit = bound.whole, let value = whole(node) {
      order = value < limit ? -1 : value == limit ? 0 : 1
    } else {
      spendBytes(node)
      let limit = Decimal(program.bytes, Int(bound.start), Int(bound.end))
      order = decimal(node).compare(instance.bytes, to: limit, program.bytes)
    }
    switch step.operation {
    case .minimum: return order >= 0
    case .maximum: return order <= 0
    case .exclusiveMinimum: return order > 0
    default: return order < 0
    }
  }

  mutating func isMultiple(_ number: UInt32, _ node: UInt32) -> Bool {
    let divisor = program.numbers[number]
    if let divisor = divisor.whole, divisor > 0, let value = whole(node) { return value % divisor == 0 }
    let exact = Decimal(program.bytes, Int(divisor.start), Int(divisor.end))
    let value = decimal(node)
    spend((value.digitCount + 4 * exact.digitCount) * (exact.digitCount > 18 ? exact.digitCount : 1))
    guard !gaveUp else { return false }
    return value.isMultiple(instance.bytes, of: exact, program.bytes)
  }

  /// Length in Unicode scalars: bytes that do not continue one.
  mutating func hasLength(_ step: Instruction, _ node: UInt32) -> Bool {
    let string = instance.nodes[node]
    let bytes = string.contentEnd - string.contentStart
    let limit = step.a
    if step.operation == .maxLength, bytes <= limit { return true }
    if step.operation == .minLength, bytes < limit { return false }
    spendBytes(node)
    var scalars: UInt32 = 0
    for index in string.contentStart..<string.contentEnd where instance.bytes[index] & 0xC0 != 0x80 { scalars += 1 }
    return step.operation == .maxLength ? scalars <= limit : scalars >= limit
  }

  mutating func matches(_ pattern: UInt32, _ node: UInt32) -> Bool {
    spendBytes(node)
    guard !gaveUp else { return false }
    let string = instance.nodes[node]
    let automaton = program.patterns[pattern]
    if automaton.matcher != none { return matchesWithoutTable(automaton.matcher, string) }
    var state: UInt32 = 0
    for index in string.contentStart..<string.contentEnd {
      let byteClass = program.bytes[automaton.classes + UInt32(instance.bytes[index])]
      state = UInt32(program.transitions[automaton.transitions + state * automaton.classCount + UInt32(byteClass)])
    }
    return program.bytes[automaton.classes + 256 + state] != 0
  }

  /// A pattern without a table costs many steps a byte.
  private mutating func matchesWithoutTable(_ matcher: UInt32, _ string: JSONDocument.Node) -> Bool {
    let text = TextBytes(instance.bytes, Int(string.contentStart), Int(string.contentEnd)).array
    spend(64 * (text.count + 16))
    do {
      return try program.matchers[Int(matcher)].accepts(text)
    } catch {
      giveUp()
      return false
    }
  }

  mutating func hasFormat(_ format: UInt32, _ node: UInt32) -> Bool {
    spendBytes(node)
    guard !gaveUp, let format = Format(rawValue: UInt8(truncatingIfNeeded: format)) else { return false }
    let string = instance.nodes[node]
    return format.accepts(TextBytes(instance.bytes, Int(string.contentStart), Int(string.contentEnd)))
  }

  mutating func hasContent(_ step: Instruction, _ node: UInt32) -> Bool {
    spendBytes(node)
    guard !gaveUp else { return false }
    let string = instance.nodes[node]
    let text = TextBytes(instance.bytes, Int(string.contentStart), Int(string.contentEnd))
    guard let content = step.a == 1 ? text.decodedBase64 : text.array else { return false }
    return step.b == 0 || (try? JSONDocument(parsing: content)) != nil
  }

  /// Counts the work of reading a string or a number.
  @inline(__always)
  mutating func spendBytes(_ node: UInt32) {
    let value = instance.nodes[node]
    spend(Int((value.contentEnd &- value.contentStart) >> 4))
  }
}
