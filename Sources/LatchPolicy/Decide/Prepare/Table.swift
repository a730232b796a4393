/// A list whose elements are looked at where they stand, never copied: nothing is retained for it.
///
/// Its memory is reached through it alone, and every index is checked.
@safe struct Table<Element: ~Copyable>: ~Copyable {
  private var elements: UnsafeMutablePointer<Element>
  private var capacity = 8
  private(set) var count = 0

  init() { unsafe elements = .allocate(capacity: capacity) }

  mutating func append(_ element: consuming Element) {
    if count == capacity { grow() }
    unsafe (elements + count).initialize(to: element)
    count += 1
  }

  subscript(index: Int) -> Element {
    @inline(__always) _read {
      precondition(index >= 0 && index < count, "an index is within its table")
      yield unsafe elements[index]
    }
  }

  private mutating func grow() {
    capacity *= 2
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    unsafe larger.moveInitialize(from: elements, count: count)
    unsafe elements.deallocate()
    unsafe elements = larger
  }

  deinit {
    unsafe elements.deinitialize(count: count)
    unsafe elements.deallocate()
  }
}

extension Table: @unchecked Sendable where Element: Sendable & ~Copyable {}
