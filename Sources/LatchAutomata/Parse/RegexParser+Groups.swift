/// The names and numbers of a pattern's groups, and what refers to them.
struct GroupNames: Sendable {
  private(set) var count = 0
  private var names = Set<[UInt8]>()
  private var references: [(name: String, place: Int)] = []
  private var highest: (number: Int, place: Int)?

  mutating func add(_ name: String?, _ reader: PatternReader) throws(PatternError) {
    count += 1
    guard let name else { return }
    guard names.insert(Array(name.utf8)).inserted else { throw reader.error("two groups are named `\(name)`") }
  }

  mutating func refer(to name: String, at place: Int) {
    references.append((name, place))
  }

  mutating func refer(to number: Int, at place: Int) {
    if number > highest?.number ?? 0 { highest = (number, place) }
  }

  /// Throws if something refers to a group that is not there.
  func check(_ reader: PatternReader) throws(PatternError) {
    if let highest, highest.number > count {
      throw reader.error("there is no group \(highest.number)", at: highest.place)
    }
    for reference in references where !names.contains(Array(reference.name.utf8)) {
      throw reader.error("no group is named `\(reference.name)`", at: reference.place)
    }
  }
}

extension RegexParser {
  /// What stands behind `(`.
  enum GroupKind {
    case plain
    /// `(?i)`: no group, but flags for the rest of the one around it.
    case flags
    case look(ahead: Bool, holds: Bool)
  }

  /// Reads what a group begins with, up to its pattern.
  mutating func groupKind(_ start: Int) throws(PatternError) -> GroupKind {
    guard reader.take("?") else {
      try groups.add(nil, reader)
      return .plain
    }
    if reader.take(":") { return .plain }
    if let look = lookAround() {
      if dialect == .ecma { return look }
      throw reader.error(.unsupported, "RE2 has no look-around; ask for it in a condition of its own", at: start)
    }
    if reader.take("<") || (dialect == .re2 && reader.take("P<")) {
      try groups.add(try groupName(), reader)
      return .plain
    }
    if dialect == .re2 { return try flagGroup(start) }
    throw reader.error("unknown group `(?`", at: start)
  }

  private mutating func lookAround() -> GroupKind? {
    if reader.take("=") { return .look(ahead: true, holds: true) }
    if reader.take("!") { return .look(ahead: true, holds: false) }
    if reader.take("<=") { return .look(ahead: false, holds: true) }
    if reader.take("<!") { return .look(ahead: false, holds: false) }
    return nil
  }

  /// A group's name up to and with its `>`.
  mutating func groupName() throws(PatternError) -> String {
    let start = reader.index
    let name = reader.takeText { [dialect] in
      $0.isASCIIWord || $0.isIdentifierPart || (dialect == .ecma && $0 == "$")
    }
    let first = name.unicodeScalars.first
    let startsWell = dialect == .re2 || first.map { $0 == "$" || $0 == "_" || $0.isIdentifierStart } ?? false
    guard first != nil, startsWell, reader.take(">") else { throw reader.error("bad group name", at: start) }
    return name
  }

  /// `(?flags)` or `(?flags:`, RE2 only.
  private mutating func flagGroup(_ start: Int) throws(PatternError) -> GroupKind {
    var on = true
    var isNegated = false
    var hasFlag = false
    var new = flags
    while let scalar = reader.takeScalar() {
      switch scalar {
      case "i": new.foldsCase = on
      case "m": new.isMultiline = on
      case "s": new.dotMatchesNewline = on
      case "U": break
      case "-" where !isNegated:
        (on, isNegated, hasFlag) = (false, true, false)
        continue
      case ":" where !isNegated || hasFlag, ")" where !isNegated || hasFlag:
        flags = new
        return scalar == ":" ? .plain : .flags
      default: throw reader.error("unknown group `(?`", at: start)
      }
      hasFlag = true
    }
    throw reader.error("`(` is not closed", at: start)
  }
}
