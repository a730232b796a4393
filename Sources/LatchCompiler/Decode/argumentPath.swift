import LatchJSON
import LatchPolicy

/// Why a text is not an argument path, and where: a UTF-8 offset.
struct ArgumentPathError: Error, Equatable {
  var offset: Int
  var message: String
}

/// Reads `name ( "." name | "[" integer "]" )*`; a name with other characters than letters, digits, `_`, `-`, `$`, `@`,
/// `/` and `:` is written as a JSON string.
func readArgumentPath(_ text: String) throws(ArgumentPathError) -> ArgumentPath {
  var scan = ArgumentPathScan(bytes: Array(text.utf8))
  return try scan.path()
}

private struct ArgumentPathScan {
  let bytes: [UInt8]
  var position = 0

  mutating func path() throws(ArgumentPathError) -> ArgumentPath {
    var steps = [ArgumentPath.Step.name(try name())]
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "."): steps.append(.name(try name()))
      case UInt8(ascii: "["): steps.append(.index(try index()))
      default: throw error("expected `.` or `[`", at: position - 1)
      }
    }
    return ArgumentPath(steps)
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func name() throws(ArgumentPathError) -> String {
    if peek == UInt8(ascii: "\"") { return try quotedName() }
    let start = position
    while let byte = peek, Self.isBare(byte) { position += 1 }
    guard position > start else {
      throw error("expected a name; write a name with other characters as a JSON string, `'\"a.b\"'`", at: position)
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedName() throws(ArgumentPathError) -> String {
    let start = position
    position += 1
    while let byte = peek, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
    guard position < bytes.count else { throw error("the string has no closing `\"`", at: start) }
    position += 1
    guard case .string(let name)? = try? JSONValue(parsing: Array(bytes[start..<position])) else {
      throw error("not a JSON string", at: start)
    }
    return name
  }

  private mutating func index() throws(ArgumentPathError) -> Int {
    let start = position
    while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    guard peek == UInt8(ascii: "]"), digits == "0" || !digits.isEmpty && !digits.hasPrefix("0") else {
      throw error("expected a whole number and `]`", at: start)
    }
    // A bundle holds no greater one.
    guard let index = Int32(digits) else { throw error("an index is at most \(Int32.max)", at: start) }
    position += 1
    return Int(index)
  }

  private func error(_ message: String, at offset: Int) -> ArgumentPathError {
    ArgumentPathError(offset: offset, message: message)
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"), UInt8(ascii: "@"), UInt8(ascii: "/"),
      UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
