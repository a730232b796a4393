/// The minimal automaton of a sorted list of words, made one word after the other: what a word does not share with the
/// next is finished and found among what is already there (Daciuk, Mihov, Watson and Watson 2000).
struct WordGraph {
  private struct Node: Hashable {
    var isEnd = false
    var edges: [Edge] = []
  }

  private struct Edge: Hashable {
    var byte: UInt8
    var target: Int
  }

  private let stateLimit: Int
  private var nodes: [Node] = []
  private var numbers: [Node: Int] = [:]
  /// The nodes along the last word; each but the last has the next one for its last edge's target.
  private var path = [Node()]
  private var last: [UInt8] = []

  init(stateLimit: Int) {
    self.stateLimit = stateLimit
  }

  /// Adds a word that does not come before the one added last.
  mutating func add(_ word: [UInt8]) throws(PatternError) {
    precondition(!word.lexicographicallyPrecedes(last), "words must come in order")
    let shared = zip(word, last).prefix { $0 == $1 }.count
    try finish(downTo: shared)
    for byte in word[shared...] {
      path[path.count - 1].edges.append(Edge(byte: byte, target: -1))
      path.append(Node())
    }
    path[path.count - 1].isEnd = true
    last = word
  }

  private mutating func finish(downTo length: Int) throws(PatternError) {
    while path.count > length + 1 {
      let node = try number(path.removeLast())
      path[path.count - 1].edges[path[path.count - 1].edges.count - 1].target = node
    }
  }

  private mutating func number(_ node: Node) throws(PatternError) -> Int {
    if let known = numbers[node] { return known }
    guard nodes.count < stateLimit else { throw .tooManyStates(stateLimit) }
    numbers[node] = nodes.count
    nodes.append(node)
    return nodes.count - 1
  }

  /// The automaton of the words added.
  func table() throws(PatternError) -> DenseTable {
    var graph = self
    try graph.finish(downTo: 0)
    // Later nodes lead to earlier ones; the first of all is the start, which stands in no list.
    let nodes = [graph.path[0]] + graph.nodes.reversed()
    let bytes = Automaton(distinguishing: nodes.flatMap { $0.edges.map(\.byte) })
    var table = DenseTable(byteClass: bytes.classes, classCount: bytes.classCount)
    let dead = nodes.count
    for node in nodes {
      var targets = [Int](repeating: dead, count: bytes.classCount)
      for edge in node.edges { targets[Int(bytes.classes[Int(edge.byte)])] = nodes.count - 1 - edge.target }
      table.addState(accepting: node.isEnd, leadingTo: targets)
    }
    table.addState(leadingTo: Array(repeating: dead, count: bytes.classCount))
    return table
  }
}
