import LatchJSON
import LatchTestSupport

/// Random values and random damage.
struct RandomJSON {
  var generator: Dice

  init(seed: UInt64) { generator = Dice(seed: seed) }

  mutating func value(depth: Int = 4) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2, 3: return .number(number())
    case 4: return .string(text())
    case 5: return .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in value(depth: depth - 1) })
    default:
      let count = Int.random(in: 0...6, using: &generator)
      return .object((0..<count).map { JSONValue.Member("\($0)" + text(), value(depth: depth - 1)) })
    }
  }

  /// An integer that is exact in a double, or any finite double.
  mutating func number() -> String {
    if Bool.random(using: &generator) {
      return String(Int.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &generator))
    }
    let double = Double(bitPattern: UInt64.random(in: .min ... .max, using: &generator))
    return double.isFinite ? double.description : "0.5"
  }

  mutating func text() -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      let ranges: [ClosedRange<UInt32>] = [
        0...0x1F, 0x20...0x7E, 0x7F...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF,
        0x10000...0x10FFFF,
      ]
      let range = ranges[Int.random(in: 0..<6, using: &generator)]
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  /// Changes, leaves out, doubles or cuts off a few bytes.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: index)
      case 2: bytes.insert(bytes[index], at: index)
      case 3: bytes.removeSubrange(index...)
      default: bytes[index] = Array("{}[]\",:\\u0e-.tn \n".utf8).randomElement(using: &generator) ?? 0
      }
    }
    return bytes
  }
}
