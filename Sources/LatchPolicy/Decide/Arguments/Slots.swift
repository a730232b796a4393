/// Zeroed cells, the first of them without an allocation. Never copied: they are as large as they are quick.
struct Slots<Cell: FixedWidthInteger & Sendable>: ~Copyable {
  private static var inlineCount: Int { 48 }

  private var first = InlineArray<48, Cell>(repeating: 0)
  private var rest: [Cell] = []

  init(count: Int) {
    if count > Self.inlineCount { rest = [Cell](repeating: 0, count: count - Self.inlineCount) }
  }

  subscript(index: Int) -> Cell {
    get { index < Self.inlineCount ? first[index] : rest[index - Self.inlineCount] }
    set {
      if index < Self.inlineCount { first[index] = newValue } else { rest[index - Self.inlineCount] = newValue }
    }
  }
}
