/// A pattern as numbered steps over scalars, for patterns whose automaton would be too large.
///
/// A repetition of one scalar's choice is a single step that counts, so that `.{0,65535}` is as small as `.*`.
struct ScalarProgram: Sendable {
  enum Step: Sendable {
    /// Take one scalar of the numbered set.
    case scalar(set: Int, next: Int)
    /// Take so many scalars of the numbered set; the counter's number.
    case count(Int, next: Int)
    case split([Int])
    case position(TextPosition, next: Int)
    case look(Int, holds: Bool, next: Int)
    case lookEnd(Int)
    case accept
  }

  /// How often a counting step is taken.
  struct Counter: Sendable {
    var set: Int
    var least: Int
    var most: Int
    var next: Int
  }

  private(set) var steps: [Step] = []
  private(set) var sets: [ScalarSet] = []
  private(set) var counters: [Counter] = []
  private(set) var lookCount = 0
  /// Where a match may begin, at any place or only where reading begins.
  private(set) var start = 0
  private(set) var isAnchored = false
  /// Where the numbered look-arounds begin, at any place.
  private(set) var lookStarts: [Int] = []
  let isReversed: Bool
  private var setNumbers: [ScalarSet: Int] = [:]

  /// No pattern of a tool's schema comes near it; it bounds what one scalar can cost.
  private static let stepLimit = 20_000
  /// Repetitions of one scalar that are shorter are written out.
  private static let shortest = 8

  init(_ pattern: Pattern) throws(PatternError) {
    isReversed = pattern.looks(ahead: true)
    isAnchored = isReversed ? pattern.isAnchoredAtEnd : pattern.isAnchoredAtStart
    let end = try step(.accept)
    start = try add(pattern, next: end)
  }

  private mutating func add(_ pattern: Pattern, next: Int) throws(PatternError) -> Int {
    switch pattern {
    case .scalars(let set): return try step(.scalar(set: number(set), next: next))
    case .sequence(let items):
      var next = next
      for item in isReversed ? items : items.reversed() { next = try add(item, next: next) }
      return next
    case .choice(let items):
      var entries: [Int] = []
      for item in items { entries.append(try add(item, next: next)) }
      return try step(.split(entries))
    case .repeated(let item, let least, let most): return try add(item, least: least, most: most, next: next)
    case .position(let position): return try step(.position(position, next: next))
    case .look(let inner, let ahead, let holds): return try add(look: inner, ahead, holds: holds, next: next)
    }
  }

  private mutating func add(_ item: Pattern, least: Int, most: Int?, next: Int) throws(PatternError) -> Int {
    if case .scalars(let set) = item, max(least, most ?? 0) >= Self.shortest {
      let rest = most == nil ? try loop(item, next: next) : next
      return try count(set, least: least, most: most ?? least, next: rest)
    }
    let once = item.takesNothing ? 1 : Int.max
    let (fewest, furthest) = (min(least, once), min(most ?? least, once))
    var entry = most == nil ? try loop(item, next: next) : next
    for _ in fewest..<max(furthest, fewest) { entry = try step(.split([try add(item, next: entry), next])) }
    for _ in 0..<fewest { entry = try add(item, next: entry) }
    return entry
  }

  private mutating func count(_ set: ScalarSet, least: Int, most: Int, next: Int) throws(PatternError) -> Int {
    counters.append(Counter(set: number(set), least: least, most: most, next: next))
    return try step(.count(counters.count - 1, next: next))
  }

  private mutating func loop(_ item: Pattern, next: Int) throws(PatternError) -> Int {
    let loop = try step(.split([]))
    steps[loop] = .split([try add(item, next: loop), next])
    return loop
  }

  private mutating func add(look: Pattern, _ ahead: Bool, holds: Bool, next: Int) throws(PatternError) -> Int {
    guard ahead == isReversed else {
      throw PatternError(.unsupported, "look-ahead and look-behind in one pattern are not supported")
    }
    let end = try step(.accept)
    let start = try add(look, next: end)
    steps[end] = .lookEnd(lookCount)
    lookStarts.append(start)
    lookCount += 1
    return try step(.look(lookCount - 1, holds: holds, next: next))
  }

  private mutating func number(_ set: ScalarSet) -> Int {
    if let known = setNumbers[set] { return known }
    setNumbers[set] = sets.count
    sets.append(set)
    return sets.count - 1
  }

  private mutating func step(_ step: Step) throws(PatternError) -> Int {
    guard steps.count < Self.stepLimit else { throw .tooManyStates(Self.stepLimit) }
    steps.append(step)
    return steps.count - 1
  }
}
