/// Makes the sets of NFA nodes that a text can lead to into states, as far as they are met.
///
/// A state's places are resolved when the next byte is known: it holds those of its nodes that wait for it, and
/// what the byte before it was.
struct Determiniser {
  private struct Key: Hashable {
    var nodes: [Int]
    var behind: Surroundings
  }

  private let nfa: NFA
  private let classes: ByteClasses
  private let needs: Surroundings
  private let limit: Int
  private let stateLimit: Int
  /// How many steps of work are left; it bounds time as the limit bounds memory.
  private var work: Int
  private var numbers: [Key: Int] = [:]
  private var keys: [Key] = []
  private var table: DenseTable
  private var closure: Closure

  /// The deterministic table of the NFA, not minimal.
  static func table(of nfa: NFA, stateLimit: Int) throws(PatternError) -> DenseTable {
    var determiniser = Determiniser(nfa, stateLimit: stateLimit)
    return try determiniser.run()
  }

  private init(_ nfa: NFA, stateLimit: Int) {
    self.nfa = nfa
    self.stateLimit = stateLimit
    limit = 4 * stateLimit + 64
    work = 4_000_000 + 4_000 * min(stateLimit, 65_536)
    needs = nfa.needs
    classes = ByteClasses(nfa)
    table = DenseTable(byteClass: classes.ofByte, classCount: classes.count)
    closure = Closure(nfa)
  }

  private mutating func run() throws(PatternError) -> DenseTable {
    _ = try number(closure.gather(nfa.starts), behind: .edge)
    var state = 0
    while state < keys.count {
      try expand(state)
      state += 1
    }
    return table
  }

  /// Fills the row of a state.
  private mutating func expand(_ state: Int) throws(PatternError) {
    let key = keys[state]
    table.accepting[state] = closure.resolve(key.nodes, behind: key.behind, next: .edge).contains(where: nfa.accepts)
    var reached = [[Int]](repeating: [], count: classes.count)
    for (next, members) in classes.bySurroundings {
      let nodes = closure.resolve(key.nodes, behind: key.behind, next: next)
      work -= nodes.count
      for node in nodes {
        guard case .bytes(let edges) = nfa.nodes[node] else { continue }
        for edge in nfa.edges[edges] {
          for number in classes.ofByte[Int(edge.low)]...classes.ofByte[Int(edge.high)] where members[Int(number)] {
            reached[Int(number)].append(edge.target)
          }
          work -= 1
        }
      }
    }
    try link(state, reached)
  }

  private mutating func link(_ state: Int, _ reached: [[Int]]) throws(PatternError) {
    for number in reached.indices {
      let row = state * classes.count
      let behind = classes.surroundings[number]
      if number > 0, reached[number] == reached[number - 1], behind == classes.surroundings[number - 1] {
        table.transitions[row + number] = table.transitions[row + number - 1]
        continue
      }
      work -= 2 * reached[number].count
      guard work > 0 else { throw .tooManyStates(stateLimit) }
      let target = try self.number(closure.gather(reached[number]), behind: behind)
      table.transitions[row + number] = Int32(target)
    }
  }

  private mutating func number(_ nodes: [Int], behind: Surroundings) throws(PatternError) -> Int {
    let waits = nodes.contains(where: nfa.waits)
    work -= nodes.count
    let key = Key(nodes: nodes, behind: waits ? behind.intersection(needs) : [])
    if let known = numbers[key] { return known }
    guard keys.count < limit, (keys.count + 1) * classes.count < DenseTable.sizeLimit else {
      throw .tooManyStates(stateLimit)
    }
    numbers[key] = keys.count
    keys.append(key)
    table.addState()
    return keys.count - 1
  }
}

extension NFA {
  /// Whether the node ends an accepted text.
  func accepts(_ node: Int) -> Bool {
    if case .accept = nodes[node] { true } else { false }
  }

  /// Whether what can be done at the node depends on the place.
  func waits(_ node: Int) -> Bool {
    switch nodes[node] {
    case .position, .look: true
    case .bytes, .split, .lookEnd, .accept: false
    }
  }

  /// What its places ask of their neighbours.
  var needs: Surroundings {
    nodes.reduce(into: Surroundings()) { needs, node in
      if case .position(let position, _) = node { needs.formUnion(position.needs) }
    }
  }
}
