/// Reads the number that begins at `start`: where it ends. Its value is nobody's business here.
func scanNumber(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
  var index = start
  if bytes[index] == 0x2D { index += 1 }
  let integer = index
  index = endOfDigits(bytes, from: index)
  guard index > integer else { throw missingDigits(bytes, at: index) }
  guard bytes[integer] != 0x30 || index == integer + 1 else {
    throw JSONError(.badNumber, at: integer, "a number has no leading zero; leave it out")
  }
  if index < bytes.count, bytes[index] == 0x2E {
    let fraction = index + 1
    index = endOfDigits(bytes, from: fraction)
    guard index > fraction else { throw missingDigits(bytes, at: index) }
  }
  return try scanExponent(bytes, at: index)
}

private func scanExponent(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
  guard start < bytes.count, bytes[start] | 0x20 == 0x65 else { return start }
  var digits = start + 1
  if digits < bytes.count, bytes[digits] == 0x2B || bytes[digits] == 0x2D { digits += 1 }
  let end = endOfDigits(bytes, from: digits)
  guard end > digits else { throw missingDigits(bytes, at: end) }
  return end
}

@inline(__always)
private func endOfDigits(_ bytes: Span<UInt8>, from start: Int) -> Int {
  var index = start
  while index < bytes.count, bytes[index] &- 0x30 < 10 { index &+= 1 }
  return index
}

private func missingDigits(_ bytes: Span<UInt8>, at index: Int) -> JSONError {
  index < bytes.count
    ? JSONError(.badNumber, at: index, "a digit has to stand here")
    : JSONError(.unexpectedEnd, at: index, "the text ends within a number; a digit has to follow")
}
