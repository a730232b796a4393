import LatchAutomata
import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// What can be seen without a lock: questions that no value answers, alone or beside another about the same argument,
  /// and those that say nothing beyond another.
  static let conditionsAgree = Check(
    "L3114", "L3115", summary: "no matchers of one argument exclude or repeat each other"
  ) { model in
    model.typed.rules.filter(\.rule.declaration.isWhole).flatMap { rule in
      rule.conjunctions.flatMap { disagreements(in: $0, model) }
    }
  }
}

/// So many pairs of a conjunction are compared: each may be a walk through two automata.
private let mostCompared = 100

private func disagreements(in conjunction: Conjunction, _ model: Model) -> [Diagnostic] {
  let wanted = conjunction.wanted.filter(\.hasPlace).map { Question($0, model) }
  let unwanted = conjunction.unwanted.filter(\.hasPlace).map { Question($0, model) }
  var found = (wanted + unwanted).filter(\.matcher.isImpossible).map { Diagnostic.neverHolds($0.test) }
  // By argument, those that are to be compared still.
  var others = Dictionary(grouping: wanted.filter { !$0.matcher.isImpossible }.reversed(), by: \.test.place)
  let excluded = Dictionary(grouping: unwanted.filter { !$0.matcher.isImpossible }, by: \.test.place)
  var left = mostCompared
  for one in wanted where left > 0 && !one.matcher.isImpossible {
    _ = others[one.test.place]?.popLast()
    let rest = (others[one.test.place] ?? []).reversed().prefix(left)
    let refused = (excluded[one.test.place] ?? []).prefix(left - rest.count)
    left -= rest.count + refused.count
    for other in rest { found += one.compared(with: other) }
    found += refused.filter(one.implies).map { .excluding(one.test, $0.test, isUnwanted: true) }
  }
  return found
}

private struct Question {
  let test: TypedTest
  let matcher: PreparedMatcher

  init(_ test: TypedTest, _ model: Model) {
    self.test = test
    matcher = PreparedMatcher(test, model.patterns)
  }

  func compared(with other: Question) -> [Diagnostic] {
    if excludes(other) || other.excludes(self) { return [.excluding(test, other.test)] }
    if implies(other), other.isRepetition { return [.repeating(other.test, test)] }
    if other.implies(self), isRepetition { return [.repeating(test, other.test)] }
    return []
  }

  /// Whether it does no more than decide where another decides as much: `type` says what is nothing to refuse, and a
  /// path is held against its links.
  private var isRepetition: Bool {
    switch matcher.matcher {
    case .equals, .bound, .length: true
    case .text(let demands): demands.allSatisfy { !$0.kind.readsPath }
    default: false
    }
  }

  /// Whether no value answers both.
  private func excludes(_ other: Question) -> Bool {
    if matcher.readable.isDisjoint(with: other.matcher.readable) { return true }
    switch (matcher.matcher, other.matcher.matcher) {
    case (.equals(let operands), _):
      return operands.allSatisfy { operand in operand.value.literal.flatMap(other.matcher.holds) == false }
    case (.type(let types), _): return ValueTypes(types).isDisjoint(with: other.matcher.readable)
    case (.bound, .bound):
      guard let one = matcher.numbers, let two = other.matcher.numbers else { return false }
      return one.intersection(two).isEmpty
    case (.length, .length):
      guard let one = matcher.counts, let two = other.matcher.counts else { return false }
      return one.intersection(two).isEmpty
    case (.text, .text):
      let pairs = matcher.texts.flatMap { one in other.matcher.texts.map { (one, $0) } }
      return !pairs.isEmpty && pairs.allSatisfy { $0.isDisjoint(with: $1) }
    default: return false
    }
  }

  /// Whether every value that answers it answers the other.
  func implies(_ other: Question) -> Bool {
    switch (matcher.matcher, other.matcher.matcher) {
    case (.equals(let operands), _):
      return operands.allSatisfy { operand in operand.value.literal.flatMap(other.matcher.holds) == true }
    case (.bound, .bound):
      guard let one = matcher.numbers, let two = other.matcher.numbers else { return false }
      return one.isInside(two)
    case (.length, .length):
      guard let one = matcher.counts, let two = other.matcher.counts else { return false }
      return one.isInside(two)
    case (.text, .text):
      return !matcher.texts.isEmpty
        && matcher.texts.allSatisfy { one in other.matcher.texts.contains { one.isInside($0) } }
    default: return false
    }
  }
}

extension PreparedMatcher {
  fileprivate var numbers: NumberRange? {
    if case .bound(let bound, let lexeme) = matcher { NumberRange(bound, lexeme) } else { nil }
  }

  fileprivate var counts: CountRange? {
    if case .length(let least, let most) = matcher { CountRange(least: least, greatest: most) } else { nil }
  }
}

extension PreparedMatcher.Text {
  fileprivate func isDisjoint(with other: Self) -> Bool {
    readsAlike(other) && (try? automaton.isDisjoint(with: other.automaton)) == true
  }

  fileprivate func isInside(_ other: Self) -> Bool {
    readsAlike(other) && (try? automaton.isSubset(of: other.automaton)) == true
  }

  /// Whether both are about the same part of a text, in the same spelling.
  private func readsAlike(_ other: Self) -> Bool {
    let (one, two) = (pattern.kind, other.pattern.kind)
    let sameText = one == two || one.readsBytes && two.readsBytes || one.readsPath && two.readsPath
    return sameText && pattern.base == other.pattern.base && pattern.isFolded == other.pattern.isFolded
  }
}

extension Diagnostic {
  fileprivate static func neverHolds(_ test: TypedTest) -> Diagnostic {
    let why = if case .length = test.matcher.value { "`min` is greater than `max`" } else { "no text matches it" }
    return Diagnostic("L3114", .warning, "\(test.matcher.value.name) never holds: \(why)", at: test.matcher.span)
  }

  /// `isUnwanted`: the other must not hold.
  fileprivate static func excluding(_ one: TypedTest, _ other: TypedTest, isUnwanted: Bool = false) -> Diagnostic {
    let (first, second) = one.matcher.span < other.matcher.span ? (one, other) : (other, one)
    let names = [one.matcher.value.name, other.matcher.value.name]
    let both = names[0] == names[1] ? "both this and the other \(names[0])" : "both \(names[0]) and \(names[1])"
    let what =
      isUnwanted
      ? "whatever \(names[0]) lets \(one.route.inWords) be is excluded by \(names[1])"
      : "no value of \(one.route.inWords) answers \(both)"
    return Diagnostic(
      "L3114", .warning, "\(what); the condition never holds", at: second.matcher.span,
      notes: [Note("the other one", at: first.matcher.span)])
  }

  fileprivate static func repeating(_ one: TypedTest, _ other: TypedTest) -> Diagnostic {
    Diagnostic(
      "L3115", .warning, "\(one.matcher.value.name) holds wherever \(other.matcher.value.name) does; leave it out",
      at: one.matcher.span, notes: [Note("the other one", at: other.matcher.span)])
  }
}
