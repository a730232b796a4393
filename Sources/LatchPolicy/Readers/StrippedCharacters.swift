/// Whether a text ends in what programs strip from the ends of their arguments: white space of any language's
/// `strip` or `trim`, and, where it is asked for, quotation marks.
///
/// `/srv/..` and a space is a harmless name here and the parent directory to a server that strips; the reference
/// server for files strips quotation marks too.
func endsInStrippedCharacter(_ text: Span<UInt8>, quotes: Bool) -> Bool {
  guard let last = lastScalar(of: text) else { return false }
  switch last {
  case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200B: return true
  case 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: return true
  case 0x22, 0x27: return quotes
  default: return false
  }
}

/// The last scalar of valid UTF-8; of other bytes some number.
private func lastScalar(of text: Span<UInt8>) -> UInt32? {
  var scalar: UInt32 = 0
  var shift: UInt32 = 0
  for index in text.indices.reversed() {
    let byte = UInt32(text[index])
    guard byte & 0xC0 == 0x80, shift < 18 else {
      let lead: UInt32 = shift == 0 ? 0x7F : 0x3F >> (shift / 6)
      return scalar | (byte & lead) << shift
    }
    scalar |= (byte & 0x3F) << shift
    shift += 6
  }
  return nil
}
