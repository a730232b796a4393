/// Told of every token, in order; the one grammar below serves the tree and the scan of a message.
protocol JSONTokenSink {
  mutating func open(_ kind: JSONDocument.Node.Kind, at start: Int)
  mutating func close(at end: Int, in bytes: Span<UInt8>) throws(JSONError)
  /// A member's name, its quotes included.
  mutating func name(_ place: Range<Int>, traits: StringTraits, in bytes: Span<UInt8>)
  mutating func scalar(_ kind: JSONDocument.Node.Kind, place: Range<Int>, traits: StringTraits, in bytes: Span<UInt8>)
  /// White space between tokens that ends a line.
  mutating func lineBreak(at index: Int)
}

/// RFC 8259 as it is read here, without recursion: strict UTF-8, whole surrogate pairs, limits.
struct JSONGrammar<Sink: JSONTokenSink> {
  var sink: Sink
  private let greatestDepth: Int
  private var position = 0
  private var containers = ContainerStack()

  init(sink: Sink, limits: JSONLimits) {
    self.sink = sink
    greatestDepth = min(limits.depth, JSONLimits.greatestDepth)
  }

  /// Reads one value and nothing behind it.
  mutating func run(_ bytes: Span<UInt8>, limits: JSONLimits) throws(JSONError) {
    guard bytes.count <= min(limits.bytes, JSONLimits.greatestSize) else {
      throw JSONError(.tooLarge, at: 0, "the text has \(bytes.count) bytes; at most \(limits.bytes) are read")
    }
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      throw JSONError(.byteOrderMark, at: 0, "the text begins with a byte order mark; leave it out")
    }
    repeat { try beginValue(bytes) } while try endValues(bytes)
    skipSpace(bytes)
    guard position == bytes.count else {
      throw JSONError(.trailingBytes, at: position, "the value ends before this; nothing may follow it")
    }
  }

  /// Reads a scalar, an empty container, or the beginning of a container up to its first value.
  @inline(__always)
  private mutating func beginValue(_ bytes: Span<UInt8>) throws(JSONError) {
    while true {
      skipSpace(bytes)
      guard position < bytes.count else { throw unexpected(bytes, wanted: "a value") }
      switch bytes[position] {
      case 0x7B:
        try open(.object, bytes)
        if try closesAtOnce(0x7D, bytes) { return }
        try readName(bytes)
      case 0x5B:
        try open(.array, bytes)
        if try closesAtOnce(0x5D, bytes) { return }
      default: return try readScalar(bytes)
      }
    }
  }

  /// Reads what follows a value: false at the end of the outermost one, true where another value has to follow.
  @inline(__always)
  private mutating func endValues(_ bytes: Span<UInt8>) throws(JSONError) -> Bool {
    while containers.depth > 0 {
      skipSpace(bytes)
      let isObject = containers.isObject
      guard position < bytes.count else { throw unexpected(bytes, wanted: isObject ? "`,` or `}`" : "`,` or `]`") }
      switch bytes[position] {
      case 0x2C:
        position &+= 1
        if isObject {
          skipSpace(bytes)
          try readName(bytes)
        }
        return true
      case isObject ? 0x7D : 0x5D: try close(bytes)
      default: throw unexpected(bytes, wanted: isObject ? "`,` or `}`" : "`,` or `]`")
      }
    }
    return false
  }

  private mutating func open(_ kind: JSONDocument.Node.Kind, _ bytes: Span<UInt8>) throws(JSONError) {
    guard containers.depth < greatestDepth else {
      throw JSONError(.tooDeep, at: position, "values are nested deeper than \(greatestDepth)")
    }
    containers.push(isObject: kind == .object)
    sink.open(kind, at: position)
    position &+= 1
  }

  private mutating func close(_ bytes: Span<UInt8>) throws(JSONError) {
    position &+= 1
    containers.pop()
    try sink.close(at: position, in: bytes)
  }

  @inline(__always)
  private mutating func closesAtOnce(_ bracket: UInt8, _ bytes: Span<UInt8>) throws(JSONError) -> Bool {
    skipSpace(bytes)
    guard position < bytes.count, bytes[position] == bracket else { return false }
    try close(bytes)
    return true
  }

  @inline(__always)
  private mutating func readName(_ bytes: Span<UInt8>) throws(JSONError) {
    guard position < bytes.count, bytes[position] == 0x22 else {
      throw unexpected(bytes, wanted: "a member's name in `\"`")
    }
    var traits = StringTraits()
    let start = position
    position = try scanString(bytes, at: start, traits: &traits)
    sink.name(start..<position, traits: traits, in: bytes)
    skipSpace(bytes)
    guard position < bytes.count, bytes[position] == 0x3A else {
      throw unexpected(bytes, wanted: "`:` and the member's value")
    }
    position &+= 1
  }

  @inline(__always)
  private mutating func readScalar(_ bytes: Span<UInt8>) throws(JSONError) {
    let start = position
    var traits = StringTraits()
    let kind: JSONDocument.Node.Kind
    switch bytes[start] {
    case 0x22:
      kind = .string
      position = try scanString(bytes, at: start, traits: &traits)
    case 0x2D, 0x30...0x39:
      kind = .number
      position = try scanNumber(bytes, at: start)
    case 0x74: kind = try readLiteral("true", .true, bytes)
    case 0x66: kind = try readLiteral("false", .false, bytes)
    case 0x6E: kind = try readLiteral("null", .null, bytes)
    default: throw unexpected(bytes, wanted: "a value")
    }
    sink.scalar(kind, place: start..<position, traits: traits, in: bytes)
  }

  private mutating func readLiteral(
    _ word: String, _ kind: JSONDocument.Node.Kind, _ bytes: Span<UInt8>
  ) throws(JSONError) -> JSONDocument.Node.Kind {
    for (offset, letter) in word.utf8.enumerated() {
      guard position + offset < bytes.count else { throw unexpected(bytes, at: bytes.count, wanted: "`\(word)`") }
      guard bytes[position + offset] == letter else {
        throw JSONError(.badLiteral, at: position, "only `true`, `false` and `null` are written without quotes")
      }
    }
    position += word.utf8.count
    return kind
  }

  @inline(__always)
  private mutating func skipSpace(_ bytes: Span<UInt8>) {
    while position < bytes.count, bytes[position] <= 0x20 {
      switch bytes[position] {
      case 0x20, 0x09: break
      case 0x0A, 0x0D: sink.lineBreak(at: position)
      default: return
      }
      position &+= 1
    }
  }

  private func unexpected(_ bytes: Span<UInt8>, wanted: String) -> JSONError {
    unexpected(bytes, at: position, wanted: wanted)
  }

  private func unexpected(_ bytes: Span<UInt8>, at index: Int, wanted: String) -> JSONError {
    guard index < bytes.count else {
      return JSONError(.unexpectedEnd, at: index, "the text ends; \(wanted) has to follow")
    }
    let byte = bytes[index]
    let found = (0x21...0x7E).contains(byte) ? "`\(Unicode.Scalar(byte))`" : "the byte 0x" + String(byte, radix: 16)
    return JSONError(.unexpectedByte, at: index, "\(found) cannot stand here; \(wanted) has to")
  }
}

/// Which of the open containers are objects: a bit each.
struct ContainerStack {
  private(set) var depth = 0
  private var bits = InlineArray<8, UInt64>(repeating: 0)

  var isObject: Bool { bits[(depth &- 1) >> 6] >> UInt64((depth &- 1) & 63) & 1 == 1 }

  mutating func push(isObject: Bool) {
    let bit = UInt64(1) << UInt64(depth & 63)
    if isObject { bits[depth >> 6] |= bit } else { bits[depth >> 6] &= ~bit }
    depth &+= 1
  }

  mutating func pop() { depth &-= 1 }
}
