/// Builds a glob's NFA from its end to its start, since what `**` means depends on whether a slash follows it.
///
/// It accepts the text with a slash put at its end, so that each segment ends alike and `**` is `([^/]*/)*`.
struct GlobCompiler {
  /// What comes after a piece: its node, and the node behind its slash where it surely begins with one.
  private struct Rest {
    var node: Int
    var pastSlash: Int?
  }

  private static let slash = ScalarSet("/")
  private var builder: NFABuilder
  private let reader: PatternReader

  static func nfa(_ glob: String, foldsCase: Bool, stateLimit: Int) throws(PatternError) -> NFA {
    let items = try GlobParser.parse(glob, foldsCase: foldsCase) + [.slash]
    var compiler = GlobCompiler(
      builder: NFABuilder(reversed: false, stateLimit: stateLimit), reader: PatternReader(glob))
    let end = try compiler.builder.end()
    let start = try compiler.add(items, Rest(node: end))
    compiler.builder.begin(at: start.node)
    return compiler.builder.nfa
  }

  private mutating func add(_ items: [GlobItem], _ rest: Rest) throws(PatternError) -> Rest {
    var rest = rest
    for item in items.reversed() { rest = try add(item, rest) }
    return rest
  }

  private mutating func add(_ item: GlobItem, _ rest: Rest) throws(PatternError) -> Rest {
    switch item {
    case .slash:
      return Rest(node: try builder.add(.scalars(Self.slash), next: rest.node), pastSlash: rest.node)
    case .scalar(let set): return Rest(node: try builder.add(.scalars(set), next: rest.node))
    case .star: return Rest(node: try builder.add(.segmentText, next: rest.node))
    case .segments(let place):
      guard let pastSlash = rest.pastSlash else { throw GlobParser.notWhole(at: place, reader) }
      let segment = Pattern.sequence([.segmentText, .scalars(Self.slash)])
      return Rest(node: try builder.add(.repeated(segment, least: 0, most: nil), next: pastSlash))
    case .choice(let choices):
      var entries: [Rest] = []
      for choice in choices { entries.append(try add(choice, rest)) }
      let past = entries.compactMap(\.pastSlash)
      return Rest(
        node: try builder.split(entries.map(\.node)),
        pastSlash: past.count == entries.count ? try builder.split(past) : nil)
    }
  }
}

extension Pattern {
  fileprivate static let segmentText = Pattern.repeated(
    .scalars(ScalarSet("/").complement), least: 0, most: nil)
}

extension Automaton {
  /// The texts that a glob over segments is, from end to end: `*` and `?` stay within a segment, `**` is any number
  /// of whole segments.
  ///
  /// With `caseFolded` both sides are compared after NFC and simple case folding: the text must come from
  /// ``foldedForComparison(_:)``.
  package static func glob(
    _ pattern: String, caseFolded: Bool = false, stateLimit: Int = 4096
  ) throws(PatternError) -> Automaton {
    let nfa = try GlobCompiler.nfa(pattern, foldsCase: caseFolded, stateLimit: stateLimit)
    var table = try Determiniser.table(of: nfa, stateLimit: stateLimit)
    let slash = Int(table.byteClass[Int(UInt8(ascii: "/"))])
    table.accepting = (0..<table.stateCount).map { state in
      table.accepting[Int(table.transitions[state * table.classCount + slash])]
    }
    return try table.minimal(stateLimit: stateLimit)
  }
}
