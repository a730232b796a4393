/// Where a value's own text is, of the place that libyaml gives: after its tag and anchor, and for a block scalar only
/// to the end of its last line with text.
func contentPlace(of event: borrowing YAMLEvent, in text: [UInt8]) -> Range<Int> {
  let hasProperties = event.anchor != nil || event.tag != nil
  var start = event.start
  var end = event.end
  switch event.kind {
  case .scalar:
    if hasProperties { start = min(skipProperties(text, from: start), end) }
    if event.style == .literal || event.style == .folded { end = endOfText(text, start..<end) }
  case .sequenceStart, .mappingStart:
    if hasProperties { start = skipProperties(text, from: start) }
    end = max(end, start)
  default: break
  }
  return start..<max(start, end)
}

/// The offset after tags, anchors, and the space and comments that follow them.
private func skipProperties(_ text: [UInt8], from start: Int) -> Int {
  var offset = start
  while offset < text.count {
    switch text[offset] {
    case UInt8(ascii: "!"), UInt8(ascii: "&"): offset = endOfProperty(text, from: offset)
    case UInt8(ascii: "#"): while offset < text.count, text[offset] != 0x0A, text[offset] != 0x0D { offset += 1 }
    case let byte where isBlankOrBreak(byte): offset += 1
    default: return offset
    }
  }
  return offset
}

/// The end of the tag or anchor at an offset.
func endOfProperty(_ text: [UInt8], from start: Int) -> Int {
  var offset = start
  if text[start...].starts(with: "!<".utf8) {
    while offset < text.count, text[offset] != UInt8(ascii: ">") { offset += 1 }
  }
  while offset < text.count, !isBlankOrBreak(text[offset]), !",[]{}".utf8.contains(text[offset]) { offset += 1 }
  return offset
}

/// The end of the last line with text in a block scalar; of its first line, if there is none.
private func endOfText(_ text: [UInt8], _ range: Range<Int>) -> Int {
  var end = min(range.upperBound, text.count)
  while end > range.lowerBound, isBlankOrBreak(text[end - 1]) { end -= 1 }
  while end < range.upperBound, end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
  return end
}
