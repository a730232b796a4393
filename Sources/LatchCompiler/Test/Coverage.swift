package import LatchPolicy

/// Which rules the tests of a project have decided by, and which of their matchers were seen to hold and to fail.
package struct Coverage: Sendable, Equatable {
  package struct Rule: Sendable, Equatable {
    package var id: String
    package var isGuardrail: Bool
    /// `path:line:column`.
    package var place: String?
    /// How many tests it decided, alone or with others that say the same; or whose calls its limit counts.
    package var decided = 0
    package var matchers: [Matcher]
  }

  package struct Matcher: Sendable, Equatable {
    package var path: String
    package var name: String
    /// `path:line:column`.
    package var place: String?
    /// In how many tests it held, and in how many it did not.
    package var held = 0
    package var failed = 0
  }

  /// By id.
  package private(set) var rules: [Rule]

  package init(of bundle: Bundle, by results: [TestResult]) {
    let outlines = RuleOutline.all(of: bundle)
    rules = outlines.map { outline in
      Rule(
        id: outline.id, isGuardrail: outline.isGuardrail, place: outline.place,
        matchers: outline.matchers.map { Matcher(path: $0.path, name: $0.name, place: $0.place) })
    }
    let numbers = Dictionary(outlines.map { ($0.id, $0.rule) }, uniquingKeysWith: { first, _ in first })
    for result in results {
      guard let decision = result.decision, decision.cameFromRules else { continue }
      for id in decision.speakers {
        if let number = numbers[id] { rules[number].decided += 1 }
      }
      for entry in result.entries {
        if let number = numbers[entry.rule] { count(entry.conditions, in: number, outlines[number].matchers) }
      }
    }
  }

  private mutating func count(_ answers: [TraceEntry.Question], in rule: Int, _ matchers: [OutlinedMatcher]) {
    for (position, matcher) in matchers.enumerated() where matcher.leaves.upperBound <= answers.count {
      let answers = answers[matcher.leaves].map(\.held)
      if answers.contains(.yes) { rules[rule].matchers[position].held += 1 }
      if answers.allSatisfy({ $0 == .no }) { rules[rule].matchers[position].failed += 1 }
    }
  }

  /// The rules that decided a test.
  package var decided: Share { Share(rules.count { $0.decided > 0 }, of: rules.count) }

  /// The matchers that held in one test and failed in another.
  package var matched: Share {
    let matchers = rules.flatMap(\.matchers)
    return Share(matchers.count { $0.held > 0 && $0.failed > 0 }, of: matchers.count)
  }
}

/// So many of so many.
package struct Share: Sendable, Equatable {
  package var count: Int
  package var total: Int

  package init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  /// Rounded down, so that 100 is all of them.
  package var percent: Int { total == 0 ? 100 : count * 100 / total }
}

extension Decision {
  /// The rules without which it would be another, or owe less.
  fileprivate var speakers: Set<String> {
    Set([rule].compactMap(\.self) + also + obligations.limits.map(\.rule))
  }

  /// Whether rules were asked: what is refused before them shows nothing of their conditions.
  fileprivate var cameFromRules: Bool {
    [.rule, .guardrail, .default].contains(decidedBy) || effect == .requireApproval
  }
}
