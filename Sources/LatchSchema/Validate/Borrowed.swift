/// The elements of an array for as long as a call lasts: no reference counting, every access checked.
///
/// The only unsafe code of this target is in this file. A value must not outlive the closure it was lent to.
@safe struct Borrowed<Element> {
  private let elements: UnsafeBufferPointer<Element>
  let count: Int

  fileprivate init(_ elements: UnsafeBufferPointer<Element>) {
    unsafe self.elements = elements
    count = elements.count
  }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index is within its table")
      return unsafe elements[index]
    }
  }

  subscript(index: UInt32) -> Element {
    @inline(__always) get { self[Int(index)] }
  }
}

extension Borrowed where Element == UInt8 {
  /// Eight bytes as one word.
  @inline(__always)
  private func word(at index: Int) -> UInt64 {
    precondition(index >= 0 && index + 8 <= count, "a word is within its table")
    return unsafe UnsafeRawPointer(elements.baseAddress.unsafelyUnwrapped + index).loadUnaligned(as: UInt64.self)
  }

  /// Whether `length` bytes at `start` are those of `other` at `otherStart`.
  @inline(__always)
  func equal(_ start: Int, _ other: Borrowed<UInt8>, _ otherStart: Int, length: Int) -> Bool {
    var offset = 0
    while offset + 8 <= length {
      if word(at: start + offset) != other.word(at: otherStart + offset) { return false }
      offset += 8
    }
    while offset < length {
      if self[start + offset] != other[otherStart + offset] { return false }
      offset += 1
    }
    return true
  }

  /// A hash of a name by its length and its first and last eight bytes; whoever relies on it counts its steps.
  @inline(__always)
  func nameHash(_ start: Int, length: Int) -> UInt32 {
    var mixed = UInt64(truncatingIfNeeded: length)
    if length >= 8 {
      mixed = (mixed ^ word(at: start)) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= word(at: start + length - 8)
    } else {
      var bytes: UInt64 = 0
      for offset in 0..<length { bytes = bytes << 8 | UInt64(self[start + offset]) }
      mixed = mixed &* 0x9E37_79B9_7F4A_7C15 ^ bytes
    }
    mixed = mixed &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: mixed >> 32)
  }
}

extension Array {
  /// Lends the elements to `body`.
  @inline(__always)
  func lend<Result>(_ body: (Borrowed<Element>) -> Result) -> Result {
    unsafe withUnsafeBufferPointer { unsafe body(Borrowed($0)) }
  }
}
