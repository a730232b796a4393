/// A list whose elements are looked at where they stand, never copied: nothing is retained for it.
@safe struct Table<Element: ~Copyable>: ~Copyable {
  private var elements = UnsafeMutableBufferPointer<Element>(start: nil, count: 0)
  private(set) var count = 0

  mutating func append(_ element: consuming Element) {
    if count == elements.count { grow() }
    unsafe elements.initializeElement(at: count, to: element)
    count += 1
  }

  subscript(index: Int) -> Element {
    @inline(__always) _read {
      precondition(index >= 0 && index < count, "an index is within its table")
      yield unsafe elements[index]
    }
  }

  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(8, 2 * count))
    if count > 0 { _ = unsafe larger.moveInitialize(fromContentsOf: elements) }
    unsafe elements.deallocate()
    unsafe elements = larger
  }

  deinit {
    _ = unsafe elements.extracting(0..<count).deinitialize()
    unsafe elements.deallocate()
  }
}

// The elements are reached through the table alone.
extension Table: @unchecked Sendable where Element: Sendable & ~Copyable {}
