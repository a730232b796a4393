/// How little a byte of an example pleases whoever reads it.
enum ByteCost {
  static func cost(of byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): 0
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 2
    case 0x21...0x7E: 3
    case 0x20: 4
    // Below 0xA0 the byte after 0xC2 makes a control character.
    case 0xA0...0xFF: 6
    case 0x80...0x9F: 8
    default: 100
    }
  }

  /// All bytes; of those that cost the same, small letters come first, and `é` before other letters beyond ASCII.
  static let firstToLast: [UInt8] = {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8) + [0xC3, 0xA9]
    let rest = (0...255).map { UInt8($0) }.filter { !letters.contains($0) }
    let costs = (letters + rest).enumerated().map { (cost: cost(of: $0.element), place: $0.offset, byte: $0.element) }
    return costs.sorted { ($0.cost, $0.place) < ($1.cost, $1.place) }.map(\.byte)
  }()

  /// Where each byte stands in that order.
  static let rank: [Int] = firstToLast.enumerated().sorted { $0.element < $1.element }.map(\.offset)
}
