/// Reads DER (X.690) element by element; whatever is not in order reads as nothing.
struct DERReader {
  private var rest: ArraySlice<UInt8>

  enum Tag: UInt8 {
    case integer = 0x02
    case octetString = 0x04
    case null = 0x05
    case objectIdentifier = 0x06
    case sequence = 0x30
  }

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The contents of the next element if it has that tag; else the place stays.
  mutating func next(_ tag: Tag) -> ArraySlice<UInt8>? {
    guard rest.count >= 2, rest.first == tag.rawValue else { return nil }
    var body = rest.dropFirst()
    guard let count = Self.length(&body), count <= body.count else { return nil }
    rest = body.dropFirst(count)
    return body.prefix(count)
  }

  mutating func sequence() -> DERReader? { next(.sequence).map { DERReader($0) } }

  /// The next element as a number that is not negative and fits.
  mutating func integer() -> Int? {
    guard let bytes = next(.integer), let first = bytes.first, first < 0x80, bytes.count <= 7 else { return nil }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  private static func length(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.popFirst() else { return nil }
    if first < 0x80 { return Int(first) }
    let digits = bytes.prefix(Int(first & 0x7F))
    bytes = bytes.dropFirst(digits.count)
    guard (1...3).contains(digits.count), digits.count == Int(first & 0x7F) else { return nil }
    return digits.reduce(0) { $0 << 8 | Int($1) }
  }
}
