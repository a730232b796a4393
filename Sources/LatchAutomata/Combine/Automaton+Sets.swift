/// Languages as sets. Results are minimal again; what would have too many states is an error.
extension Automaton {
  /// The texts of either.
  package func union(_ other: Automaton, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try joined(.union, other, stateLimit: stateLimit)
  }

  /// The texts of both.
  package func intersection(_ other: Automaton, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try joined(.intersection, other, stateLimit: stateLimit)
  }

  /// The texts that the other has not.
  package func subtracting(_ other: Automaton, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try joined(.difference, other, stateLimit: stateLimit)
  }

  /// All other texts: what is not valid UTF-8 is no text.
  package func complement(stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try Automaton.text.subtracting(self, stateLimit: stateLimit)
  }

  /// The texts of any; of none of none.
  package static func union(of automata: [Automaton], stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try joined(automata, .union, stateLimit: stateLimit) ?? .nothing
  }

  /// The texts of all; every text of none.
  package static func intersection(of automata: [Automaton], stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try joined(automata, .intersection, stateLimit: stateLimit) ?? .text
  }

  private func joined(_ join: Product.Join, _ other: Automaton, stateLimit: Int) throws(PatternError) -> Automaton {
    try Product.table(self, join, other, stateLimit: stateLimit).minimal(stateLimit: stateLimit)
  }

  /// Joins neighbours until one is left, so that each is walked as often as the number of rounds.
  private static func joined(
    _ automata: [Automaton], _ join: Product.Join, stateLimit: Int
  ) throws(PatternError) -> Automaton? {
    var round = automata
    while round.count > 1 {
      var next: [Automaton] = []
      for index in stride(from: 0, to: round.count - 1, by: 2) {
        let table = try Product.table(round[index], join, round[index + 1], stateLimit: stateLimit)
        next.append(try table.minimal(stateLimit: stateLimit, isStep: round.count > 2))
      }
      if round.count % 2 == 1, let last = round.last { next.append(last) }
      round = next
    }
    return round.first
  }
}
