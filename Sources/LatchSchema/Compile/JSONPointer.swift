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
    var pointer: [UInt8] = []
    var node = JSONDocument.root
    while node != target, let step = step(from: node, towards: target) {
      pointer.append(UInt8(ascii: "/"))
      pointer += step.token
      if step.name == target { break }
      node = step.child
    }
    return String(decoding: pointer, as: UTF8.self)
  }

  private func step(from node: Int, towards target: Int) -> (token: [UInt8], child: Int, name: Int?)? {
    let isObject = kind(node) == .object
    var position = 0
    for child in children(of: node) {
      let value = isObject ? child + 1 : child
      if target < Int(nodes[value].next) {
        let token = isObject ? Self.escaped(content(child)) : Array(String(position).utf8)
        return (token, value, isObject ? child : nil)
      }
      position += 1
    }
    return nil
  }

  private static func escaped(_ name: ArraySlice<UInt8>) -> [UInt8] {
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
