extension DenseTable {
  /// The one minimal automaton of its language: equal languages give equal values. What is a step on the way may be
  /// larger than what comes out.
  func minimal(stateLimit: Int, isStep: Bool = false) throws(PatternError) -> Automaton {
    let merged = mergingClasses()
    let small = merged.quotient(Partition(merged)).mergingClasses()
    guard small.stateCount <= min(isStep ? 4 * stateLimit : stateLimit, 65_535) else {
      throw .tooManyStates(stateLimit)
    }
    return small.numberedBreadthFirst()
  }

  /// The automaton whose states are the blocks of a partition; the start's block comes first.
  private func quotient(_ partition: Partition) -> DenseTable {
    var numbers = [Int32](repeating: -1, count: partition.blockCount)
    var members: [Int] = []
    for state in 0..<stateCount where numbers[Int(partition.blockOf[state])] < 0 {
      numbers[Int(partition.blockOf[state])] = Int32(members.count)
      members.append(state)
    }
    var result = DenseTable(byteClass: byteClass, classCount: classCount)
    for member in members {
      let row = transitions[member * classCount..<(member + 1) * classCount]
      result.transitions += row.map { numbers[Int(partition.blockOf[Int($0)])] }
      result.accepting.append(accepting[member])
    }
    return result
  }

  private func numberedBreadthFirst() -> Automaton {
    var numbers = [UInt16?](repeating: nil, count: stateCount)
    var order = [0]
    numbers[0] = 0
    var next = 0
    while next < order.count {
      for number in 0..<classCount {
        let target = Int(transitions[order[next] * classCount + number])
        guard numbers[target] == nil else { continue }
        numbers[target] = UInt16(order.count)
        order.append(target)
      }
      next += 1
    }
    let rows = order.flatMap { transitions[$0 * classCount..<($0 + 1) * classCount] }
    return Automaton(
      classes: byteClass, classCount: classCount, transitions: rows.map { numbers[Int($0)] ?? 0 },
      accepting: order.map { accepting[$0] })
  }
}
