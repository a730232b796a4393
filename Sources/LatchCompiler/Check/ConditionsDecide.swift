import LatchJSON
import LatchPolicy
import LatchSource

extension Check {
  /// A question to which the locked schemas know the answer: what they do not take never comes to the rules.
  static let conditionsDecide = Check(
    "L3114", "L3115", summary: "no matcher holds for every call that the locked schemas take, or for none"
  ) { model in
    guard model.settings.defaults.invalidArguments == .deny, !model.unread.contains(.settings) else { return [] }
    return model.typed.rules.filter { $0.rule.declaration.isWhole && model.knowsReach(of: $0.rule) }.flatMap { rule in
      rule.conjunctions.flatMap { conjunction in
        let alone = conjunction.placesAskedOnce
        return conjunction.tests.filter { $0.hasPlace && !isTolerance($0, alone) }.compactMap {
          answered($0, of: rule, in: model)
        }
      }
    }
  }
}

/// Whether a `type` stands beside other matchers, to say which values are nothing to refuse.
private func isTolerance(_ test: TypedTest, _ askedOnce: Set<Int>) -> Bool {
  guard case .type = test.matcher.value else { return false }
  return !askedOnce.contains(test.place)
}

extension Conjunction {
  fileprivate var placesAskedOnce: Set<Int> {
    var counts: [Int: Int] = [:]
    for test in tests { counts[test.place, default: 0] += 1 }
    return Set(counts.filter { $0.value == 1 }.keys)
  }
}

private func answered(_ test: TypedTest, of rule: TypedRule, in model: Model) -> Diagnostic? {
  let holders = model.typed.held(test, by: rule.tools)
  guard !holders.isEmpty else { return nil }
  if case .present(let isWanted) = test.matcher.value {
    guard holders.toolNames.count == rule.tools.count, holders.allSatisfy(\.argument.isRequired) else { return nil }
    return .present(test, isWanted, holders)
  }
  let matcher = PreparedMatcher(test, model.patterns)
  guard !matcher.isImpossible, !holders.contains(where: { $0.values.types.isDisjoint(with: matcher.readable) }) else {
    return nil
  }
  let verdicts = holders.map { matcher.verdict(on: $0.values) }
  if verdicts.allSatisfy({ $0 == .never }) { return .neverHolds(test, holders) }
  guard holders.toolNames.count == rule.tools.count, verdicts.allSatisfy({ $0 == .always }) else { return nil }
  return holders.allSatisfy({ isThere($0, matcher) }) ? .alwaysHolds(test, holders) : nil
}

/// Whether the matcher has a value to hold for in every call.
private func isThere(_ holder: Holder, _ matcher: PreparedMatcher) -> Bool {
  holder.argument.isRequired || holder.argument.fallback.flatMap(matcher.holds) == true
}

extension Diagnostic {
  fileprivate static func present(_ test: TypedTest, _ isWanted: Bool, _ holders: [Holder]) -> Diagnostic {
    let what = "\(subject(test, holders)) is required, so `present: \(isWanted)`"
    return isWanted
      ? Diagnostic("L3115", .warning, "\(what) always holds; leave it out", at: test.matcher.span)
      : Diagnostic("L3114", .warning, "\(what) never holds", at: test.matcher.span)
  }

  /// Nil where another check says it as an error.
  fileprivate static func neverHolds(_ test: TypedTest, _ holders: [Holder]) -> Diagnostic? {
    switch test.matcher.value {
    case .equals, .type: return nil
    default: break
    }
    return Diagnostic(
      "L3114", .warning,
      "\(test.matcher.value.name) never holds: \(subject(test, holders)) is \(bounds(test, holders))",
      at: test.matcher.span)
  }

  fileprivate static func alwaysHolds(_ test: TypedTest, _ holders: [Holder]) -> Diagnostic {
    Diagnostic(
      "L3115", .warning,
      "\(test.matcher.value.name) holds for every call: \(subject(test, holders)) is \(bounds(test, holders))"
        + (test.isNegated ? "; negated, it never does" : "; leave it out"),
      at: test.matcher.span)
  }

  /// What the schemas say that settles it.
  private static func bounds(_ test: TypedTest, _ holders: [Holder]) -> String {
    let values = holders.map(\.values).reduce(PossibleValues.none) { $0.union($1) }
    return values.bounds(for: test.matcher.value)
  }
}
