/// Bytes that no edge and no place of an NFA tells apart, as consecutive runs.
struct ByteClasses: Sendable {
  private(set) var ofByte: [UInt8] = []
  /// What each class is to the place beside it, as far as the NFA asks.
  private(set) var surroundings: [Surroundings] = []
  /// Each kind of neighbour with its classes.
  private(set) var bySurroundings: [(Surroundings, members: [Bool])] = []

  var count: Int { surroundings.count }

  init(_ nfa: NFA) {
    let needs = nfa.needs
    var starts = Set<Int>([0])
    for edge in nfa.edges { starts.formUnion([Int(edge.low), Int(edge.high) + 1]) }
    for byte in 1...255
    where Surroundings(of: UInt32(byte)).intersection(needs) != Surroundings(of: UInt32(byte - 1)).intersection(needs) {
      starts.insert(byte)
    }
    for byte in 0...255 {
      if starts.contains(byte) { surroundings.append(Surroundings(of: UInt32(byte)).intersection(needs)) }
      ofByte.append(UInt8(surroundings.count - 1))
    }
    let kinds = Set(surroundings).sorted { $0.rawValue < $1.rawValue }
    bySurroundings = kinds.map { kind in (kind, members: surroundings.map { $0 == kind }) }
  }
}
