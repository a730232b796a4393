extension Automaton {
  /// No text, with a class for each of the given bytes and one for the others.
  init(distinguishing bytes: some Sequence<UInt8>) {
    let wanted = Set(bytes)
    var classes: [UInt8] = []
    var (count, others) = (0, UInt8?.none)
    for byte in 0...UInt8.max {
      if !wanted.contains(byte), let others {
        classes.append(others)
        continue
      }
      classes.append(UInt8(count))
      if !wanted.contains(byte) { others = UInt8(count) }
      count += 1
    }
    self.init(
      classes: classes, classCount: count, transitions: Array(repeating: 0, count: count), accepting: [false])
  }

  /// All bytes that end with the given ones, or have them anywhere (Knuth, Morris and Pratt 1977).
  ///
  /// A state is how many of them have just been read. One that fails goes on as the longest end of what it has read
  /// that is also a beginning; that state has been made before.
  init(finding bytes: [UInt8], thenAnything: Bool) {
    self.init(distinguishing: bytes)
    transitions.removeAll(keepingCapacity: true)
    accepting = Array(repeating: false, count: bytes.count) + [true]
    var fallback = 0
    for (state, byte) in bytes.enumerated() {
      let number = Int(classes[Int(byte)])
      let next = state > 0 ? transitions[fallback * classCount + number] : 0
      transitions += row(of: fallback, state: state)
      transitions[state * classCount + number] = UInt16(state + 1)
      fallback = Int(next)
    }
    let end = bytes.count
    transitions += thenAnything ? Array(repeating: UInt16(end), count: classCount) : row(of: fallback, state: end)
  }

  private func row(of fallback: Int, state: Int) -> [UInt16] {
    state == 0
      ? Array(repeating: 0, count: classCount)
      : Array(transitions[fallback * classCount..<(fallback + 1) * classCount])
  }
}
