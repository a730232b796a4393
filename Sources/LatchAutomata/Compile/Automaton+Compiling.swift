extension Automaton {
  /// The texts in which a regular expression matches anywhere.
  package static func regex(
    _ pattern: String, dialect: RegexDialect, stateLimit: Int = 4096
  ) throws(PatternError) -> Automaton {
    try search(RegexParser.parse(pattern, dialect: dialect), stateLimit: stateLimit)
  }

  /// The texts in which the pattern is found. Look-aheads are answered by reading backwards, where what follows is
  /// already known; the table is then turned round.
  static func search(_ pattern: Pattern, stateLimit: Int) throws(PatternError) -> Automaton {
    let backwards = pattern.looks(ahead: true)
    let nfa = try NFABuilder.search(pattern, reversed: backwards, stateLimit: stateLimit)
    let table = try Determiniser.table(of: nfa, stateLimit: stateLimit)
    guard backwards else { return try table.minimal(stateLimit: stateLimit) }
    let turned = try table.minimal(stateLimit: stateLimit, isStep: true).turned
    return try Determiniser.table(of: turned, stateLimit: stateLimit).minimal(stateLimit: stateLimit)
  }

  /// The texts that are the pattern from end to end.
  static func whole(_ pattern: Pattern, stateLimit: Int) throws(PatternError) -> Automaton {
    let nfa = try NFABuilder.whole(pattern, stateLimit: stateLimit)
    return try Determiniser.table(of: nfa, stateLimit: stateLimit).minimal(stateLimit: stateLimit)
  }

  /// The automaton of its texts read from their ends.
  private var turned: NFA {
    var incoming = [[NFA.Edge]](repeating: [], count: accepting.count)
    for state in accepting.indices {
      var byte = 0
      while byte < 256 {
        let target = step(state, UInt8(byte))
        var last = byte
        while last < 255, step(state, UInt8(last + 1)) == target { last += 1 }
        incoming[target].append(NFA.Edge(low: UInt8(byte), high: UInt8(last), target: state))
        byte = last + 1
      }
    }
    var nfa = NFA()
    for state in accepting.indices {
      let first = nfa.edges.count
      nfa.edges += incoming[state]
      nfa.nodes.append(.bytes(first..<nfa.edges.count))
    }
    return nfa.endingAt(0, starts: accepting.indices.filter { accepting[$0] })
  }

  private func step(_ state: Int, _ byte: UInt8) -> Int {
    Int(transitions[state * classCount + Int(classes[Int(byte)])])
  }
}

extension NFA {
  /// Itself with the given starts, accepting where it comes to a node.
  fileprivate func endingAt(_ end: Int, starts: [Int]) -> NFA {
    var nfa = self
    nfa.nodes.append(.accept)
    nfa.nodes.append(nfa.nodes[end])
    nfa.targets = [nodes.count, nodes.count + 1]
    nfa.nodes[end] = .split(0..<2)
    nfa.starts = starts
    return nfa
  }
}
