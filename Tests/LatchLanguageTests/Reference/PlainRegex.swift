extension RegexModel {
  /// Whether it matches anywhere in the text, by trying everything.
  func matches(_ string: String) -> Bool {
    let text = Text(string)
    return (0...text.count).contains { start in ends(in: text, from: start, ignoringCase: false) { _ in true } }
  }

  /// Whether it matches from `start` to an end with which `goOn` is content.
  private func ends(in text: Text, from start: Int, ignoringCase: Bool, _ goOn: (Int) -> Bool) -> Bool {
    switch self {
    case .sequence(let parts):
      guard let first = parts.first else { return goOn(start) }
      let rest = RegexModel.sequence(Array(parts.dropFirst()))
      return first.ends(in: text, from: start, ignoringCase: ignoringCase) { end in
        rest.ends(in: text, from: end, ignoringCase: ignoringCase, goOn)
      }
    case .alternatives(let parts):
      return parts.contains { $0.ends(in: text, from: start, ignoringCase: ignoringCase, goOn) }
    case .repeated(let part, let least, let most):
      if least <= 0, goOn(start) { return true }
      if let most, most <= 0 { return false }
      let rest = RegexModel.repeated(part, least - 1, most.map { $0 - 1 })
      return part.ends(in: text, from: start, ignoringCase: ignoringCase) { end in
        // Going on without having moved would never end, and is of use only where it must.
        (end > start || least > 0) && rest.ends(in: text, from: end, ignoringCase: ignoringCase, goOn)
      }
    case .caseless(let part): return part.ends(in: text, from: start, ignoringCase: true, goOn)
    case .start: return start == 0 && goOn(start)
    case .end: return start == text.count && goOn(start)
    case .wordBoundary:
      let before = start > 0 && Self.isWord(text[start - 1])
      let after = start < text.count && Self.isWord(text[start])
      return before != after && goOn(start)
    case .text(let string):
      let wanted = Text(string)
      let found = text[start...].prefix(wanted.count)
      let isSame = found.elementsEqual(wanted) { ignoringCase ? $0.folded == $1.folded : $0 == $1 }
      return isSame && goOn(start + wanted.count)
    case .any, .oneOf, .digit, .word:
      return start < text.count && takes(text[start], ignoringCase: ignoringCase) && goOn(start + 1)
    }
  }

  private func takes(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
    switch self {
    case .any: scalar != "\n"
    case .digit: scalar.isDigit
    case .word: Self.isWord(scalar)
    case .oneOf(let ranges, let isNegated):
      ranges.contains { range in
        range.contains(scalar) || ignoringCase && Self.members(of: range).contains { $0.folded == scalar.folded }
      } != isNegated
    default: false
    }
  }

  private static func members(of range: ClosedRange<Unicode.Scalar>) -> [Unicode.Scalar] {
    (range.lowerBound.value...range.upperBound.value).compactMap(Unicode.Scalar.init)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool { scalar.isLetter || scalar.isDigit || scalar == "_" }
}
