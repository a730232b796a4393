/// Where a call belongs in a distributed trace: `traceparent` of W3C Trace Context, as `_meta` carries it.
package struct TraceContext: Sendable, Equatable {
  /// 32 hexadecimal digits.
  package let traceID: String
  /// 16 hexadecimal digits: the span that called.
  package let spanID: String
  package let flags: UInt8

  /// nil for what the recommendation tells readers to ignore.
  package init?(traceparent text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 55, [2, 35, 52].allSatisfy({ bytes[$0] == 0x2D }),
      let version = Self.byte(bytes[0..<2]), version != 0xFF, bytes.count == 55 || version > 0 && bytes[55] == 0x2D,
      Self.isID(bytes[3..<35]), Self.isID(bytes[36..<52]), let flags = Self.byte(bytes[53..<55])
    else { return nil }
    traceID = String(decoding: bytes[3..<35], as: UTF8.self)
    spanID = String(decoding: bytes[36..<52], as: UTF8.self)
    self.flags = flags
  }

  private static func isID(_ digits: ArraySlice<UInt8>) -> Bool {
    digits.allSatisfy { value(of: $0) != nil } && digits.contains { $0 != 0x30 }
  }

  private static func byte(_ digits: ArraySlice<UInt8>) -> UInt8? {
    digits.reduce(UInt8?.some(0)) { sum, digit in value(of: digit).flatMap { value in sum.map { $0 << 4 | value } } }
  }

  /// Upper case is not allowed there.
  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}
