/// The bytes of a set's scalars as a small acyclic graph, deterministic and shared: node 0 is the entry, node 1 the exit.
struct UTF8Fragment: Sendable {
  struct Edge: Sendable {
    var source: Int
    var low: UInt8
    var high: UInt8
    var target: Int
  }

  /// Any scalar.
  static let text = UTF8Fragment(.text)

  private(set) var edges: [Edge] = []
  private(set) var nodeCount = 2

  init(_ set: ScalarSet) {
    let text = set.intersection(.text)
    let lengths: [(scalars: ClosedRange<UInt32>, lead: UInt32, bits: UInt32)] = [
      (0x00...0x7F, 0x00, 0), (0x80...0x7FF, 0xC0, 6), (0x800...0xFFFF, 0xE0, 12), (0x10000...0x10FFFF, 0xF0, 18),
    ]
    var made: [Block: Int] = [:]
    for length in lengths {
      let members = text.intersection(ScalarSet([length.scalars])).ranges
      addEdges(for: members, from: 0, lead: length.lead, bits: length.bits, made: &made)
    }
  }

  /// Members counted from their block's start, and how many bits are left to say: alike for alike graphs.
  private struct Block: Hashable {
    var members: [ClosedRange<UInt32>]
    var bits: UInt32
  }

  private mutating func addEdges(
    for members: [ClosedRange<UInt32>], from source: Int, lead: UInt32, bits: UInt32, made: inout [Block: Int]
  ) {
    guard let first = members.first, let last = members.last else { return }
    guard bits > 0 else {
      for range in members { link(source, lead + range.lowerBound, lead + range.upperBound, to: 1) }
      return
    }
    var index = 0
    for block in first.lowerBound >> bits...last.upperBound >> bits {
      let start = block << bits
      let end = start + (1 << bits - 1)
      while index < members.count, members[index].upperBound < start { index += 1 }
      var inside: [ClosedRange<UInt32>] = []
      for range in members[index...].prefix(while: { $0.lowerBound <= end }) {
        inside.append(max(range.lowerBound, start) - start...min(range.upperBound, end) - start)
      }
      guard !inside.isEmpty else { continue }
      link(source, lead + block, lead + block, to: node(for: Block(members: inside, bits: bits - 6), made: &made))
    }
  }

  private mutating func node(for block: Block, made: inout [Block: Int]) -> Int {
    if let known = made[block] { return known }
    let node = nodeCount
    nodeCount += 1
    made[block] = node
    addEdges(for: block.members, from: node, lead: 0x80, bits: block.bits, made: &made)
    return node
  }

  private mutating func link(_ source: Int, _ low: UInt32, _ high: UInt32, to target: Int) {
    if let last = edges.last, last.source == source, last.target == target, UInt32(last.high) + 1 == low {
      edges[edges.count - 1].high = UInt8(high)
    } else {
      edges.append(Edge(source: source, low: UInt8(low), high: UInt8(high), target: target))
    }
  }
}
