import LatchAutomata
import LatchJSON
package import LatchPolicy
import LatchSource

/// What becomes one automaton: alternatives that start from the same directory. Several parts only under `**`, where a
/// string must satisfy each.
package struct TextPattern: Sendable {
  struct Part: Sendable {
    var kind: TextMatcher
    /// Sorted (bytes), each once.
    var texts: [String]
  }

  package var base: PathBase
  /// Compared after NFC and case folding.
  package var isFolded: Bool
  var parts: [Part]

  /// As the atom is called.
  package var kind: TextMatcher { parts.first?.kind ?? .glob }

  /// The patterns that together are what was demanded, any of which may hold.
  static func all(of demands: [TextDemand], denying: Bool) -> [TextPattern] {
    guard let demand = demands.first, demands.count == 1 else {
      let parts = demands.map { Part($0.kind, $0.operands.compactMap(\.text)) }
      return [TextPattern(base: .none, isFolded: false, parts: inByteOrder(parts, \.kind.rawValue))]
    }
    return PathBase.allCases.compactMap { base in
      let texts = demand.operands.filter { $0.base == base }.compactMap(\.text)
      guard !texts.isEmpty else { return nil }
      return TextPattern(
        base: base, isFolded: demand.kind.readsPath && denying, parts: [Part(demand.kind, texts)])
    }
  }

  /// The same bytes for the same pattern.
  var key: [UInt8] {
    Array("\(base.rawValue) \(isFolded)".utf8)
      + parts.flatMap { part in framed(Array(part.kind.rawValue.utf8) + part.texts.flatMap { framed(Array($0.utf8)) }) }
  }

  func automaton(stateLimit: Int) throws(PatternError) -> Automaton {
    var all: [Automaton] = []
    for part in parts { all.append(try part.automaton(isFolded: isFolded, stateLimit: stateLimit)) }
    return all.count == 1 ? all[0] : try Automaton.intersection(of: all, stateLimit: stateLimit)
  }
}

extension TextPattern.Part {
  init(_ kind: TextMatcher, _ texts: [String]) {
    self.init(kind: kind, texts: inByteOrder(firstOfEach(texts), \.self))
  }

  func automaton(isFolded: Bool, stateLimit: Int) throws(PatternError) -> Automaton {
    if kind == .scheme { return try Automaton.literals(texts.map { $0.lowercased() }, stateLimit: stateLimit) }
    var all: [Automaton] = []
    for text in texts { all.append(try kind.automaton(of: text, isFolded: isFolded, stateLimit: stateLimit)) }
    return all.count == 1 ? all[0] : try Automaton.union(of: all, stateLimit: stateLimit)
  }
}

extension TextMatcher {
  /// What one text of the matcher accepts.
  func automaton(of text: String, isFolded: Bool, stateLimit: Int) throws(PatternError) -> Automaton {
    switch self {
    case .glob, .urlPath: try Automaton.glob(text, stateLimit: stateLimit)
    case .regex: try Automaton.regex(text, dialect: .re2, stateLimit: stateLimit)
    case .prefix: try Automaton.prefix(text, stateLimit: stateLimit)
    case .suffix: try Automaton.suffix(text, stateLimit: stateLimit)
    case .contains: try Automaton.contains(text, stateLimit: stateLimit)
    case .within: try Automaton.within(text, caseFolded: isFolded, stateLimit: stateLimit)
    case .pathGlob: try Automaton.glob(text, caseFolded: isFolded, stateLimit: stateLimit)
    case .host: try host(text, stateLimit: stateLimit)
    case .domain: try Automaton.domain(text, stateLimit: stateLimit)
    case .scheme: try Automaton.literal(text.lowercased(), stateLimit: stateLimit)
    }
  }

  /// The automaton speaks of hosts as the reader of URLs writes them: each address in one spelling.
  private func host(_ text: String, stateLimit: Int) throws(PatternError) -> Automaton {
    let pattern: HostPattern
    do throws(HostPattern.Problem) {
      pattern = try HostPattern(text)
    } catch {
      // This one knows better what is usually meant, and where the mistake stands.
      _ = try Automaton.host(text, stateLimit: stateLimit)
      throw PatternError(.syntax, error.message)
    }
    return try Automaton.host(pattern.text, stateLimit: stateLimit)
  }
}

extension Spanned<Operand> {
  var base: PathBase { if case .based(let base, _) = value { base } else { .none } }

  /// The text, or what follows the directory; nil for what is no text.
  var text: String? {
    switch value {
    case .value(let value): value.string
    case .based(_, let rest): rest
    case .list: nil
    }
  }
}

/// Texts that differ as bytes.
private func firstOfEach(_ texts: [String]) -> [String] {
  var seen: Set<[UInt8]> = []
  return texts.filter { seen.insert(Array($0.utf8)).inserted }
}
