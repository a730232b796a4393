/// Reads a glob over segments, as `glob`, `path_glob` and `url_path` have it.
struct GlobParser {
  private static let depthLimit = 100

  private var reader: PatternReader
  private let foldsCase: Bool
  private var depth = 0

  /// The pieces of the glob, each `**` of which begins a segment.
  static func parse(_ text: String, foldsCase: Bool) throws(PatternError) -> [GlobItem] {
    var parser = GlobParser(reader: PatternReader(text), foldsCase: foldsCase)
    let items = try parser.items()
    if parser.reader.next != nil { throw parser.reader.error("`}` without `{`; write `\\}`") }
    _ = try parser.checkSegments(items, atStart: true)
    return items
  }

  private init(reader: PatternReader, foldsCase: Bool) {
    self.reader = reader
    self.foldsCase = foldsCase
  }

  private mutating func items() throws(PatternError) -> [GlobItem] {
    var items: [GlobItem] = []
    while let scalar = reader.next, scalar != "}", scalar != "," || depth == 0 {
      let place = reader.index
      if !"/?*[{".unicodeScalars.contains(scalar) {
        items += try literals()
        continue
      }
      reader.index += 1
      switch scalar {
      case "/": items.append(.slash)
      case "?": items.append(.scalar(ScalarSet("/").complement))
      case "*": items.append(reader.take("*") ? .segments(place) : .star)
      case "[": items.append(.scalar(try characterClass(place)))
      default: items.append(try braces(place))
      }
    }
    return items
  }

  /// What stands for itself, up to what does not. It is folded in one go, since letters and marks may compose.
  private mutating func literals() throws(PatternError) -> [GlobItem] {
    var run = String.UnicodeScalarView()
    while let scalar = reader.next, !"/?*[{}".unicodeScalars.contains(scalar), scalar != "," || depth == 0 {
      reader.index += 1
      run.append(scalar == "\\" ? try escaped(reader.index - 1) : scalar)
    }
    let text = foldsCase ? foldedForComparison(String(run)) : String(run)
    return text.unicodeScalars.map { $0 == "/" ? .slash : .scalar(ScalarSet($0)) }
  }

  private mutating func escaped(_ place: Int) throws(PatternError) -> Unicode.Scalar {
    guard let scalar = reader.takeScalar() else { throw reader.error("the glob ends in `\\`", at: place) }
    return scalar
  }

  private mutating func braces(_ place: Int) throws(PatternError) -> GlobItem {
    guard depth < Self.depthLimit else { throw reader.error("braces nest too deep", at: place) }
    depth += 1
    defer { depth -= 1 }
    var choices = [try items()]
    while reader.take(",") { choices.append(try items()) }
    guard reader.take("}") else { throw reader.error("`{` is not closed; write `\\{` for itself", at: place) }
    if choices.count == 1, choices[0].isEmpty { throw reader.error("`{}` is empty; write `\\{\\}`", at: place) }
    return .choice(choices)
  }

  private mutating func characterClass(_ place: Int) throws(PatternError) -> ScalarSet {
    if reader.next == "^" { throw reader.error("a class is negated by `!`; write `\\^` for `^` itself") }
    let isNegated = reader.take("!")
    var members: [ClosedRange<UInt32>] = []
    while let next = reader.next, next != "]" || members.isEmpty {
      if reader.starts(with: "[:") { throw reader.error(.unsupported, "named classes are not known in globs") }
      let low = try classMember(place)
      guard reader.next == "-", let after = reader.peek(1), after != "]" else {
        members.append(low.value...low.value)
        continue
      }
      reader.index += 1
      let high = try classMember(place)
      guard low <= high else { throw reader.error("the range is out of order", at: place) }
      members.append(low.value...high.value)
    }
    guard reader.take("]") else { throw reader.error("`[` is not closed; write `\\[` for itself", at: place) }
    let set = foldsCase ? ScalarSet(members).closedUnderFolding : ScalarSet(members)
    return (isNegated ? set.complement : set).subtracting(ScalarSet("/"))
  }

  private mutating func classMember(_ place: Int) throws(PatternError) -> Unicode.Scalar {
    guard var scalar = reader.takeScalar() else { throw reader.error("`[` is not closed", at: place) }
    if scalar == "\\" { scalar = try escaped(reader.index - 1) }
    if scalar == "/" { throw reader.error("a class cannot hold `/`", at: reader.index - 1) }
    return scalar
  }

  /// Whether the pieces end where a segment begins (nil: only on some ways), having checked that each `**` does.
  private func checkSegments(_ items: [GlobItem], atStart: Bool?) throws(PatternError) -> Bool? {
    var atStart = atStart
    for item in items {
      switch item {
      case .slash: atStart = true
      case .scalar, .star: atStart = false
      case .segments(let place):
        guard atStart == true else { throw Self.notWhole(at: place, reader) }
        atStart = false
      case .choice(let choices):
        var ends: [Bool?] = []
        for choice in choices { ends.append(try checkSegments(choice, atStart: atStart)) }
        atStart = ends.allSatisfy { $0 == ends[0] } ? ends[0] : nil
      }
    }
    return atStart
  }

  static func notWhole(at place: Int, _ reader: PatternReader) -> PatternError {
    reader.error("`**` must be a whole segment, as in `a/**/b`; `*` is any text within one", at: place)
  }
}
