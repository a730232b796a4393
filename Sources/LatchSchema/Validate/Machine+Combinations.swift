/// Keywords that apply schemas to the same value.
extension Machine {
  mutating func acceptsCombination(_ step: Instruction, _ node: UInt32) -> Bool {
    switch step.operation {
    case .allOf:
      for position in 0..<step.b where !accepts(program.words[step.a + position], node) { return false }
      return true
    case .anyOf:
      for position in 0..<step.b where accepts(program.words[step.a + position], node) { return true }
      return false
    case .oneOf: return acceptsExactlyOne(step, node)
    case .not: return !accepts(step.a, node)
    default:
      let branch = accepts(step.a, node) ? step.b : step.c
      return branch == none || accepts(branch, node)
    }
  }

  private mutating func acceptsExactlyOne(_ step: Instruction, _ node: UInt32) -> Bool {
    var hasOne = false
    for position in 0..<step.b where accepts(program.words[step.a + position], node) {
      if hasOne { return false }
      hasOne = true
    }
    return hasOne
  }
}
