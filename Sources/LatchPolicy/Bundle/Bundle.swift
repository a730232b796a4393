package import LatchAutomata

/// A frozen policy: all that the proxy knows of a project. Its form on disk is `Schemas/bundle.schema.json`.
package struct Bundle: Sendable, Equatable {
  package static let version = 1

  package var name: String
  package var serial: Int
  package var guarding: Guard
  /// Sorted by name (bytes). A proxy reads one of them.
  package var upstreams: [UpstreamPolicy]
  /// Sorted by digest; all that the upstreams' atoms name.
  package var automata: [NamedAutomaton]
  /// Sorted by id (bytes); `Candidate.rule` is an index into it.
  package var rules: [RuleText]
  /// nil where a proxy read the bundle, which has no use for it.
  package var provenance: Provenance?

  package init(
    name: String, serial: Int = 0, guarding: Guard = Guard(), upstreams: [UpstreamPolicy] = [],
    automata: [NamedAutomaton] = [], rules: [RuleText] = [], provenance: Provenance? = nil
  ) {
    self.name = name
    self.serial = serial
    self.guarding = guarding
    self.upstreams = upstreams
    self.automata = automata
    self.rules = rules
    self.provenance = provenance
  }

  /// An automaton under the digest by which atoms name it.
  package struct NamedAutomaton: Sendable, Equatable {
    /// `sha256:…` of the automaton's line in the bundle.
    package let digest: String
    package let automaton: Automaton

    /// Names an automaton by what it says.
    package init(_ automaton: Automaton) {
      self.init(automaton, digest: SHA256Digest.prefixed(of: AutomatonLine.encoded(automaton)))
    }

    /// For a reader that has just hashed the line.
    init(_ automaton: Automaton, digest: String) {
      self.digest = digest
      self.automaton = automaton
    }
  }
}

/// What people are told of a rule or guardrail.
package struct RuleText: Sendable, Equatable {
  package var id: String
  package var isGuardrail: Bool
  package var description: String?
  package var reason: String?

  package init(id: String, isGuardrail: Bool = false, description: String? = nil, reason: String? = nil) {
    self.id = id
    self.isGuardrail = isGuardrail
    self.description = description
    self.reason = reason
  }
}

/// Where the bundle came from; the proxy does not read it.
package struct Provenance: Sendable, Equatable {
  package var sources: [File]
  /// `sha256:…` of the lock, if there is one.
  package var lock: String?
  package var compiler: String
  /// Sorted by rule (bytes).
  package var places: [Place]

  package init(sources: [File] = [], lock: String? = nil, compiler: String, places: [Place] = []) {
    self.sources = sources
    self.lock = lock
    self.compiler = compiler
    self.places = places
  }

  /// One source file, sorted by path (bytes).
  package struct File: Sendable, Equatable {
    /// Relative to the project, `/` between segments.
    package var path: String
    /// `sha256:…`.
    package var sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// Where a rule or guardrail was written.
  package struct Place: Sendable, Equatable {
    package var rule: String
    /// `path:line:column`.
    package var place: String
    /// The places of its matchers, one for each atom of `when` and then `unless`, in the order of the conditions.
    package var matchers: [String]

    package init(rule: String, place: String, matchers: [String] = []) {
      self.rule = rule
      self.place = place
      self.matchers = matchers
    }
  }
}
