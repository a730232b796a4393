/// A complete deterministic automaton that need not be minimal; state 0 is the start.
struct DenseTable: Sendable {
  /// How many transitions a table may have: a bound of its memory.
  static let sizeLimit = 8_000_000

  var byteClass: [UInt8]
  var classCount: Int
  /// `state * classCount + class` → state.
  var transitions: [Int32] = []
  var accepting: [Bool] = []

  init(byteClass: [UInt8], classCount: Int) {
    self.byteClass = byteClass
    self.classCount = classCount
  }

  var stateCount: Int { accepting.count }

  mutating func addState(accepting isAccepting: Bool = false) {
    transitions += repeatElement(0, count: classCount)
    accepting.append(isAccepting)
  }

  /// The same automaton with one class for all bytes that no state tells apart, numbered in order of first byte.
  func mergingClasses() -> DenseTable {
    var numbers: [[Int32]: UInt8] = [:]
    var kept: [Int] = []
    var merged = [UInt8](repeating: 0, count: classCount)
    for number in byteClass.uniqued() {
      let column = stride(from: Int(number), to: transitions.count, by: classCount).map { transitions[$0] }
      if let known = numbers[column] {
        merged[Int(number)] = known
      } else {
        merged[Int(number)] = UInt8(kept.count)
        numbers[column] = UInt8(kept.count)
        kept.append(Int(number))
      }
    }
    var result = DenseTable(byteClass: byteClass.map { merged[Int($0)] }, classCount: kept.count)
    result.accepting = accepting
    result.transitions.reserveCapacity(stateCount * kept.count)
    for state in 0..<stateCount {
      for number in kept { result.transitions.append(transitions[state * classCount + number]) }
    }
    return result
  }
}

extension [UInt8] {
  /// Its elements, each where it first stands.
  fileprivate func uniqued() -> [UInt8] {
    var seen = [Bool](repeating: false, count: 256)
    return filter { byte in
      defer { seen[Int(byte)] = true }
      return !seen[Int(byte)]
    }
  }
}
