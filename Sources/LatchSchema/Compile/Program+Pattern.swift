import LatchAutomata

extension Program {
  /// Lays the automaton of a regular expression of ECMA-262, which matches anywhere, into the tables.
  mutating func addPattern(_ text: ArraySlice<UInt8>, limits: SchemaLimits) throws(PatternError) -> Pattern {
    let matcher = try PatternMatcher(
      regex: String(decoding: text, as: UTF8.self), dialect: .ecma, stateLimit: limits.patternStates,
      workLimit: limits.work)
    guard let automaton = matcher.table else {
      matchers.append(matcher)
      return Pattern(transitions: 0, classCount: 0, classes: 0, matcher: UInt32(matchers.count - 1))
    }
    let pattern = Pattern(
      transitions: UInt32(transitions.count), classCount: UInt32(automaton.classCount), classes: UInt32(bytes.count))
    transitions += automaton.transitions
    bytes += automaton.classes
    bytes += automaton.accepting.map { $0 ? 1 : 0 }
    return pattern
  }
}
