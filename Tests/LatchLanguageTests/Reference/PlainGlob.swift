import Foundation

/// A glob (language.md §5) matched by trying everything: `*` and `?` not across `/`, `**` a whole segment, zero or more,
/// `[a-z]`, `[!a]`, `{a,b}`, `\`.
struct PlainGlob {
  private enum Segment {
    /// `**`.
    case several
    case one([Piece])
  }

  private enum Piece {
    case exactly(Unicode.Scalar)
    case anyOne
    case anyMany
    case oneOf([Unicode.Scalar], isNegated: Bool)
  }

  private let alternatives: [[Segment]]
  private let isFolded: Bool

  /// `isFolded`: pattern and text are compared after NFC and simple case folding.
  init(_ pattern: String, isFolded: Bool = false) {
    self.isFolded = isFolded
    let text = isFolded ? Text(pattern.precomposedStringWithCanonicalMapping) : Text(pattern)
    alternatives = Self.expanded(text).map { alternative in
      Self.split(alternative).map { segment in
        segment == Text("**") ? .several : .one(Self.pieces(segment, isFolded: isFolded))
      }
    }
  }

  func matches(_ text: Text) -> Bool {
    let segments = (isFolded ? text.foldedForComparison : text).segments
    return alternatives.contains { Self.matches($0[...], segments[...]) }
  }

  private static func matches(_ pattern: ArraySlice<Segment>, _ segments: ArraySlice<Text>) -> Bool {
    guard let first = pattern.first else { return segments.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case .several: return (0...segments.count).contains { matches(rest, segments.dropFirst($0)) }
    case .one(let pieces):
      guard let segment = segments.first else { return false }
      return matches(pieces[...], segment[...]) && matches(rest, segments.dropFirst())
    }
  }

  private static func matches(_ pieces: ArraySlice<Piece>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pieces.first else { return text.isEmpty }
    let rest = pieces.dropFirst()
    switch first {
    case .anyMany: return (0...text.count).contains { matches(rest, text.dropFirst($0)) }
    case .anyOne: return !text.isEmpty && matches(rest, text.dropFirst())
    case .exactly(let scalar): return text.first == scalar && matches(rest, text.dropFirst())
    case .oneOf(let scalars, let isNegated):
      return text.first.map { scalars.contains($0) != isNegated } == true && matches(rest, text.dropFirst())
    }
  }
}

// MARK: Reading the pattern

extension PlainGlob {
  /// One pattern for each choice that `{a,b}` leaves.
  private static func expanded(_ pattern: Text) -> [Text] {
    guard let braces = firstBraces(in: pattern) else { return [pattern] }
    let before = pattern[..<braces.open]
    let after = pattern[(braces.close + 1)...]
    return braces.choices.flatMap { expanded(Text(before + $0 + after)) }
  }

  private struct Braces {
    var open: Int
    var close: Int
    var choices: [Text]
  }

  private static func firstBraces(in pattern: Text) -> Braces? {
    var depth = 0
    var open = 0
    var choices: [Text] = [[]]
    var index = 0
    while index < pattern.count {
      let end = endOfUnit(in: pattern, at: index)
      let unit = pattern[index..<end]
      if unit == ["{"], depth == 0 {
        (depth, open) = (1, index)
      } else if unit == ["}"], depth == 1 {
        return Braces(open: open, close: index, choices: choices)
      } else if unit == [","], depth == 1 {
        choices.append([])
      } else if depth > 0 {
        depth += unit == ["{"] ? 1 : unit == ["}"] ? -1 : 0
        choices[choices.count - 1] += unit
      }
      index = end
    }
    return nil
  }

  /// An escape and a class are one unit, in which nothing has its meaning.
  private static func endOfUnit(in pattern: Text, at index: Int) -> Int {
    if pattern[index] == "\\" { return index + 2 }
    guard pattern[index] == "[", let close = pattern[(index + 1)...].firstIndex(of: "]") else { return index + 1 }
    return close + 1
  }

  private static func split(_ pattern: Text) -> [Text] {
    var segments: [Text] = [[]]
    var index = 0
    while index < pattern.count {
      let end = endOfUnit(in: pattern, at: index)
      if pattern[index] == "/" { segments.append([]) } else { segments[segments.count - 1] += pattern[index..<end] }
      index = end
    }
    return segments
  }

  private static func pieces(_ segment: Text, isFolded: Bool) -> [Piece] {
    let fold = { (scalar: Unicode.Scalar) in isFolded ? scalar.folded : scalar }
    var pieces: [Piece] = []
    var index = 0
    while index < segment.count {
      let end = endOfUnit(in: segment, at: index)
      switch segment[index] {
      case "*": pieces.append(.anyMany)
      case "?": pieces.append(.anyOne)
      case "\\": pieces.append(.exactly(fold(segment[index + 1])))
      case "[" where end > index + 1:
        let inside = segment[(index + 1)..<(end - 1)]
        let members = members(Text(inside.first == "!" ? inside.dropFirst() : inside))
        pieces.append(.oneOf(members.map(fold), isNegated: inside.first == "!"))
      default: pieces.append(.exactly(fold(segment[index])))
      }
      index = end
    }
    return pieces
  }

  /// The scalars of a class without its brackets; `a-z` is a range.
  private static func members(_ text: Text) -> [Unicode.Scalar] {
    guard let first = text.first else { return [] }
    guard text.count >= 3, text[1] == "-" else { return [first] + members(Text(text.dropFirst())) }
    return (first.value...text[2].value).compactMap(Unicode.Scalar.init) + members(Text(text.dropFirst(3)))
  }
}
