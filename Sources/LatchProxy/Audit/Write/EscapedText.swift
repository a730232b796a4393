/// A JSON string for well-formed UTF-8.
func appendQuoted(_ content: Span<UInt8>, to bytes: inout [UInt8]) {
  var index = 0
  bytes.append(addingCapacity: content.count + 2) { output in
    output.append(0x22)
    index = appendPlain(content, from: 0, to: &output)
    if index == content.count { output.append(0x22) }
  }
  guard index < content.count else { return }
  while index < content.count {
    index += appendSuspect(content, at: index, to: &bytes)
    let start = index
    bytes.append(addingCapacity: content.count - start) { index = appendPlain(content, from: start, to: &$0) }
  }
  bytes.append(0x22)
}

extension OutputSpan where Element == UInt8 {
  /// Copies all of a text, for which there is room.
  @inline(__always)
  mutating func append(_ text: Span<UInt8>) {
    precondition(text.count <= freeCapacity, "there is room for the text")
    unsafe text.withUnsafeBytes { text in
      unsafe withUnsafeMutableBufferPointer { memory, count in
        unsafe UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: memory[count...])).copyMemory(
          from: text)
        count += text.count
      }
    }
  }
}

extension OutputSpan where Element == UInt8 {
  /// Two bytes, for which there is room.
  @inline(__always)
  mutating func append(pair first: UInt8, _ second: UInt8) {
    precondition(freeCapacity >= 2, "there is room for two bytes")
    unsafe withUnsafeMutableBufferPointer { memory, count in
      unsafe UnsafeMutableRawBufferPointer(memory).storeBytes(
        of: (UInt16(second) << 8 | UInt16(first)).littleEndian, toByteOffset: count, as: UInt16.self)
      count += 2
    }
  }
}

/// Copies sixteen bytes at a time what is surely plain; where that ends.
@inline(__always)
private func appendPlain(_ content: Span<UInt8>, from start: Int, to output: inout OutputSpan<UInt8>) -> Int {
  unsafe content.withUnsafeBytes { input in
    unsafe output.withUnsafeMutableBufferPointer { memory, count in
      let target = UnsafeMutableRawBufferPointer(memory)
      var index = start
      while index &+ 64 <= input.count {
        let first = unsafe ByteBlock(input, at: index, length: 16)
        let second = unsafe ByteBlock(input, at: index &+ 16, length: 16)
        let third = unsafe ByteBlock(input, at: index &+ 32, length: 16)
        let fourth = unsafe ByteBlock(input, at: index &+ 48, length: 16)
        guard ByteBlock.areClean(first, second, third, fourth) else { break }
        unsafe first.store(to: target, at: count, length: 16)
        unsafe second.store(to: target, at: count &+ 16, length: 16)
        unsafe third.store(to: target, at: count &+ 32, length: 16)
        unsafe fourth.store(to: target, at: count &+ 48, length: 16)
        index &+= 64
        count &+= 64
      }
      var found = 16
      while found == 16, index < input.count {
        let length = min(16, input.count &- index)
        let block = unsafe ByteBlock(input, at: index, length: length)
        found = min(block.firstSuspect, length)
        // What stands behind a suspect is written over.
        unsafe block.store(to: target, at: count, length: length)
        index &+= found
        count &+= found
      }
      return index
    }
  }
}

/// Writes the character at `index`, which may need an escape, or its first byte; how many bytes that were.
private func appendSuspect(_ content: Span<UInt8>, at index: Int, to bytes: inout [UInt8]) -> Int {
  let length = lengthToEscape(content, at: index)
  guard length > 0 else {
    bytes.append(content[index])
    return 1
  }
  bytes.append(0x5C)
  switch content[index] {
  case let byte where byte == 0x22 || byte == 0x5C: bytes.append(byte)
  case 0x0A: bytes.append(0x6E)
  case 0x0D: bytes.append(0x72)
  case 0x09: bytes.append(0x74)
  default:
    bytes.append(0x75)
    let scalar = scalar(content, at: index, length: length)
    for shift in stride(from: UInt32(12), through: 0, by: -4) {
      bytes.append(hexadecimalDigit(UInt8(scalar >> shift & 0xF)))
    }
  }
  return length
}

/// The character that `lengthToEscape` told the length of.
private func scalar(_ content: Span<UInt8>, at index: Int, length: Int) -> UInt32 {
  switch length {
  case 1: UInt32(content[index])
  case 2: UInt32(content[index] & 0x1F) << 6 | UInt32(content[index + 1] & 0x3F)
  default: 0x2000 | UInt32(content[index + 1] & 0x3F) << 6 | UInt32(content[index + 2] & 0x3F)
  }
}

/// How many bytes at `index` have to be written as an escape: 0 for all that is plain.
private func lengthToEscape(_ content: Span<UInt8>, at index: Int) -> Int {
  switch content[index] {
  case 0..<0x20, 0x22, 0x5C, 0x7F: 1
  // U+0080 to U+009F: control characters.
  case 0xC2: index + 1 < content.count && content[index + 1] < 0xA0 ? 2 : 0
  // U+2028 and U+2029: line ends to some readers.
  case 0xE2: index + 2 < content.count && content[index + 1] == 0x80 && content[index + 2] & 0xFE == 0xA8 ? 3 : 0
  default: 0
  }
}

func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }

/// Up to sixteen bytes of a text, the rest spaces.
private struct ByteBlock {
  private var bytes = SIMD16<UInt8>(repeating: 0x20)

  /// The caller has compared `index` and `length` with the count.
  @inline(__always)
  init(_ input: UnsafeRawBufferPointer, at index: Int, length: Int) {
    if length == 16 {
      bytes = unsafe input.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
    } else {
      let part = unsafe UnsafeRawBufferPointer(rebasing: input[index..<index &+ length])
      unsafe withUnsafeMutableBytes(of: &bytes) { unsafe $0.copyMemory(from: part) }
    }
  }

  @inline(__always)
  func store(to target: UnsafeMutableRawBufferPointer, at offset: Int, length: Int) {
    if length == 16 {
      unsafe target.storeBytes(of: bytes, toByteOffset: offset, as: SIMD16<UInt8>.self)
    } else {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset &+ length])
      unsafe withUnsafeBytes(of: bytes) { unsafe rest.copyMemory(from: .init(rebasing: $0[..<length])) }
    }
  }

  /// Whether all is ASCII without any byte that needs an escape.
  @inline(__always)
  static func areClean(_ first: ByteBlock, _ second: ByteBlock, _ third: ByteBlock, _ fourth: ByteBlock) -> Bool {
    let marks = (first.doubts | second.doubts) | (third.doubts | fourth.doubts)
    let halves = unsafe unsafeBitCast(marks, to: SIMD2<UInt64>.self)
    return halves[0] | halves[1] == 0
  }

  /// A byte that is not ASCII is negative, and so less than a space too.
  @inline(__always)
  private var doubts: SIMD16<Int8> {
    let signed = unsafe unsafeBitCast(bytes, to: SIMD16<Int8>.self)
    return (bits(signed .< SIMD16<Int8>(repeating: 0x20)) | bits(signed .== SIMD16<Int8>(repeating: 0x22)))
      | (bits(signed .== SIMD16<Int8>(repeating: 0x5C)) | bits(signed .== SIMD16<Int8>(repeating: 0x7F)))
  }

  /// Where the first byte stands that an escape may begin with; 16 if there is none.
  @inline(__always)
  var firstSuspect: Int {
    // Operators of vectors alone: those that join a vector and a number are calls for every byte.
    let marks =
      bits(bytes .< SIMD16<UInt8>(repeating: 0x20)) | bits(bytes .== SIMD16<UInt8>(repeating: 0x22))
      | bits(bytes .== SIMD16<UInt8>(repeating: 0x5C)) | bits(bytes .== SIMD16<UInt8>(repeating: 0x7F))
      | bits(bytes .== SIMD16<UInt8>(repeating: 0xC2)) | bits(bytes .== SIMD16<UInt8>(repeating: 0xE2))
    let halves = unsafe unsafeBitCast(marks, to: SIMD2<UInt64>.self)
    if halves[0] != 0 { return halves[0].littleEndian.trailingZeroBitCount / 8 }
    return halves[1] != 0 ? 8 &+ halves[1].littleEndian.trailingZeroBitCount / 8 : 16
  }

  @inline(__always)
  private func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD16<Int8> {
    unsafe unsafeBitCast(mask, to: SIMD16<Int8>.self)
  }
}
