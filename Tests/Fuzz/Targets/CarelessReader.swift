/// A reader with all the carelessness of all servers at once: it ends lines wherever any of them does, keeps every
/// member of a name, does not look at letters' case, and reads on behind what it cannot read. Not made of LatchJSON.
struct CarelessReader {
  indirect enum Value: Equatable {
    case text([UInt8])
    case object([Member])
    case array([Value])
    case other
  }

  struct Member: Equatable {
    var name: [UInt8]
    var value: Value
  }

  /// A `tools/call` that some server could see: what it may take for the tool's name and for the arguments.
  struct Call {
    var tools: [Value]
    var arguments: [Value]
  }

  private var rest: ArraySlice<UInt8>
  private var depth = 0

  /// All calls in a line, also in what some reader takes for a line of its own.
  static func calls(in line: [UInt8]) -> [Call] {
    fragments(line).flatMap { fragment in
      var reader = CarelessReader(rest: fragment)
      var values: [Value] = []
      while let value = reader.next() { values.append(value) }
      return values.flatMap(calls)
    }
  }

  private static func calls(in value: Value) -> [Call] {
    if case .array(let values) = value { return values.flatMap(calls) }
    let isCall = value["method"].contains { if case .text(let text) = $0 { fold(text) == "tools/call" } else { false } }
    guard isCall else { return [] }
    let parameters = value["params"]
    return [Call(tools: parameters.flatMap { $0["name"] }, arguments: parameters.flatMap { $0["arguments"] })]
  }

  private static func fragments(_ line: [UInt8]) -> [ArraySlice<UInt8>] {
    let ends: [[UInt8]] = [
      [0x0A], [0x0B], [0x0C], [0x0D], [0x1C], [0x1D], [0x1E], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xE2, 0x80, 0xA9],
    ]
    var fragments = [line[...]]
    for end in ends { fragments = fragments.flatMap { $0.split(separator: end) } }
    return fragments.count > 1 ? [line[...]] + fragments : fragments
  }

  /// By way of the capitals, some of which are those of two letters. Canonically equal texts are equal in Swift.
  fileprivate static func fold(_ text: [UInt8]) -> String {
    String(decoding: text, as: UTF8.self).uppercased().lowercased()
  }
}

extension CarelessReader.Value {
  /// The values of all members of an object that could be meant by the name.
  subscript(name: String) -> [Self] {
    guard case .object(let members) = self else { return [] }
    return members.filter { CarelessReader.fold($0.name) == name }.map(\.value)
  }
}

extension CarelessReader {
  /// The next value, wherever it begins; nil at the end.
  private mutating func next() -> Value? {
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "{"): return object()
      case UInt8(ascii: "["): return array()
      case 0x22: return .text(string())
      case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":"), 0...0x20: continue
      default:
        rest = rest.drop { !Self.marks.contains($0) }
        return .other
      }
    }
    return nil
  }

  private static let marks = Array("{}[],:\" \t\r\n".utf8)

  private mutating func object() -> Value {
    depth += 1
    defer { depth -= 1 }
    var members: [Member] = []
    while depth < 200, let byte = rest.popFirst(), byte != UInt8(ascii: "}") {
      guard byte == 0x22 else { continue }
      let name = string()
      members.append(Member(name: name, value: next() ?? .other))
    }
    return .object(members)
  }

  private mutating func array() -> Value {
    depth += 1
    defer { depth -= 1 }
    var values: [Value] = []
    while depth < 200 {
      rest = rest.drop { $0 == UInt8(ascii: ",") || $0 <= 0x20 }
      guard let byte = rest.first, byte != UInt8(ascii: "]"), let value = next() else { break }
      values.append(value)
    }
    rest = rest.dropFirst()
    return .array(values)
  }

  /// What a string says, up to its end or that of the text.
  private mutating func string() -> [UInt8] {
    var text: [UInt8] = []
    while let byte = rest.popFirst(), byte != 0x22 {
      guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
        text.append(byte)
        continue
      }
      guard escaped == UInt8(ascii: "u") else {
        text.append(escaped)
        continue
      }
      let digits = String(decoding: rest.prefix(4), as: UTF8.self)
      rest = rest.dropFirst(4)
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "?"
      text += Array(String(Character(scalar)).utf8)
    }
    return text
  }
}
