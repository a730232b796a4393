import LatchAutomata

/// The rules of RFC 5892, appendix A, for code points that need the right neighbours, and those of RFC 5893.
extension DomainLabel {
  /// ZERO WIDTH NON-JOINER and JOINER: after a virama; the former also between letters that would join.
  static func joins(_ label: [UInt32], _ index: Int) -> Bool {
    guard index > 0 else { return false }
    if UnicodeTables.isVirama(label[index - 1]) { return true }
    guard label[index] == 0x200C else { return false }
    let before = label[..<index].last { UnicodeTables.joiningType(of: $0) != .transparent }
    let after = label[(index + 1)...].first { UnicodeTables.joiningType(of: $0) != .transparent }
    guard let before, let after else { return false }
    return [.left, .dual].contains(UnicodeTables.joiningType(of: before))
      && [.right, .dual].contains(UnicodeTables.joiningType(of: after))
  }

  static func isInContext(_ label: [UInt32], _ index: Int) -> Bool {
    let before = index > 0 ? label[index - 1] : nil
    let after = index + 1 < label.count ? label[index + 1] : nil
    func isOf(_ script: String, _ point: UInt32?) -> Bool {
      point.map { UnicodeTables.script(of: $0) == script } ?? false
    }
    switch label[index] {
    case 0xB7: return before == 0x6C && after == 0x6C
    case 0x375: return isOf("Greek", after)
    case 0x5F3, 0x5F4: return isOf("Hebrew", before)
    case 0x30FB:
      return label.contains { ["Hiragana", "Katakana", "Han"].contains(UnicodeTables.script(of: $0)) && $0 != 0x30FB }
    case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0) }
    case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0) }
    default: return false
    }
  }

  /// Whether the label makes its name one that the rule for bidirectional text applies to.
  var isBidirectional: Bool {
    points.contains { [.right, .arabicLetter, .arabicNumber].contains(UnicodeTables.bidiClass(of: $0)) }
  }

  /// The six conditions of RFC 5893, section 2.
  var followsBidiRule: Bool {
    let classes = points.map { UnicodeTables.bidiClass(of: $0) }
    guard let first = classes.first, let last = classes.last(where: { $0 != .nonspacingMark }) else { return false }
    let neutral: Set<UnicodeTables.BidiClass> = [
      .european, .europeanSeparator, .commonSeparator, .europeanTerminator, .otherNeutral, .boundaryNeutral,
      .nonspacingMark,
    ]
    switch first {
    case .right, .arabicLetter:
      return classes.allSatisfy { neutral.union([.right, .arabicLetter, .arabicNumber]).contains($0) }
        && [.right, .arabicLetter, .european, .arabicNumber].contains(last)
        && !(classes.contains(.european) && classes.contains(.arabicNumber))
    case .left:
      return classes.allSatisfy { neutral.union([.left]).contains($0) } && [.left, .european].contains(last)
    default: return false
    }
  }
}
