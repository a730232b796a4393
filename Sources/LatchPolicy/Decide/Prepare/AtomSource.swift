import LatchAutomata
import LatchJSON

/// The atoms of an upstream with what they are made ready from.
struct AtomSource {
  let atoms: [Atom]
  let automata: [String: Automaton]
  let paths: ProjectPaths

  subscript(number: Int) -> Atom {
    get throws(BundleError) {
      guard atoms.indices.contains(number) else { throw Self.malformed("atom \(number) is not there") }
      return atoms[number]
    }
  }

  /// All but `elements`, whose conditions are laid out by the builder.
  func prepared(_ matcher: Matcher) throws(BundleError) -> PreparedAtom.Matcher {
    switch matcher {
    case .equals(let values): return Self.equality(values)
    case .text(let kind, let digest, let base, let isFolded):
      return try text(kind, try automaton(digest), base, isFolded: isFolded)
    case .port(let ports): return .ports(ports)
    case .addresses(let ranges): return .addresses(try ranges.map(Self.range))
    case .bound(let bound, let lexeme):
      guard let number = try? BoundedNumber(Array(lexeme.utf8).span) else {
        throw Self.malformed("`\(lexeme)` is no bound")
      }
      return .bound(bound, number)
    case .length(let least, let most): return .length(min: least ?? 0, max: most ?? .max)
    case .type(let types): return .types(TypeSet(types))
    case .present(let isPresent): return .present(isPresent)
    case .object: return .object
    case .elements: preconditionFailure("the builder lays out what is asked of elements")
    }
  }

  private func automaton(_ digest: String) throws(BundleError) -> Automaton {
    guard let automaton = automata[digest] else { throw Self.malformed("automaton `\(digest)` is not there") }
    return automaton
  }

  private func text(
    _ kind: TextMatcher, _ automaton: Automaton, _ base: PathBase, isFolded: Bool
  ) throws(BundleError) -> PreparedAtom.Matcher {
    guard kind.readsPath || base == .none && !isFolded else { throw Self.malformed("`\(kind.rawValue)` has no base") }
    switch kind {
    case .glob, .regex, .prefix, .suffix, .contains: return .text(automaton)
    case .within, .pathGlob: return .path(automaton, bases: bases(base, isFolded: isFolded), isFolded: isFolded)
    case .scheme: return .url(automaton, .scheme)
    case .host: return .url(automaton, .host)
    case .urlPath: return .url(automaton, .path)
    case .domain: return .domain(automaton)
    }
  }

  /// The directories as given and as they really are.
  private func bases(_ base: PathBase, isFolded: Bool) -> [[UInt8]]? {
    let directories: [String]
    switch base {
    case .none: return nil
    case .project: directories = paths.projects
    case .home: directories = paths.homes
    }
    return directories.map { isFolded ? foldedForComparison($0.utf8) : Array($0.utf8) }
  }

  private static func equality(_ values: [JSONValue]) -> PreparedAtom.Matcher {
    let strings = values.compactMap { if case .string(let text) = $0 { Array(text.utf8) } else { nil } }
    guard strings.count == values.count else { return .values(values.map { $0.document() }) }
    return .strings(TextList(strings.sorted { $0.lexicographicallyPrecedes($1) }))
  }

  private static func range(_ text: String) throws(BundleError) -> CIDR {
    guard let range = try? CIDR(text) else { throw malformed("`\(text)` is no range of addresses") }
    return range
  }

  private static func malformed(_ what: String) -> BundleError { .malformed(line: "upstream", what) }
}
