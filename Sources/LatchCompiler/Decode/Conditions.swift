package import LatchJSON
package import LatchPolicy
package import LatchSource

/// A condition as written: a question about one argument, or several put together.
package indirect enum ConditionDeclaration: Sendable {
  case all([ConditionDeclaration])
  case any([ConditionDeclaration])
  case none([ConditionDeclaration])
  case test(ArgumentTest)

  /// Every question in it, in the order of the file; those about elements stand inside theirs.
  package var tests: [ArgumentTest] {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.tests)
    case .test(let test): [test]
    }
  }
}

/// One argument and what is asked of it.
package struct ArgumentTest: Sendable {
  package var path: Spanned<ArgumentPath>
  /// With the place of what is asked for: a value, a list, a map.
  package var matcher: Spanned<MatcherDeclaration>
  /// What `type` beside it asks for.
  package var tolerated: [JSONType] = []
}

/// What is asked of a value, as written.
package indirect enum MatcherDeclaration: Sendable {
  case equals([Spanned<Operand>])
  /// Several kinds only under `**`, where one string must satisfy them all.
  case text([TextDemand])
  case port([Spanned<Operand>])
  case addresses([Spanned<Operand>])
  case bound(Bound, String)
  case length(min: Int?, max: Int?)
  case type([JSONType])
  case present(Bool)
  /// What `fields` asks before it asks about the members.
  case object
  case elements(Quantifier, ConditionDeclaration)
}

/// One kind of text matcher with what it was given: any of these.
package struct TextDemand: Sendable {
  package var kind: TextMatcher
  package var operands: [Spanned<Operand>]
  /// Where the kind is written.
  package var key: Span
}

/// What a matcher compares with.
package enum Operand: Sendable {
  case value(JSONValue)
  /// `${project}` or `${home}`, and what follows it.
  case based(PathBase, rest: String)
  /// `$name`, until names are looked up: each element of the list of `values:`.
  case list(String)
}

/// A list of `values:`.
package struct ValuesDeclaration: Sendable {
  package var name: Spanned<String>
  package var elements: [Spanned<JSONValue>]
}
