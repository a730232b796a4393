/// Notes what stands in the envelope and in `params`, and passes over everything deeper.
struct MessageSink: JSONTokenSink {
  var places = MessagePlaces()
  private var depth = 0
  private var isInParams = false
  private var isInResult = false
  private var isErrorFlag = false
  private var member: MessageScan.Member?
  private var parameter: MessageScan.Parameter?
  private var elementStart = 0

  @inline(__always)
  mutating func open(_ kind: JSONDocument.Node.Kind, at start: Int) {
    if depth <= 2 { note(kind, start..<start, StringTraits()) }
    if depth == 1, member == .params, places.kind == .object { isInParams = kind == .object }
    if depth == 1, member == .result, places.kind == .object { isInResult = kind == .object }
    depth &+= 1
  }

  @inline(__always)
  mutating func close(at end: Int, in bytes: Span<UInt8>) throws(JSONError) {
    depth &-= 1
    guard depth <= 2 else { return }
    if depth == 1 { (isInParams, isInResult) = (false, false) }
    noteEnd(end)
  }

  @inline(__always)
  mutating func name(_ place: Range<Int>, traits: StringTraits, in bytes: Span<UInt8>) {
    if traits.contains(.lineBreak) { places.hasUnicodeLineBreak = true }
    if depth == 1 {
      places.memberNames.append(place, traits: traits, in: bytes)
      member = PackedName(place, traits: traits, in: bytes).flatMap { KnownNames.members.find($0) }
    } else if depth == 2, isInParams {
      places.parameterNames.append(place, traits: traits, in: bytes)
      parameter = PackedName(place, traits: traits, in: bytes).flatMap { KnownNames.parameters.find($0) }
    } else if depth == 2, isInResult {
      isErrorFlag = PackedName(place, traits: traits, in: bytes) == KnownNames.isError
    }
  }

  @inline(__always)
  mutating func scalar(
    _ kind: JSONDocument.Node.Kind, place: Range<Int>, traits: StringTraits, in bytes: Span<UInt8>
  ) {
    if traits.contains(.lineBreak) { places.hasUnicodeLineBreak = true }
    guard depth <= 2 else { return }
    if isErrorFlag, kind == .true, depth == 2, isInResult { places.resultSaysError = true }
    note(kind, place, traits)
    if depth == 1, member == .id, places.kind == .object { places.idKind = idKind(kind, place, bytes) }
  }

  mutating func lineBreak(at index: Int) {
    if places.lineBreak == nil { places.lineBreak = index }
  }

  private mutating func note(_ kind: JSONDocument.Node.Kind, _ range: Range<Int>, _ traits: StringTraits) {
    let place = MessageScan.Place(
      start: UInt32(truncatingIfNeeded: range.lowerBound), end: UInt32(truncatingIfNeeded: range.upperBound),
      kind: kind, isEscaped: traits.contains(.escaped))
    switch (depth, places.kind) {
    case (0, _): places.kind = kind
    case (1, .object):
      guard let member else { return }
      places.members[member.rawValue] = place
      if member == .id { places.idKind = .other }
    case (1, .array):
      elementStart = range.lowerBound
      if kind != .object && kind != .array { places.elements.append(range) }
    case (2, .object):
      if isInParams, let parameter { places.parameters[parameter.rawValue] = place }
    default: break
    }
  }

  private mutating func noteEnd(_ end: Int) {
    switch (depth, places.kind) {
    case (1, .object):
      if let member { places.members[member.rawValue]?.end = UInt32(truncatingIfNeeded: end) }
    case (1, .array): places.elements.append(elementStart..<end)
    case (2, .object):
      if isInParams, let parameter { places.parameters[parameter.rawValue]?.end = UInt32(truncatingIfNeeded: end) }
    default: break
    }
  }

  private func idKind(
    _ kind: JSONDocument.Node.Kind, _ place: Range<Int>, _ bytes: Span<UInt8>
  ) -> MessageScan.IDKind {
    guard kind == .number else { return kind == .string ? .string : .other }
    return exactInteger(at: place, in: bytes) == nil ? .other : .integer
  }
}

/// The number at a place, if it is written without fraction and exponent and is exact in a double (±(2^53 − 1)); `-0` is
/// not.
package func exactInteger(at place: Range<Int>, in bytes: Span<UInt8>) -> Int? {
  let isNegative = bytes[place.lowerBound] == 0x2D
  let digits = isNegative ? place.lowerBound + 1..<place.upperBound : place
  guard digits.count <= 16 else { return nil }
  var magnitude = 0
  for index in digits {
    guard bytes[index] &- 0x30 < 10 else { return nil }
    magnitude = magnitude * 10 + Int(bytes[index] - 0x30)
  }
  guard magnitude <= 9_007_199_254_740_991, !(isNegative && magnitude == 0) else { return nil }
  return isNegative ? -magnitude : magnitude
}

/// A name of up to 16 bytes as numbers, to be compared at once.
struct PackedName: Equatable {
  private let count: Int
  private let first: UInt64
  private let second: UInt64

  init?(_ place: Range<Int>, traits: StringTraits, in bytes: Span<UInt8>) {
    let inside = place.lowerBound + 1..<place.upperBound - 1
    guard traits.contains(.escaped) else {
      self.init(bytes, inside)
      return
    }
    // An escape of one byte takes up to six.
    guard inside.count <= 96 else { return nil }
    let decoded = decodedName(place, isEscaped: true, in: bytes)
    self.init(decoded.span, 0..<decoded.count)
  }

  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= 16 else { return nil }
    count = range.count
    first = leadingWord(bytes, range)
    second = range.count > 8 ? leadingWord(bytes, range.lowerBound + 8..<range.upperBound) : 0
  }
}

/// The names that the scan tells apart, ready to be compared.
enum KnownNames {
  static let isError: PackedName? = {
    let bytes = Array("isError".utf8)
    return PackedName(bytes.span, 0..<bytes.count)
  }()
  static let members = Table(MessageScan.Member.allCases) { "\($0)" }
  static let parameters = Table(MessageScan.Parameter.allCases, spelling: \.spelling)

  struct Table<Known: Sendable>: Sendable {
    private var entries: [(name: PackedName, known: Known)] = []

    init(_ all: [Known], spelling: (Known) -> String) {
      for known in all {
        let bytes = Array(spelling(known).utf8)
        guard let name = PackedName(bytes.span, 0..<bytes.count) else {
          preconditionFailure("a known name has at most 16 bytes")
        }
        entries.append((name, known))
      }
    }

    @inline(__always)
    func find(_ name: PackedName) -> Known? {
      for entry in entries where entry.name == name { return entry.known }
      return nil
    }
  }
}
