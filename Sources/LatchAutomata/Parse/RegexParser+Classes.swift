extension RegexParser {
  /// A class in brackets.
  mutating func characterClass() throws(PatternError) -> ScalarSet {
    let start = reader.index
    reader.index += 1
    let isNegated = reader.take("^")
    var members: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let next = reader.next {
      if next == "]", !isFirst || dialect == .ecma { break }
      isFirst = false
      try addMember(to: &members, start)
    }
    guard reader.take("]") else { throw reader.error("`[` is not closed", at: start) }
    let set = ScalarSet(members)
    return isNegated ? set.complement : set
  }

  private mutating func addMember(to members: inout [ClosedRange<UInt32>], _ start: Int) throws(PatternError) {
    let place = reader.index
    if dialect == .re2, reader.starts(with: "[:"), let set = try posixClass() {
      members += set.ranges
      return
    }
    let low = try classAtom()
    // RE2 takes a hyphen behind a class for itself.
    guard reader.next == "-", let after = reader.peek(1), after != "]", dialect == .ecma || low.isScalar else {
      members += ranges(of: low)
      return
    }
    reader.index += 1
    let high = try classAtom()
    guard case .scalar(let first) = low, case .scalar(let last) = high, first <= last else {
      throw reader.error("bad range in a class", at: place)
    }
    members += folded(ScalarSet([first...last])).ranges
  }

  /// A member's scalars; sets are closed under folding by whoever made them.
  private func ranges(of member: Escape) -> [ClosedRange<UInt32>] {
    switch member {
    case .scalar(let value): folded(ScalarSet(value)).ranges
    case .set(let set): set.ranges
    case .position, .refused: []
    }
  }

  private mutating func classAtom() throws(PatternError) -> Escape {
    if reader.next == "\\" { return try readEscape(inClass: true) }
    guard let scalar = reader.takeScalar() else { throw reader.error("`[` is not closed") }
    return .scalar(scalar.value)
  }

  /// `[:name:]` inside a class; nil if no `:]` follows.
  private mutating func posixClass() throws(PatternError) -> ScalarSet? {
    let start = reader.index
    guard start + 2 <= lastPosixEnd else { return nil }
    reader.index += 2
    let isNegated = reader.take("^")
    let name = reader.takeText(while: \.isASCIIWord)
    guard reader.take(":]"), let set = ScalarSet(posix: name) else {
      throw reader.error("`[:` begins a named class, as in `[[:alpha:]]`; write `\\[:` for itself", at: start)
    }
    return isNegated ? folded(set).complement : folded(set)
  }
}

extension ScalarSet {
  fileprivate init?(posix name: String) {
    switch name {
    case "alnum": self.init(asciiPairs: "09AZaz")
    case "alpha": self.init(asciiPairs: "AZaz")
    case "ascii": self.init([0...0x7F])
    case "blank": self.init([0x09...0x09, 0x20...0x20])
    case "cntrl": self.init([0...0x1F, 0x7F...0x7F])
    case "digit": self.init(asciiPairs: "09")
    case "graph": self.init(asciiPairs: "!~")
    case "lower": self.init(asciiPairs: "az")
    case "print": self.init(asciiPairs: " ~")
    case "punct": self.init(asciiPairs: "!/:@[`{~")
    case "space": self.init([0x09...0x0D, 0x20...0x20])
    case "upper": self.init(asciiPairs: "AZ")
    case "word": self.init(asciiPairs: "09AZ__az")
    case "xdigit": self.init(asciiPairs: "09AFaf")
    default: return nil
    }
  }
}
