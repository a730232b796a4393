import LatchPolicy

/// A rule as the bundle decides by it: one candidate stands for all, since its conditions are the same toward every tool.
struct RuleOutline {
  var rule: Int
  var id: String
  var isGuardrail: Bool
  var place: String?
  /// nil where no tool of an enabled upstream is spoken of.
  var candidate: Candidate?
  /// Those of the candidate's upstream.
  var atoms: [Atom]
  /// As they stand in the file.
  var matchers: [OutlinedMatcher]

  /// Every rule of the bundle, by id.
  static func all(of bundle: Bundle) -> [RuleOutline] {
    var samples: [(candidate: Candidate, upstream: Int)?] = Array(repeating: nil, count: bundle.rules.count)
    for (index, upstream) in bundle.upstreams.enumerated() {
      for candidate in upstream.tools.flatMap(\.candidates) + upstream.unknownTool
      where samples[candidate.rule] == nil {
        samples[candidate.rule] = (candidate, index)
      }
    }
    let places = Dictionary(
      (bundle.provenance?.places ?? []).map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
    return bundle.rules.enumerated().map { rule, text in
      RuleOutline(
        rule, text, places[text.id], samples[rule]?.candidate,
        atoms: samples[rule].map { bundle.upstreams[$0.upstream].atoms } ?? [])
    }
  }

  private init(_ rule: Int, _ text: RuleText, _ place: Provenance.Place?, _ candidate: Candidate?, atoms: [Atom]) {
    self.rule = rule
    id = text.id
    isGuardrail = text.isGuardrail
    self.place = place?.place
    self.candidate = candidate
    self.atoms = atoms
    let leaves = candidate.map { [$0.when, $0.unless].compactMap(\.self).flatMap(\.atoms) } ?? []
    matchers = OutlinedMatcher.all(of: leaves.map { atoms[$0] }, at: place?.matchers ?? [])
  }
}

/// A matcher as its author wrote it: one atom, or several side by side where its paths start from several directories.
struct OutlinedMatcher {
  /// Which of the atoms of the rule's conditions it is.
  var leaves: Range<Int>
  var path: String
  var name: String
  var place: String?

  /// As people are told of it.
  var text: String { Self.text(path: path, name: name) }

  static func text(_ atom: Atom) -> String { text(path: atom.path.text, name: atom.matcher.name) }

  /// An element itself has no path.
  private static func text(path: String, name: String) -> String { path.isEmpty ? name : "\(path) \(name)" }

  /// `fields` is left out: what it asks is only that there is an object.
  fileprivate static func all(of atoms: [Atom], at places: [String]) -> [OutlinedMatcher] {
    var matchers: [OutlinedMatcher] = []
    for (leaf, atom) in atoms.enumerated() {
      if case .object = atom.matcher { continue }
      let place = places.indices.contains(leaf) ? places[leaf] : nil
      let matcher = OutlinedMatcher(
        leaves: leaf..<(leaf + 1), path: atom.path.text, name: atom.matcher.name, place: place)
      if let last = matchers.last, last.isSameMatcher(as: matcher) {
        matchers[matchers.count - 1].leaves = last.leaves.lowerBound..<(leaf + 1)
      } else {
        matchers.append(matcher)
      }
    }
    return matchers.sorted { $0.position < $1.position }
  }

  /// Line and column.
  var position: (Int, Int) {
    let numbers = (place ?? "").split(separator: ":").suffix(2).compactMap { Int($0) }
    return (numbers.first ?? 0, numbers.last ?? 0)
  }

  private func isSameMatcher(as next: OutlinedMatcher) -> Bool {
    leaves.upperBound == next.leaves.lowerBound && place != nil && place == next.place
      && path.utf8.elementsEqual(next.path.utf8) && name == next.name
  }
}
