/// Which records are kept, by their numbers.
struct KeptRecords: Sendable {
  /// All up to this one are kept, but for the lost ones.
  private var last = 0
  /// What a second attempt must not be told of that all is well, whatever became of the first.
  private var lost: [(numbers: ClosedRange<Int>, error: AuditError)] = []

  /// Throws if one of the records is lost.
  func hold(_ numbers: ClosedRange<Int>) throws(AuditError) -> Bool {
    if !lost.isEmpty, let loss = lost.first(where: { $0.numbers.overlaps(numbers) }) { throw loss.error }
    return numbers.upperBound <= last
  }

  mutating func confirm(_ number: Int) { last = max(last, number) }

  mutating func lose(_ numbers: ClosedRange<Int>, _ error: AuditError) {
    if let previous = lost.last, previous.numbers.upperBound == numbers.lowerBound - 1, previous.error == error {
      lost[lost.count - 1].numbers = previous.numbers.lowerBound...numbers.upperBound
    } else {
      lost.append((numbers, error))
    }
    // Whoever still waits for an older loss came long ago.
    if lost.count > 1024 { lost.removeFirst() }
  }

  /// Nothing that is not kept yet, up to this record, will be.
  mutating func lose(upTo number: Int, _ error: AuditError) {
    guard number > last else { return }
    lose(last + 1...number, error)
    last = number
  }
}
