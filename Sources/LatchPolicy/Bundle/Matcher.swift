package import LatchJSON

/// What is asked of a value (language.md §5).
package indirect enum Matcher: Sendable, Equatable {
  /// Equal, as JSON, to one of them; numbers by exact decimal value. Reads every type.
  case equals([JSONValue])
  /// What the kind reads of a string is accepted by the automaton of this digest.
  case text(TextMatcher, automaton: String, base: PathBase = .none, isFolded: Bool = false)
  /// The port of a clean URL is one of these.
  case port([Int])
  /// The address in a clean URL lies in one of these ranges, written canonically.
  case addresses([String])
  /// A number on the right side of a bound, which is a JSON number's lexeme.
  case bound(Bound, String)
  /// Scalars of a string, elements of an array, members of an object.
  case length(min: Int?, max: Int?)
  case type([JSONType])
  /// Really there (or not), whatever the schema's default.
  case present(Bool)
  /// An object: what `fields` asks before it asks about the members.
  case object
  /// Some or every element of an array satisfies the condition, whose paths start at the element.
  case elements(Quantifier, Condition)
}

/// What an author calls a matcher that is an automaton over what is read of a string.
package enum TextMatcher: String, Sendable, CaseIterable {
  case glob, regex, prefix, suffix, contains, within, host, scheme, domain = "email_domain"
  case pathGlob = "path_glob"
  case urlPath = "url_path"

  /// Whether it reads a clean absolute path, which may begin with a base directory.
  package var readsPath: Bool { self == .within || self == .pathGlob }
}

/// A directory that only the proxy knows: paths below it are compared by what follows it.
package enum PathBase: String, Sendable, CaseIterable { case none, project, home }

package enum Bound: String, Sendable, CaseIterable { case min, max, above, below }

package enum Quantifier: String, Sendable, CaseIterable { case any, all }

extension Matcher {
  /// As an author writes it.
  package var name: String {
    switch self {
    case .equals: "equals"
    case .text(let kind, _, _, _): kind.rawValue
    case .port: "port"
    case .addresses: "ip_in"
    case .bound(let bound, _): bound.rawValue
    case .length: "length"
    case .type: "type"
    case .present: "present"
    case .object: "fields"
    case .elements(let quantifier, _): quantifier.rawValue
    }
  }
}
