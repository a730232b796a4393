/// The coarsest partition of a table's states in which no text tells two states of a block apart (Hopcroft 1971).
struct Partition {
  private let table: DenseTable
  private var states: [Int32]
  private var place: [Int32]
  private(set) var blockOf: [Int32]
  private var first: [Int] = []
  private var end: [Int] = []
  private var marked: [Int] = []
  private var pending: [Int] = []
  private var isPending: [Bool] = []
  private var before: Predecessors

  var blockCount: Int { first.count }

  init(_ table: DenseTable) {
    self.table = table
    let count = table.stateCount
    let ordered = (0..<count).filter { table.accepting[$0] } + (0..<count).filter { !table.accepting[$0] }
    states = ordered.map(Int32.init)
    place = Array(repeating: 0, count: count)
    blockOf = Array(repeating: 0, count: count)
    before = Predecessors(table)
    for (index, state) in ordered.enumerated() { place[state] = Int32(index) }
    let acceptingCount = table.accepting.count { $0 }
    for range in [0..<acceptingCount, acceptingCount..<count] where !range.isEmpty { addBlock(range) }
    refine()
  }

  private mutating func addBlock(_ range: Range<Int>) {
    for index in range { blockOf[Int(states[index])] = Int32(first.count) }
    first.append(range.lowerBound)
    end.append(range.upperBound)
    marked.append(0)
    isPending.append(true)
    pending.append(first.count - 1)
  }

  private mutating func refine() {
    while let splitter = pending.popLast() {
      isPending[splitter] = false
      let members = Array(states[first[splitter]..<end[splitter]])
      for number in 0..<table.classCount {
        var touched: [Int] = []
        for member in members {
          for index in before.range(of: Int(member), number) { mark(Int(before.states[index]), &touched) }
        }
        for block in touched { split(block) }
      }
    }
  }

  /// Moves a state to the marked front of its block.
  private mutating func mark(_ state: Int, _ touched: inout [Int]) {
    let block = Int(blockOf[state])
    let border = first[block] + marked[block]
    let index = Int(place[state])
    guard index >= border else { return }
    if marked[block] == 0 { touched.append(block) }
    let other = states[border]
    states[border] = Int32(state)
    states[index] = other
    place[state] = Int32(border)
    place[Int(other)] = Int32(index)
    marked[block] += 1
  }

  /// Makes the smaller of a block's marked and other states a block of its own.
  private mutating func split(_ block: Int) {
    let border = first[block] + marked[block]
    let (start, stop) = (first[block], end[block])
    marked[block] = 0
    guard border < stop else { return }
    if border - start <= stop - border {
      first[block] = border
      addBlock(start..<border)
    } else {
      end[block] = border
      addBlock(border..<stop)
    }
  }
}

/// For each state and class the states that lead to it.
private struct Predecessors {
  private(set) var states: [Int32]
  private var starts: [Int32]
  private let classCount: Int

  init(_ table: DenseTable) {
    classCount = table.classCount
    starts = Array(repeating: 0, count: table.transitions.count + 1)
    states = Array(repeating: 0, count: table.transitions.count)
    for index in table.transitions.indices {
      starts[Int(table.transitions[index]) * classCount + index % classCount + 1] += 1
    }
    for index in 1..<max(starts.count, 1) { starts[index] += starts[index - 1] }
    var next = starts
    for index in table.transitions.indices {
      let slot = Int(table.transitions[index]) * classCount + index % classCount
      states[Int(next[slot])] = Int32(index / classCount)
      next[slot] += 1
    }
  }

  func range(of state: Int, _ number: Int) -> Range<Int> {
    let slot = state * classCount + number
    return Int(starts[slot])..<Int(starts[slot + 1])
  }
}
