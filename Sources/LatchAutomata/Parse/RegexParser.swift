/// Reads a regular expression of either dialect into a pattern.
struct RegexParser {
  /// What `(?ims)` switches.
  struct Flags: Sendable {
    var foldsCase = false
    var isMultiline = false
    var dotMatchesNewline = false
  }

  /// Groups nest no deeper than this, so that no pattern can exhaust the stack.
  static let depthLimit = 250

  let dialect: RegexDialect
  /// Whether only what ECMA-262 allows with the `u` flag is read.
  let isStrict: Bool
  var reader: PatternReader
  var flags = Flags()
  var groups = GroupNames()
  /// The first thing that is valid but cannot be compiled.
  private(set) var refusal: PatternError?
  /// Properties that have been looked up: a long pattern may name the same one over and over.
  var properties: [String: ScalarSet] = [:]
  /// Where the last `:]` begins: without one behind it `[:` is two characters of a class.
  let lastPosixEnd: Int
  private var depth = 0

  static func parse(_ text: String, dialect: RegexDialect) throws(PatternError) -> Pattern {
    var parser = RegexParser(text, dialect: dialect)
    let pattern = try parser.parseAll()
    if let refusal = parser.refusal { throw refusal }
    return pattern
  }

  init(_ text: String, dialect: RegexDialect, isStrict: Bool = false) {
    self.dialect = dialect
    self.isStrict = isStrict
    reader = PatternReader(text)
    lastPosixEnd =
      reader.scalars.indices.dropLast().last { [reader] index in
        reader.scalars[index] == ":" && reader.scalars[index + 1] == "]"
      } ?? -1
  }

  /// Reads to the end; what is valid but unsupported is noted in ``refusal``.
  mutating func parseAll() throws(PatternError) -> Pattern {
    let pattern = try choice()
    if reader.next != nil { throw reader.error("unmatched `)`") }
    try groups.check(reader)
    return pattern
  }

  mutating func refuse(_ what: String, at place: Int) {
    refusal = refusal ?? reader.error(.unsupported, "\(what) cannot be compiled to an automaton", at: place)
  }

  private mutating func choice() throws(PatternError) -> Pattern {
    var branches = [try sequence()]
    while reader.take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternError) -> Pattern {
    var items: [Pattern] = []
    while let next = reader.next, next != "|", next != ")" {
      if dialect == .re2, reader.take("\\Q") {
        quoted(into: &items)
      } else if let item = try atom() {
        items.append(item)
        continue
      }
      // To RE2 what only quotes or sets flags is nothing, and a quantifier behind it is of what stands before it.
      if let last = items.popLast() { items.append(try quantified(last)) }
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  private mutating func quoted(into items: inout [Pattern]) {
    while !reader.take("\\E"), let scalar = reader.takeScalar() { items.append(literal(scalar)) }
  }

  func literal(_ scalar: Unicode.Scalar) -> Pattern {
    .scalars(folded(ScalarSet(scalar)))
  }

  func folded(_ set: ScalarSet) -> ScalarSet {
    flags.foldsCase ? set.closedUnderFolding : set
  }

  /// One item with its quantifier; nil for a group that only sets flags.
  private mutating func atom() throws(PatternError) -> Pattern? {
    guard let scalar = reader.next else { return nil }
    switch scalar {
    case "(": return try group()
    case "[": return try quantified(.scalars(characterClass()))
    case "\\":
      let item = try escape()
      return dialect == .ecma && item.isPosition ? item : try quantified(item)
    case "*", "+", "?": throw reader.error("`\(scalar)` has nothing to repeat")
    case "{", "}", "]":
      if dialect == .ecma { throw reader.error("`\(scalar)` must be written `\\\(scalar)`") }
      if bounds() != nil { throw reader.error("`{` has nothing to repeat") }
    case "^", "$": return try anchor(scalar)
    default: break
    }
    reader.index += 1
    return try quantified(scalar == "." ? .scalars(dot) : literal(scalar))
  }

  private var dot: ScalarSet {
    if flags.dotMatchesNewline { return .all }
    return (dialect == .ecma ? ScalarSet.lineTerminators : ScalarSet("\n")).complement
  }

  private mutating func anchor(_ scalar: Unicode.Scalar) throws(PatternError) -> Pattern {
    reader.index += 1
    let position: TextPosition =
      scalar == "^" ? (flags.isMultiline ? .lineStart : .textStart) : (flags.isMultiline ? .lineEnd : .textEnd)
    return dialect == .ecma ? .position(position) : try quantified(.position(position))
  }

  /// The item as often as the quantifier after it says.
  mutating func quantified(_ item: Pattern) throws(PatternError) -> Pattern {
    let start = reader.index
    guard let (least, most) = quantifier() else { return item }
    _ = reader.take("?")
    if let most, most < least { throw reader.error("the bounds are out of order", at: start) }
    let pattern = Pattern.repeated(item, least: least, most: most)
    if dialect == .re2, max(least, most ?? 0) > 1000 || (max(least, most ?? 0) > 1 && pattern.mostCopies > 1000) {
      throw reader.error("repetitions within each other go to 1000 together at most", at: start)
    }
    return pattern
  }

  private mutating func quantifier() -> (Int, Int?)? {
    if reader.take("*") { return (0, nil) }
    if reader.take("+") { return (1, nil) }
    if reader.take("?") { return (0, 1) }
    guard let found = bounds() else { return nil }
    reader.index = found.end
    return (found.least, found.most)
  }

  /// The `{n}`, `{n,}` or `{n,m}` that comes next, and where it ends.
  private func bounds() -> (least: Int, most: Int?, end: Int)? {
    var ahead = reader
    guard ahead.take("{"), let least = bound(&ahead) else { return nil }
    var most: Int? = least
    if ahead.take(",") { most = bound(&ahead) }
    return ahead.take("}") ? (least, most, ahead.index) : nil
  }

  /// A number, which RE2 does not take for one if it begins with a needless zero.
  private func bound(_ reader: inout PatternReader) -> Int? {
    let isPadded = reader.next == "0" && reader.peek(1)?.isASCIIDigit == true
    return dialect == .re2 && isPadded ? nil : reader.takeNumber()
  }

  private mutating func group() throws(PatternError) -> Pattern? {
    let start = reader.index
    reader.index += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw reader.error("groups nest too deep", at: start) }
    let outer = flags
    let kind = try groupKind(start)
    if case .flags = kind { return nil }
    let inner = try choice()
    flags = outer
    guard reader.take(")") else { throw reader.error("`(` is not closed", at: start) }
    switch kind {
    case .plain, .flags: return try quantified(inner)
    case .look(let ahead, let holds):
      // Nothing may follow an assertion here: the grammar with the `u` flag has no quantifier for it.
      return .look(inner, ahead: ahead, holds: holds)
    }
  }
}

extension Pattern {
  fileprivate var isPosition: Bool {
    if case .position = self { true } else { false }
  }

  /// How many copies of one piece it stands for, as RE2 counts them.
  var mostCopies: Int {
    switch self {
    case .scalars, .position, .look: 1
    case .sequence(let items), .choice(let items): items.reduce(1) { max($0, $1.mostCopies) }
    case .repeated(let item, let least, let most): max(most ?? least, 1) * item.mostCopies
    }
  }
}

extension ScalarSet {
  static let digits = ScalarSet(asciiPairs: "09")
  static let word = ScalarSet(asciiPairs: "09AZ__az")
  static let lineTerminators = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
  static let re2Space = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
  static let ecmaSpace = ScalarSet([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
    0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
}
