/// Turns a pattern into an NFA, each piece in front of what follows it.
struct NFABuilder {
  private(set) var nfa = NFA()
  private var fragments: [ScalarSet: UTF8Fragment] = [.text: .text]
  /// How many nodes and edges may still be made.
  private var budget: Int
  private let stateLimit: Int

  /// The automaton of all texts in which the pattern matches somewhere; a reversed one reads from the end.
  static func search(_ pattern: Pattern, reversed: Bool, stateLimit: Int) throws(PatternError) -> NFA {
    var builder = NFABuilder(reversed: reversed, stateLimit: stateLimit)
    let isAnchored = (start: pattern.isAnchoredAtStart, end: pattern.isAnchoredAtEnd)
    var next = try builder.end()
    if !(reversed ? isAnchored.start : isAnchored.end) {
      next = try builder.add(.anything, next: next)
      builder.nfa.open = next
    }
    next = try builder.add(pattern, next: next)
    if !(reversed ? isAnchored.end : isAnchored.start) { next = try builder.add(.anything, next: next) }
    builder.begin(at: next)
    return builder.nfa
  }

  /// The automaton of all texts that are the pattern from end to end.
  static func whole(_ pattern: Pattern, stateLimit: Int) throws(PatternError) -> NFA {
    var builder = NFABuilder(reversed: false, stateLimit: stateLimit)
    builder.begin(at: try builder.add(pattern, next: builder.end()))
    return builder.nfa
  }

  init(reversed: Bool, stateLimit: Int) {
    nfa.isReversed = reversed
    self.stateLimit = stateLimit
    budget = 40_000 + 40 * stateLimit
  }

  /// Adds the node at which a text is accepted.
  mutating func end() throws(PatternError) -> Int {
    try node(.accept)
  }

  mutating func begin(at start: Int) {
    nfa.starts.append(start)
  }

  /// Adds the pattern in front of a node and returns where it begins.
  mutating func add(_ pattern: Pattern, next: Int) throws(PatternError) -> Int {
    switch pattern {
    case .scalars(let set): return try add(set, next: next)
    case .sequence(let items): return try add(items, next: next)
    case .choice(let items): return try add(choice: items, next: next)
    case .repeated(let item, let least, let most): return try add(item, least: least, most: most, next: next)
    case .position(let position): return try node(.position(position, next: next))
    case .look(let inner, let ahead, let holds): return try add(look: inner, ahead: ahead, holds: holds, next: next)
    }
  }

  /// Adds alternatives. Those that are plain words share their beginnings, so that a long list of them costs little.
  private mutating func add(choice items: [Pattern], next: Int) throws(PatternError) -> Int {
    var entries: [Int] = []
    var words = WordTrie()
    for item in items {
      if let word = item.word {
        words.add(nfa.isReversed ? word.reversed() : word)
      } else {
        entries.append(try add(item, next: next))
      }
    }
    if !words.isEmpty { entries.append(try add(words, next: next)) }
    return try split(entries)
  }

  private mutating func add(_ words: WordTrie, next: Int) throws(PatternError) -> Int {
    var entries = [Int](repeating: next, count: words.nodes.count)
    // Children are made after their parents.
    for (number, node) in words.nodes.enumerated().reversed() {
      var ways: [Int] = []
      for (set, child) in node.children { ways.append(try add(set, next: entries[child])) }
      if node.isEnd { ways.append(next) }
      entries[number] = try split(ways)
    }
    return entries[0]
  }

  mutating func split(_ entries: [Int]) throws(PatternError) -> Int {
    if entries.count == 1 { return entries[0] }
    let first = nfa.targets.count
    nfa.targets += entries
    try spend(entries.count)
    return try node(.split(first..<nfa.targets.count))
  }

  private mutating func add(_ items: [Pattern], next: Int) throws(PatternError) -> Int {
    var next = next
    if nfa.isReversed {
      for item in items { next = try add(item, next: next) }
    } else {
      for item in items.reversed() { next = try add(item, next: next) }
    }
    return next
  }

  private mutating func add(_ item: Pattern, least: Int, most: Int?, next: Int) throws(PatternError) -> Int {
    let once = item.takesNothing ? 1 : Int.max
    var entry = next
    if let most {
      for _ in min(least, once)..<max(min(most, once), min(least, once)) {
        entry = try split([try add(item, next: entry), next])
      }
    } else {
      entry = try loop(item, next: next)
      if least > 0 { entry = try add(item, next: entry) }
    }
    for _ in (most == nil ? 1 : 0)..<max(min(least, once), most == nil ? 1 : 0) { entry = try add(item, next: entry) }
    return entry
  }

  /// Adds zero or more of the item.
  private mutating func loop(_ item: Pattern, next: Int) throws(PatternError) -> Int {
    let first = nfa.targets.count
    nfa.targets += [next, next]
    let loop = try node(.split(first..<first + 2))
    nfa.targets[first] = try add(item, next: loop)
    return loop
  }

  private mutating func add(look: Pattern, ahead: Bool, holds: Bool, next: Int) throws(PatternError) -> Int {
    guard ahead == nfa.isReversed else {
      throw PatternError(.unsupported, "look-ahead and look-behind in one pattern are not supported")
    }
    var pieces = [look]
    if ahead {
      if !look.isAnchoredAtEnd { pieces.append(.anything) }
    } else {
      if !look.isAnchoredAtStart { pieces.insert(.anything, at: 0) }
    }
    let end = try node(.accept)
    let start = try add(pieces, next: end)
    let number = nfa.lookCount
    nfa.lookCount += 1
    nfa.nodes[end] = .lookEnd(number)
    nfa.starts.append(start)
    return try node(.look(number, holds: holds, next: next))
  }

  private mutating func add(_ set: ScalarSet, next: Int) throws(PatternError) -> Int {
    let fragment = fragments[set] ?? UTF8Fragment(set)
    fragments[set] = fragment
    try spend(fragment.edges.count)
    return nfa.isReversed ? try add(reversed: fragment, next: next) : try add(fragment, next: next)
  }

  private mutating func add(_ fragment: UTF8Fragment, next: Int) throws(PatternError) -> Int {
    try add(edges: fragment.edges, nodeCount: fragment.nodeCount, entry: 0, exit: 1, next: next)
  }

  private mutating func add(reversed fragment: UTF8Fragment, next: Int) throws(PatternError) -> Int {
    let turned = fragment.edges.map {
      UTF8Fragment.Edge(source: $0.target, low: $0.low, high: $0.high, target: $0.source)
    }
    return try add(edges: turned, nodeCount: fragment.nodeCount, entry: 1, exit: 0, next: next)
  }

  private mutating func add(
    edges: [UTF8Fragment.Edge], nodeCount: Int, entry: Int, exit: Int, next: Int
  ) throws(PatternError) -> Int {
    var outgoing = [[NFA.Edge]](repeating: [], count: nodeCount)
    let base = nfa.nodes.count
    let place = { (local: Int) in local == exit ? next : base + (local > exit ? local - 1 : local) }
    for edge in edges {
      outgoing[edge.source].append(NFA.Edge(low: edge.low, high: edge.high, target: place(edge.target)))
    }
    for local in 0..<nodeCount where local != exit {
      let first = nfa.edges.count
      nfa.edges += outgoing[local]
      _ = try node(.bytes(first..<nfa.edges.count))
    }
    return place(entry)
  }

  private mutating func node(_ node: NFA.Node) throws(PatternError) -> Int {
    try spend(1)
    nfa.nodes.append(node)
    return nfa.nodes.count - 1
  }

  private mutating func spend(_ cost: Int) throws(PatternError) {
    budget -= cost
    if budget < 0 { throw .tooManyStates(stateLimit) }
  }
}
