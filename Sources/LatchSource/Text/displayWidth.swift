/// How many columns of a terminal a scalar takes: 0 of a combining mark, 2 of wide East Asian text and emoji, else 1.
func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  default: break
  }
  if scalar.value == zeroWidthJoiner || isVariationSelector(scalar.value) { return 0 }
  return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
}

/// What is shown in the place of a scalar that a terminal would not show, or that would change what it shows: control
/// characters, line separators, marks of direction and other hidden ones. Nil of all others.
func shownInstead(_ scalar: Unicode.Scalar) -> String? {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: break
  case .format where scalar.value != zeroWidthJoiner: break
  default: return nil
  }
  return "<U+\(hex(scalar.value, digits: 4))>"
}

private let zeroWidthJoiner: UInt32 = 0x200D

private func isVariationSelector(_ value: UInt32) -> Bool { (0xFE00...0xFE0F).contains(value) }

/// The blocks whose characters are wide by default; enough to put carets under the right word.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2614...0x2615, 0x26A1...0x26A1, 0x2705...0x2705,
  0x274C...0x274C, 0x2753...0x2755, 0x2795...0x2797, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
  0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
  0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F19A, 0x1F200...0x1F64F,
  0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
]
