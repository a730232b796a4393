package import LatchJSON

/// Reads JSON as clients tolerate it: with comments, commas before a closing bracket, a byte order mark.
package enum ConfigurationText {
  /// The value that the text says; places in the error are those of the text as given.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: strict(bytes), limits: JSONLimits())
  }

  /// The same text, as long, with everything that strict JSON does not know turned into spaces.
  static func strict(_ bytes: [UInt8]) -> [UInt8] {
    var blanker = Blanker(bytes: bytes)
    blanker.run()
    return blanker.bytes
  }
}

/// Overwrites comments and superfluous commas with spaces, so that offsets stay true.
private struct Blanker {
  var bytes: [UInt8]
  private var index = 0
  /// Where a comma stands after which nothing but space and comments has come.
  private var pendingComma: Int?

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { blank(through: 3) }
  }

  mutating func run() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""): skipString()
      case UInt8(ascii: "/"): skipComment()
      case UInt8(ascii: ","):
        pendingComma = index
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if let comma = pendingComma { bytes[comma] = UInt8(ascii: " ") }
        pendingComma = nil
        index += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): index += 1
      default:
        pendingComma = nil
        index += 1
      }
    }
  }

  private mutating func skipString() {
    pendingComma = nil
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index += 1
  }

  private mutating func skipComment() {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    if next == UInt8(ascii: "/") {
      blank(through: bytes[index...].firstIndex { $0 == UInt8(ascii: "\n") } ?? bytes.count)
    } else if next == UInt8(ascii: "*"), let end = endOfBlockComment() {
      blank(through: end)
    } else {
      pendingComma = nil
      index += 1
    }
  }

  private func endOfBlockComment() -> Int? {
    var end = index + 2
    while end + 1 < bytes.count {
      if bytes[end] == UInt8(ascii: "*"), bytes[end + 1] == UInt8(ascii: "/") { return end + 2 }
      end += 1
    }
    return nil
  }

  /// Line ends stay, so that lines and columns do too.
  private mutating func blank(through end: Int) {
    while index < end {
      if bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") { bytes[index] = UInt8(ascii: " ") }
      index += 1
    }
  }
}
