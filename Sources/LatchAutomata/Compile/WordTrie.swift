/// Words, each scalar of which may be one of a set, with their common beginnings joined.
struct WordTrie {
  struct Node {
    var children: [(set: ScalarSet, child: Int)] = []
    var isEnd = false
  }

  private struct Step: Hashable {
    var node: Int
    var set: ScalarSet
  }

  private(set) var nodes = [Node()]
  private var known: [Step: Int] = [:]

  var isEmpty: Bool { nodes.count == 1 && !nodes[0].isEnd }

  mutating func add(_ word: some Sequence<ScalarSet>) {
    var node = 0
    for set in word { node = child(of: node, set) }
    nodes[node].isEnd = true
  }

  private mutating func child(of node: Int, _ set: ScalarSet) -> Int {
    let step = Step(node: node, set: set)
    if let child = known[step] { return child }
    known[step] = nodes.count
    nodes[node].children.append((set, nodes.count))
    nodes.append(Node())
    return nodes.count - 1
  }
}

extension Pattern {
  /// Its scalars one after the other, if it is nothing else.
  var word: [ScalarSet]? {
    guard case .sequence(let items) = self else {
      if case .scalars(let set) = self { return [set] }
      return nil
    }
    var word: [ScalarSet] = []
    for item in items {
      guard case .scalars(let set) = item else { return nil }
      word.append(set)
    }
    return word
  }
}
