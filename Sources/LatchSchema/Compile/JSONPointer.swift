import LatchJSON

/// JSON pointers (RFC 6901) into trees.
extension JSONDocument {
  /// The child that one token of a pointer names; `token` is still escaped.
  func child(of node: Int, token: ArraySlice<UInt8>) -> Int? {
    switch kind(node) {
    case .object:
      let name = Self.unescaped(token)
      return children(of: node).first { content($0).elementsEqual(name) }.map { $0 + 1 }
    case .array:
      guard !token.isEmpty, token.count < 10, token.allSatisfy(\.isASCIIDigit),
        token.count == 1 || token.first != UInt8(ascii: "0")
      else { return nil }
      let position = token.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return position < Int(nodes[node].count) ? children(of: node).dropFirst(position).first { _ in true } : nil
    default: return nil
    }
  }

  private static func unescaped(_ token: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var rest = token
    while let byte = rest.popFirst() {
      switch (byte, rest.first) {
      case (UInt8(ascii: "~"), UInt8(ascii: "0")):
        text.append(byte)
        rest.removeFirst()
      case (UInt8(ascii: "~"), UInt8(ascii: "1")):
        text.append(UInt8(ascii: "/"))
        rest.removeFirst()
      default: text.append(byte)
      }
    }
    return text
  }

  /// The pointer of a value, or of a member's name: the same as its value's.
  func pointer(to target: Int) -> String {
    var walk = PointerWalk(self)
    return walk.pointer(to: target)
  }

  static func escaped(_ name: ArraySlice<UInt8>) -> [UInt8] {
    var token: [UInt8] = []
    for byte in name {
      switch byte {
      case UInt8(ascii: "~"): token += "~0".utf8
      case UInt8(ascii: "/"): token += "~1".utf8
      default: token.append(byte)
      }
    }
    return token
  }
}
