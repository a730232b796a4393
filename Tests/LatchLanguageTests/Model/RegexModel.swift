/// A regular expression of a small subset of RE2's syntax, as the tree that its text says.
indirect enum RegexModel: Sendable {
  case text(String)
  /// `.`: all but LF.
  case any
  case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  case digit
  case word
  case sequence([RegexModel])
  case alternatives([RegexModel])
  /// `nil`: no upper bound.
  case repeated(RegexModel, Int, Int?)
  case start
  case end
  case wordBoundary
  /// `(?i:…)`.
  case caseless(RegexModel)

  /// As an author writes it.
  var source: String {
    switch self {
    case .text(let text): Self.escaped(text)
    case .any: "."
    case .oneOf(let ranges, let isNegated):
      "[\(isNegated ? "^" : "")\(ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined())]"
    case .digit: #"\d"#
    case .word: #"\w"#
    case .sequence(let parts): parts.map(\.source).joined()
    case .alternatives(let parts): "(?:\(parts.map(\.source).joined(separator: "|")))"
    case .repeated(let part, let least, let most): "(?:\(part.source))\(Self.bounds(least, most))"
    case .start: "^"
    case .end: "$"
    case .wordBoundary: #"\b"#
    case .caseless(let part): "(?i:\(part.source))"
    }
  }

  private static func bounds(_ least: Int, _ most: Int?) -> String {
    switch (least, most) {
    case (0, nil): "*"
    case (1, nil): "+"
    case (0, 1): "?"
    case (_, let most?): "{\(least),\(most)}"
    case (_, nil): "{\(least),}"
    }
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if #".\+*?()|[]{}^$"#.unicodeScalars.contains(scalar) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
