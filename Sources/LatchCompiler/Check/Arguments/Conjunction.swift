/// Questions that stand side by side, so that a call must answer all of them.
struct Conjunction {
  /// Those that must hold.
  var wanted: [TypedTest] = []
  /// Those that must not.
  var unwanted: [TypedTest] = []

  var tests: [TypedTest] { wanted + unwanted }
}

extension TypedRule {
  /// Every question stands in exactly one of these.
  var conjunctions: [Conjunction] { (when?.conjunctions ?? []) + (unless?.conjunctions ?? []) }
}

extension TypedCondition {
  fileprivate var conjunctions: [Conjunction] {
    var own = Conjunction()
    var others: [Conjunction] = []
    sort(into: &own, &others)
    return [own] + others
  }

  private func sort(into own: inout Conjunction, _ others: inout [Conjunction]) {
    switch self {
    case .all(let parts): for part in parts { part.sort(into: &own, &others) }
    case .any(let parts): others += parts.flatMap(\.conjunctions)
    case .none(let parts):
      for part in parts {
        guard case .test(let test) = part else {
          others += part.conjunctions
          continue
        }
        own.unwanted.append(test)
        others += test.inner?.conjunctions ?? []
      }
    case .test(let test):
      own.wanted.append(test)
      others += test.inner?.conjunctions ?? []
    }
  }
}
