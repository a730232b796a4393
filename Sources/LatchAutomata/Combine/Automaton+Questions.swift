/// What can be asked of languages without making another automaton.
///
/// Questions about two look at pairs of their states, as far as texts lead; over ``pairLimit`` pairs the answer is an
/// error, since a doubtful yes would be none.
extension Automaton {
  static let pairLimit = 2_000_000

  /// Whether no text is accepted.
  package var isEmpty: Bool { !accepting.contains(true) }

  /// Whether every valid text is accepted.
  package var isUniversal: Bool { self == .text }

  /// Whether the other accepts whatever this accepts.
  package func isSubset(of other: Automaton) throws(PatternError) -> Bool {
    try PairSearch.first(.inLeftOnly, self, other) == nil
  }

  /// Whether no text is accepted by both.
  package func isDisjoint(with other: Automaton) throws(PatternError) -> Bool {
    try PairSearch.first(.inBoth, self, other) == nil
  }

  /// Whether both accept the same texts. Those that are minimal are then equal as values, too.
  package func isEquivalent(to other: Automaton) throws(PatternError) -> Bool {
    if self == other { return true }
    return try PairSearch.first(.inOneOnly, self, other) == nil
  }

  /// A shortest text that is accepted, in bytes of UTF-8; nil if there is none.
  ///
  /// Of several the one most pleasant to read: letters, then digits, then punctuation, then whatever there is. It is
  /// the same for equal languages.
  package func witness() -> String? {
    // Beside the few states of all texts no automaton comes near the limit of pairs.
    try? witness(in: .text)
  }

  /// A shortest text that both accept, as ``witness()`` picks it.
  package func witness(in other: Automaton) throws(PatternError) -> String? {
    try PairSearch.first(.inBoth, self, other).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// A shortest text that this accepts and the other does not, as ``witness()`` picks it.
  package func witness(outside other: Automaton) throws(PatternError) -> String? {
    try PairSearch.first(.inLeftOnly, self, other).flatMap { String(validating: $0, as: UTF8.self) }
  }
}
