/// A nondeterministic automaton over bytes; nodes and edges are numbered, so that sets of them are cheap.
struct NFA: Sendable {
  /// What can be done at a node.
  enum Node: Sendable {
    /// Take one byte along one of these edges.
    case bytes(Range<Int>)
    /// Go on at any of these targets.
    case split(Range<Int>)
    case position(TextPosition, next: Int)
    /// Go on where the numbered look-around has (not) come to its end.
    case look(Int, holds: Bool, next: Int)
    case lookEnd(Int)
    case accept
  }

  /// A byte of a range leads to a node.
  struct Edge: Sendable {
    var low: UInt8
    var high: UInt8
    var target: Int
  }

  var nodes: [Node] = []
  var edges: [Edge] = []
  var targets: [Int] = []
  var starts: [Int] = []
  var lookCount = 0
  /// A node from which every rest of a text is accepted: what else could be done beside it does not matter.
  var open: Int?
  /// Whether it reads the text from its end to its start.
  var isReversed = false
}
