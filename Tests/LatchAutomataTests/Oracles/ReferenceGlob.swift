/// Globs as the language has them, without automata: braces are written out, then segments are matched one by one.
struct ReferenceGlob {
  private let alternatives: [[Substring]]

  /// Nil if `**` stands beside something else in a segment.
  init?(_ glob: String) {
    alternatives = Self.written(out: glob).map { $0.split(separator: "/", omittingEmptySubsequences: false) }
    for segment in alternatives.flatMap({ $0 }) where !Self.isAnyDirectories(segment) {
      if segment.replacing("\\*", with: "").contains("**") { return nil }
    }
  }

  /// Where a brace stood, so that stars on both its sides are two.
  private static let seam: Character = "\0"

  private static func isAnyDirectories(_ segment: Substring) -> Bool {
    segment.contains("**") && segment.allSatisfy { $0 == "*" || $0 == seam } && segment.count { $0 == "*" } == 2
  }

  func matches(_ text: String) -> Bool {
    let segments = text.split(separator: "/", omittingEmptySubsequences: false)
    return alternatives.contains { Self.matches($0[...], segments[...]) }
  }

  /// The globs without braces that stand for one with braces.
  private static func written(out glob: String) -> [String] {
    guard let open = glob.firstIndex(of: "{") else { return [glob] }
    var (depth, close) = (0, open)
    var starts = [glob.index(after: open)]
    var choices: [Substring] = []
    for index in glob[open...].indices where close == open {
      switch glob[index] {
      case "{": depth += 1
      case "}" where depth > 1: depth -= 1
      case ",", "}":
        guard depth == 1 else { continue }
        choices.append(glob[starts[starts.count - 1]..<index])
        starts.append(glob.index(after: index))
        if glob[index] == "}" { close = index }
      default: continue
      }
    }
    let rest = glob[glob.index(after: close)...]
    return choices.flatMap { written(out: "\(glob[..<open])\(seam)\($0)\(seam)\(rest)") }
  }

  private static func matches(_ globs: ArraySlice<Substring>, _ texts: ArraySlice<Substring>) -> Bool {
    guard let glob = globs.first else { return texts.isEmpty }
    let rest = globs.dropFirst()
    if isAnyDirectories(glob) {
      return matches(rest, texts) || (!texts.isEmpty && matches(globs, texts.dropFirst()))
    }
    guard let text = texts.first else { return false }
    let pieces = glob.filter { $0 != seam }.unicodeScalars
    return matches(segment: Array(pieces)[...], Array(text.unicodeScalars)[...])
      && matches(rest, texts.dropFirst())
  }

  private static func matches(segment glob: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let piece = glob.first else { return text.isEmpty }
    if piece == "*" {
      return matches(segment: glob.dropFirst(), text) || (!text.isEmpty && matches(segment: glob, text.dropFirst()))
    }
    guard let scalar = text.first else { return false }
    var rest = glob.dropFirst()
    switch piece {
    case "?": break
    case "\\":
      guard rest.popFirst() == scalar else { return false }
    case "[":
      let isNegated = rest.first == "!"
      let members = rest.prefix { $0 != "]" }
      rest = rest.dropFirst(members.count + 1)
      guard holds(members.dropFirst(isNegated ? 1 : 0), scalar) != isNegated else { return false }
    default:
      guard piece == scalar else { return false }
    }
    return matches(segment: rest, text.dropFirst())
  }

  /// Whether a class such as `a-cx` has the scalar.
  private static func holds(_ members: ArraySlice<Unicode.Scalar>, _ scalar: Unicode.Scalar) -> Bool {
    let members = Array(members)
    var index = 0
    while index < members.count {
      let isRange = index + 2 < members.count && members[index + 1] == "-"
      if (members[index]...members[isRange ? index + 2 : index]).contains(scalar) { return true }
      index += isRange ? 3 : 1
    }
    return false
  }
}
