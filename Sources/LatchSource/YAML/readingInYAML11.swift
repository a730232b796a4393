/// What a plain scalar is to readers of YAML 1.1 (most of them still are), where YAML 1.2 reads it otherwise.
enum OldReading: Equatable {
  case bool(Bool)
  case octal, binary, underscores, sexagesimal
  /// `0o17`: text there, a number here.
  case text
}

/// Compares by bytes and by the first of them, since every plain scalar of a file comes here.
func readingInYAML11(_ text: Swift.Span<UInt8>) -> OldReading? {
  guard text.count > 1 else { return nil }
  switch text[0] {
  case UInt8(ascii: "y"), UInt8(ascii: "Y"):
    return text.count == 3 && isWord(text, "yes", "Yes", "YES") ? .bool(true) : nil
  case UInt8(ascii: "n"), UInt8(ascii: "N"):
    return text.count == 2 && isWord(text, "no", "No", "NO") ? .bool(false) : nil
  case UInt8(ascii: "o"), UInt8(ascii: "O"):
    if text.count == 2 { return isWord(text, "on", "On", "ON") ? .bool(true) : nil }
    return text.count == 3 && isWord(text, "off", "Off", "OFF") ? .bool(false) : nil
  case UInt8(ascii: "0")...UInt8(ascii: "9"): return numberInYAML11(text, from: 0)
  case UInt8(ascii: "+"), UInt8(ascii: "-"): return numberInYAML11(text, from: 1)
  default: return nil
  }
}

private func numberInYAML11(_ text: Swift.Span<UInt8>, from start: Int) -> OldReading? {
  guard start < text.count, isDigit(text[start], base: 10) else { return nil }
  if text[start] == UInt8(ascii: "0"), start + 1 < text.count {
    switch text[start + 1] {
    case UInt8(ascii: "o"): return start == 0 && resolvePlain(text) == .integer ? .text : nil
    case UInt8(ascii: "b"): return start + 2 < text.count && isAll(text, from: start + 2, base: 2) ? .binary : nil
    case UInt8(ascii: "x"):
      return start + 2 < text.count && hasUnderscore(text) && isAll(text, from: start + 2, base: 16)
        ? .underscores : nil
    default: if isAll(text, from: start + 1, base: 8) { return .octal }
    }
  }
  if isSexagesimal(text, from: start) { return .sexagesimal }
  return hasUnderscore(text) && isAll(text, from: start, base: 10) ? .underscores : nil
}

private func isAll(_ text: Swift.Span<UInt8>, from start: Int, base: UInt8) -> Bool {
  (start..<text.count).allSatisfy { isDigit(text[$0], base: base) || text[$0] == UInt8(ascii: "_") }
}

private func hasUnderscore(_ text: Swift.Span<UInt8>) -> Bool {
  text.indices.contains { text[$0] == UInt8(ascii: "_") }
}

/// `1:30`, `12:30:45`: base 60, each part after the first below 60.
private func isSexagesimal(_ text: Swift.Span<UInt8>, from start: Int) -> Bool {
  guard text[start] != UInt8(ascii: "0") else { return false }
  var part = 0
  var digits = 0
  var parts = 0
  for offset in start..<text.count {
    if text[offset] == UInt8(ascii: ":") {
      guard digits > 0, parts == 0 || part < 60 && digits <= 2 else { return false }
      (part, digits, parts) = (0, 0, parts + 1)
    } else {
      guard isDigit(text[offset], base: 10) else { return false }
      part = min(part * 10 + Int(text[offset] - 0x30), 1000)
      digits += 1
    }
  }
  return parts > 0 && (1...2).contains(digits) && part < 60
}
