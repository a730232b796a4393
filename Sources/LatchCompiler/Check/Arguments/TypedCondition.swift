import LatchPolicy
import LatchSource

/// A condition of which every question knows where it looks and what hangs on it.
indirect enum TypedCondition: Sendable {
  case all([TypedCondition])
  case any([TypedCondition])
  case none([TypedCondition])
  case test(TypedTest)

  /// Every question in it in the order of the file, those about elements behind the one about their list.
  var tests: [TypedTest] {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.tests)
    case .test(let test): [test] + (test.inner?.tests ?? [])
    }
  }

  /// Whether it holds, where that can be told: nil if not.
  func truth(_ answer: (TypedTest) -> Bool?) -> Bool? {
    switch self {
    case .all(let parts): Self.joined(parts, over: false, answer)
    case .any(let parts): Self.joined(parts, over: true, answer)
    case .none(let parts): Self.joined(parts, over: true, answer).map { !$0 }
    case .test(let test): answer(test)
    }
  }

  private static func joined(_ parts: [TypedCondition], over settled: Bool, _ answer: (TypedTest) -> Bool?) -> Bool? {
    let truths = parts.map { $0.truth(answer) }
    if truths.contains(settled) { return settled }
    return truths.allSatisfy { $0 == !settled } ? !settled : nil
  }

  /// The same for every place, where only the questions about that place have an answer: all places in one walk, since
  /// a condition may ask about as many as it has questions. Places of which it cannot be told are left out.
  func truths(_ answer: (TypedTest) -> Bool?) -> [Int: Bool] {
    switch self {
    case .all(let parts): Self.joined(parts, over: false, answer)
    case .any(let parts): Self.joined(parts, over: true, answer)
    case .none(let parts): Self.joined(parts, over: true, answer).mapValues { !$0 }
    case .test(let test): answer(test).map { [test.place: $0] } ?? [:]
    }
  }

  private static func joined(_ parts: [TypedCondition], over settled: Bool, _ answer: (TypedTest) -> Bool?)
    -> [Int: Bool]
  {
    var truths: [Int: Bool] = [:]
    var unsettled: [Int: Int] = [:]
    for part in parts {
      for (place, truth) in part.truths(answer) {
        if truth == settled { truths[place] = settled } else { unsettled[place, default: 0] += 1 }
      }
    }
    for (place, count) in unsettled where count == parts.count { truths[place] = !settled }
    return truths
  }
}

/// A question with its place.
struct TypedTest: Sendable {
  let path: Spanned<ArgumentPath>
  let matcher: Spanned<MatcherDeclaration>
  /// The types that `type` beside it asks for.
  let tolerated: ValueTypes
  /// What the routes of the project are numbered by.
  let place: Int
  let route: ArgumentRoute
  /// Whether the call is let through less the more the question holds.
  let isDenying: Bool
  /// Whether it stands under an odd number of `not` and `none_of`.
  let isNegated: Bool
  /// The number of the map that it stands in, of all that hold together.
  let conjunction: Int
  /// What is asked of elements.
  let inner: TypedCondition?

  /// Whether it looks at a place of its own, not at every string.
  var hasPlace: Bool { !path.value.isAnywhere }
}
