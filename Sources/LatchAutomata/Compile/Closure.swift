/// Finds the nodes that a set of nodes leads to without taking a byte.
struct Closure {
  private let nfa: NFA
  /// The round in which a node was last met: a set that is emptied by counting on.
  private var met: [Int]
  private var round = 0

  init(_ nfa: NFA) {
    self.nfa = nfa
    met = Array(repeating: 0, count: nfa.nodes.count)
  }

  /// The nodes met by splits alone: those that take bytes, end, or wait for the place to be known; sorted.
  mutating func gather(_ seeds: [Int]) -> [Int] {
    round += 1
    var found: [Int] = []
    var pending = seeds
    while let node = pending.popLast() {
      guard met[node] != round else { continue }
      met[node] = round
      if case .split(let targets) = nfa.nodes[node] {
        pending += nfa.targets[targets]
      } else {
        found.append(node)
      }
    }
    return openNodes ?? found.sorted()
  }

  /// What takes bytes behind the node from which every rest is accepted, if that was met in this round.
  private var openNodes: [Int]? {
    guard let open = nfa.open, met[open] == round, case .split(let targets) = nfa.nodes[open] else { return nil }
    return nfa.targets[targets].sorted()
  }

  /// Those nodes and what they lead to between two known neighbours, as far as it takes bytes or ends.
  mutating func resolve(_ nodes: [Int], behind: Surroundings, next: Surroundings) -> [Int] {
    guard nodes.contains(where: nfa.waits) else { return nodes }
    round += 1
    var looks = Looks(count: nfa.lookCount)
    let before = nfa.isReversed ? next : behind
    let after = nfa.isReversed ? behind : next
    var found: [Int] = []
    follow(nodes, before, after, &looks, &found)
    for number in 0..<nfa.lookCount {
      looks.settled = number + 1
      let waiting = looks.waiting[number].filter { $0.holds == looks.ended[number] }
      follow(waiting.map(\.next), before, after, &looks, &found)
    }
    return openNodes ?? found
  }

  /// Which look-arounds end here, and what waits to know it. An inner one has a smaller number than its outer one.
  private struct Looks {
    var ended: [Bool]
    var waiting: [[(holds: Bool, next: Int)]]
    var settled = 0

    init(count: Int) {
      ended = Array(repeating: false, count: count)
      waiting = Array(repeating: [], count: count)
    }
  }

  private mutating func follow(
    _ seeds: [Int], _ before: Surroundings, _ after: Surroundings, _ looks: inout Looks, _ found: inout [Int]
  ) {
    var pending = seeds
    while let node = pending.popLast() {
      guard met[node] != round else { continue }
      met[node] = round
      switch nfa.nodes[node] {
      case .bytes, .accept: found.append(node)
      case .split(let targets): pending += nfa.targets[targets]
      case .position(let position, let next): if position.holds(before: before, after: after) { pending.append(next) }
      case .lookEnd(let number): looks.ended[number] = true
      case .look(let number, let holds, let next):
        if number >= looks.settled {
          looks.waiting[number].append((holds, next))
        } else if looks.ended[number] == holds {
          pending.append(next)
        }
      }
    }
  }
}
