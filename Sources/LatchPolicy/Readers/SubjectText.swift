/// A text that is written once and then matched: up to 512 bytes of it without an allocation.
struct SubjectText: ~Copyable {
  private static let shortCount = 512

  private var short = InlineArray<512, UInt8>(repeating: 0)
  private var long: [UInt8] = []
  private let isShort: Bool
  private(set) var count = 0

  /// For a text of at most so many bytes.
  init(capacity: Int) {
    isShort = capacity <= Self.shortCount
    if !isShort { long.reserveCapacity(capacity) }
  }

  /// The bytes with ASCII letters as small ones.
  init(lowercasing bytes: Span<UInt8>) {
    self.init(capacity: bytes.count)
    for index in bytes.indices { append(lowercased(bytes[index])) }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if isShort { short[count] = byte } else { long.append(byte) }
    count += 1
  }

  subscript(index: Int) -> UInt8 { isShort ? short[index] : long[index] }

  @inline(__always)
  func withSpan<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    isShort ? body(short.span.extracting(0..<count)) : body(long.span)
  }
}

/// Hands on the bytes with ASCII letters as small ones: themselves where they are so already.
@inline(__always)
func withLowercased<Result>(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
  for index in bytes.indices where lowercased(bytes[index]) != bytes[index] {
    return SubjectText(lowercasing: bytes).withSpan(body)
  }
  return body(bytes)
}
