import LatchJSON
import LatchPolicy

/// A map of argument paths to matchers, or of `any_of` and its like to lists of such maps; all entries hold.
struct ConditionModel: Sendable {
  var entries: [EntryModel]
}

indirect enum EntryModel: Sendable {
  case test([ArgumentPath.Step], MatcherModel)
  /// `**`.
  case anywhere(MatcherModel)
  case anyOf([ConditionModel])
  case allOf([ConditionModel])
  case noneOf([ConditionModel])
}

/// What stands beside an argument path.
indirect enum MatcherModel: Sendable {
  case value(Operand)
  case list([Operand])
  /// All hold.
  case map([ClauseModel])
}

/// One key of a map of matchers.
indirect enum ClauseModel: Sendable {
  case equals(Operand)
  case oneOf([Operand])
  case text(TextMatcher, [Operand])
  case regex([RegexModel])
  case port([Operand])
  case addresses([Operand])
  /// With a JSON number's lexeme.
  case bound(Bound, String)
  case length(min: Int?, max: Int?)
  case type([JSONType])
  case present(Bool)
  case elements(Quantifier, MatcherModel)
  case fields(ConditionModel)
  case not(MatcherModel)
}

/// What a matcher compares with.
enum Operand: Sendable {
  /// Written with `$$` where it begins with a `$`.
  case literal(JSONValue)
  /// `${project}` or `${home}`, and what follows it.
  case below(PathBase, String)
  /// `$name`.
  case named(String)
}
