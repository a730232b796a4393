/// Why a pattern has no automaton.
package struct PatternError: Error, Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The text is no pattern of its dialect.
    case syntax
    /// The text is a pattern, but not one of a regular language that Latch can compile.
    case unsupported
    /// The automaton would have more states than this limit, or cost as much to find out.
    case tooManyStates(Int)
  }

  package var kind: Kind
  package var message: String
  /// Where in the pattern, in UTF-8 bytes.
  package var offset: Int

  package init(_ kind: Kind, _ message: String, at offset: Int = 0) {
    self.kind = kind
    self.message = message
    self.offset = offset
  }

  static func tooManyStates(_ limit: Int) -> PatternError {
    PatternError(.tooManyStates(limit), "the pattern needs more than \(limit) states; anchor it or make it simpler")
  }

  static var tooManyPairs: PatternError {
    PatternError(.tooManyStates(Automaton.pairLimit), "the patterns are too large to compare")
  }
}

/// Whose syntax and meaning a regular expression has.
package enum RegexDialect: Sendable {
  /// RE2's, as conditions in a policy use it.
  case re2
  /// ECMA-262's with the `u` flag, as JSON Schema uses it.
  case ecma
}
