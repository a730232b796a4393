/// Automata of plain texts.
extension Automaton {
  /// Every text: all valid UTF-8.
  package static let text = (try? whole(.anything, stateLimit: 64)) ?? nothing

  /// No text.
  package static let nothing = Automaton(
    classes: Array(repeating: 0, count: 256), classCount: 1, transitions: [0], accepting: [false])

  /// The text alone.
  package static func literal(_ text: String, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try literals([text], stateLimit: stateLimit)
  }

  /// The given texts alone.
  package static func literals(_ texts: [String], stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    var graph = WordGraph(stateLimit: stateLimit)
    for word in texts.map({ Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }) { try graph.add(word) }
    return try graph.table().minimal(stateLimit: stateLimit)
  }

  /// The texts that begin with this one.
  package static func prefix(_ text: String, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try Automaton.text.preceded(by: text, stateLimit: stateLimit)
  }

  /// The texts that end with this one.
  package static func suffix(_ text: String, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try finding(text, thenAnything: false, stateLimit: stateLimit)
  }

  /// The texts that have this one somewhere.
  package static func contains(_ text: String, stateLimit: Int = 4096) throws(PatternError) -> Automaton {
    try finding(text, thenAnything: true, stateLimit: stateLimit)
  }

  /// The path and what lies below it, by segments; a final `/` of the path makes no difference.
  ///
  /// `/` holds all that begins with `/`. The empty path is what remains of one that is a base directory, such as
  /// `${project}`: it holds the empty text and all that begins with `/`. With `caseFolded` the text must come from
  /// ``foldedForComparison(_:)``.
  package static func within(
    _ path: String, caseFolded: Bool = false, stateLimit: Int = 4096
  ) throws(PatternError) -> Automaton {
    let below = try prefix("/", stateLimit: stateLimit)
    if path.utf8.elementsEqual("/".utf8) { return below }
    let path = caseFolded ? foldedForComparison(path) : path
    let directory = path.utf8.last == UInt8(ascii: "/") ? String(path.unicodeScalars.dropLast()) : path
    let here = try literal("", stateLimit: stateLimit)
    return try here.union(below, stateLimit: stateLimit).preceded(by: directory, stateLimit: stateLimit)
  }

  /// Its texts with another put in front of each.
  private func preceded(by text: String, stateLimit: Int) throws(PatternError) -> Automaton {
    let bytes = Array(text.utf8)
    guard bytes.count < min(stateLimit, 65_535) else { throw .tooManyStates(stateLimit) }
    let dead = bytes.count + accepting.count
    let alphabet = JointClasses(self, Automaton(distinguishing: bytes))
    var table = DenseTable(byteClass: alphabet.ofByte, classCount: alphabet.count)
    for byte in bytes {
      let next = table.stateCount + 1
      table.addState(leadingTo: (0..<alphabet.count).map { $0 == Int(alphabet.ofByte[Int(byte)]) ? next : dead })
    }
    for state in accepting.indices {
      let targets = alphabet.members.map { bytes.count + step(state, inClass: $0.left) }
      table.addState(accepting: accepting[state], leadingTo: targets)
    }
    table.addState(leadingTo: Array(repeating: dead, count: alphabet.count))
    return try table.minimal(stateLimit: stateLimit)
  }

  /// The valid texts among the bytes that end with the text, or have it anywhere. Bytes may be compared for scalars:
  /// in valid UTF-8 no scalar begins inside another.
  private static func finding(
    _ text: String, thenAnything: Bool, stateLimit: Int
  ) throws(PatternError) -> Automaton {
    let bytes = Array(text.utf8)
    guard bytes.count < min(stateLimit, 65_535) else { throw .tooManyStates(stateLimit) }
    let search = Automaton(finding: bytes, thenAnything: thenAnything)
    return try search.intersection(.text, stateLimit: stateLimit)
  }
}

extension DenseTable {
  mutating func addState(accepting isAccepting: Bool = false, leadingTo targets: [Int]) {
    transitions += targets.map { Int32($0) }
    accepting.append(isAccepting)
  }
}
