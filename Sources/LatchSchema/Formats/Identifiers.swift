/// UUIDs and JSON pointers.
extension TextBytes {
  /// `2eb8aa08-aa98-11ea-b4aa-73b441d16380` (RFC 4122, section 3).
  var isUUID: Bool {
    guard count == 36 else { return false }
    for index in 0..<36 {
      let isDash = [8, 13, 18, 23].contains(index)
      if isDash ? self[index] != UInt8(ascii: "-") : self[index].hexadecimalValue == nil { return false }
    }
    return true
  }

  /// Empty, or tokens that each begin with `/`; `~` only as `~0` and `~1` (RFC 6901).
  var isJSONPointer: Bool {
    guard isEmpty || self[0] == UInt8(ascii: "/") else { return false }
    for index in 0..<count where self[index] == UInt8(ascii: "~") {
      guard index + 1 < count, self[index + 1] == UInt8(ascii: "0") || self[index + 1] == UInt8(ascii: "1") else {
        return false
      }
    }
    return true
  }

  /// A number without leading zeros, then `#` or a JSON pointer.
  var isRelativeJSONPointer: Bool {
    let end = firstIndex { !$0.isASCIIDigit } ?? count
    guard end > 0, end == 1 || self[0] != UInt8(ascii: "0") else { return false }
    let rest = from(end)
    return rest.isJSONPointer || (rest.count == 1 && rest[0] == UInt8(ascii: "#"))
  }
}
