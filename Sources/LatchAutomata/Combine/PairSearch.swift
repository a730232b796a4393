/// Looks for a shortest text that leads two automata to states as wanted, without making their product.
///
/// It goes breadth first, a byte a level. Among texts of the same length the one with the smallest sum of costs wins, and
/// of those the first in the order of ``ByteCost/rank``: the text depends on the languages alone.
struct PairSearch {
  enum Wanted: Sendable {
    case inBoth, inLeftOnly, inOneOnly

    func accepts(_ left: Bool, _ right: Bool) -> Bool {
      switch self {
      case .inBoth: left && right
      case .inLeftOnly: left && !right
      case .inOneOnly: left != right
      }
    }

    /// Whether nothing wanted can follow, given which side accepts nothing any more.
    func isHopeless(leftDead: Bool, rightDead: Bool) -> Bool {
      switch self {
      case .inBoth: leftDead || rightDead
      case .inLeftOnly: leftDead
      case .inOneOnly: leftDead && rightDead
      }
    }
  }

  /// A pair of states, and the last byte of the best text that leads to it.
  private struct Visit {
    var left: Int
    var right: Int
    var before: Int
    var byte: UInt8
    var cost: Int
    /// The place of that text among those of its level.
    var rank = 0
  }

  private struct Way {
    var left: Int
    var right: Int
    var byte: UInt8
  }

  private let wanted: Wanted
  private let left: Automaton
  private let right: Automaton
  private let dead: (left: Int?, right: Int?)
  /// The joint classes, each with its most pleasant byte, the most pleasant first.
  private let ways: [Way]
  private var numbers: [Int: Int] = [:]
  private var visits: [Visit] = []

  /// The bytes of the text; nil if there is none.
  static func first(_ wanted: Wanted, _ left: Automaton, _ right: Automaton) throws(PatternError) -> [UInt8]? {
    var search = PairSearch(wanted, left, right)
    return try search.run()
  }

  private init(_ wanted: Wanted, _ left: Automaton, _ right: Automaton) {
    self.wanted = wanted
    self.left = left
    self.right = right
    dead = (Landmarks(left).dead, Landmarks(right).dead)
    let classes = JointClasses(left, right)
    var best = [UInt8?](repeating: nil, count: classes.count)
    for byte in ByteCost.firstToLast where best[Int(classes.ofByte[Int(byte)])] == nil {
      best[Int(classes.ofByte[Int(byte)])] = byte
    }
    ways = zip(classes.members, best).compactMap { members, byte in
      byte.map { Way(left: members.left, right: members.right, byte: $0) }
    }
    .sorted { ByteCost.rank[Int($0.byte)] < ByteCost.rank[Int($1.byte)] }
  }

  private mutating func run() throws(PatternError) -> [UInt8]? {
    visits.append(Visit(left: 0, right: 0, before: -1, byte: 0, cost: 0))
    numbers[0] = 0
    var level = [0]
    while !level.isEmpty {
      // The first of those that cost least.
      let found = level.filter { isWanted(visits[$0]) }.min { visits[$0].cost < visits[$1].cost }
      if let found { return text(to: found) }
      let nextLevel = visits.count
      for index in level {
        for way in ways { try follow(way, from: index, nextLevel: nextLevel) }
      }
      level = ranked(nextLevel..<visits.count)
    }
    return nil
  }

  /// The visits of a level in the order of their texts.
  private mutating func ranked(_ level: Range<Int>) -> [Int] {
    let order = level.sorted { one, other in
      let (one, other) = (visits[one], visits[other])
      return (visits[one.before].rank, ByteCost.rank[Int(one.byte)])
        < (visits[other.before].rank, ByteCost.rank[Int(other.byte)])
    }
    for (rank, index) in order.enumerated() { visits[index].rank = rank }
    return order
  }

  private func isWanted(_ visit: Visit) -> Bool {
    wanted.accepts(left.accepting[visit.left], right.accepting[visit.right])
  }

  private mutating func follow(_ way: Way, from index: Int, nextLevel: Int) throws(PatternError) {
    let from = visits[index]
    let visit = Visit(
      left: left.step(from.left, inClass: way.left), right: right.step(from.right, inClass: way.right), before: index,
      byte: way.byte, cost: from.cost + ByteCost.cost(of: way.byte))
    if wanted.isHopeless(leftDead: visit.left == dead.left, rightDead: visit.right == dead.right) { return }
    let pair = visit.left * right.accepting.count + visit.right
    if let known = numbers[pair] {
      // Of texts that cost the same the first one stays: levels are walked in order.
      if known >= nextLevel, visit.cost < visits[known].cost { visits[known] = visit }
      return
    }
    guard visits.count < Automaton.pairLimit else { throw .tooManyPairs }
    numbers[pair] = visits.count
    visits.append(visit)
  }

  private func text(to end: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = end
    while visits[index].before >= 0 {
      bytes.append(visits[index].byte)
      index = visits[index].before
    }
    return bytes.reversed()
  }
}
