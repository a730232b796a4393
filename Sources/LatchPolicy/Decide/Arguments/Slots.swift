/// Zeroed cells, the first of them without an allocation.
struct Slots<Cell: FixedWidthInteger & Sendable>: Sendable {
  private var first = InlineArray<48, Cell>(repeating: 0)
  private var rest: [Cell] = []

  mutating func reserve(_ count: Int) {
    if count > first.count { rest = [Cell](repeating: 0, count: count - first.count) }
  }

  subscript(index: Int) -> Cell {
    get { index < first.count ? first.span[index] : rest[index - first.count] }
    set {
      if index < first.count { first[index] = newValue } else { rest[index - first.count] = newValue }
    }
  }
}
