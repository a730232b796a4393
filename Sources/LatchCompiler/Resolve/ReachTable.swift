package import LatchPolicy
import LatchSource

/// Which rule speaks of which tool, and what it is worth there: looked up once, since every check asks.
struct ReachTable: Sendable {
  /// A tool by its indices in the model.
  struct Place: Sendable {
    var upstream: Int
    var tool: Int
    var specificity: Specificity
  }

  /// A rule by its index.
  struct Voice: Sendable {
    var rule: Int
    var specificity: Specificity
  }

  /// By the rule's index.
  private(set) var upstreams: [[Int]] = []
  private(set) var places: [[Place]] = []
  /// By upstream and tool.
  private(set) var voices: [[[Voice]]] = []

  init() {}

  init(_ rules: [Rule], _ upstreams: [Upstream]) {
    voices = upstreams.map { Array(repeating: [], count: $0.tools.count) }
    let numbers = Dictionary(upstreams.enumerated().map { (Array($1.name.utf8), $0) }) { first, _ in first }
    for rule in rules {
      let reached = Self.reached(by: rule, upstreams, numbers)
      var places: [Place] = []
      for index in reached {
        let upstream = upstreams[index]
        for (number, tool) in upstream.tools.enumerated() {
          guard let specificity = rule.specificity(toward: tool, of: upstream.name) else { continue }
          places.append(Place(upstream: index, tool: number, specificity: specificity))
          voices[index][number].append(Voice(rule: rule.index, specificity: specificity))
        }
      }
      self.upstreams.append(reached)
      self.places.append(places)
    }
  }

  /// The upstreams that a rule speaks of; where it gives their very names, they are looked up.
  private static func reached(by rule: Rule, _ upstreams: [Upstream], _ numbers: [[UInt8]: Int]) -> [Int] {
    if let patterns = rule.upstreams, patterns.allSatisfy(\.isLiteral) {
      return Set(patterns.compactMap { numbers[Array($0.text.value.utf8)] }).sorted()
    }
    return upstreams.indices.filter { rule.upstreams.score(of: upstreams[$0].name) != nil }
  }
}

/// A tool that a rule speaks of, what the rule is worth there, and who else speaks of it.
package struct Reached: Sendable {
  package var upstream: Upstream
  package var tool: Tool
  package var specificity: Specificity
  var voices: [ReachTable.Voice]
}

extension Model {
  /// The tools that a rule speaks of; of upstreams that the lock lacks only the reserved ones are known.
  package func reach(of rule: Rule) -> [Reached] {
    reach.places[rule.index].map { place in
      let upstream = upstreams[place.upstream]
      return Reached(
        upstream: upstream, tool: upstream.tools[place.tool], specificity: place.specificity,
        voices: reach.voices[place.upstream][place.tool])
    }
  }

  /// The upstreams that a rule speaks of.
  package func upstreams(of rule: Rule) -> [Upstream] { reach.upstreams[rule.index].map { upstreams[$0] } }

  /// Whether all that a rule could speak of is known: every upstream that it reaches is locked.
  package func knowsReach(of rule: Rule) -> Bool {
    hasLockedReach(rule) && (!unread.contains(.definitions) || namesItsUpstreams(rule))
  }

  /// The same as far as the lock tells: what could not be read defines no upstream of the lock that the rule reaches,
  /// given those that the lock has and nobody defines.
  func knowsReach(of rule: Rule, besides strangers: [LockedUpstream]) -> Bool {
    knowsReach(of: rule)
      || hasLockedReach(rule) && !strangers.contains { rule.upstreams.score(of: $0.name) != nil }
  }

  private func hasLockedReach(_ rule: Rule) -> Bool {
    let reached = reach.upstreams[rule.index]
    return !unread.contains(.lock) && !reached.isEmpty && reached.allSatisfy { upstreams[$0].isLocked }
  }

  /// Whether a rule gives the very names of its upstreams, and all of them are there.
  private func namesItsUpstreams(_ rule: Rule) -> Bool {
    rule.upstreams.map { $0.allSatisfy { $0.isLiteral && self[upstream: $0.text.value] != nil } } ?? false
  }

  /// Whether a tool of an upstream that the rule reaches has a name that the pattern matches.
  func matchesTool(_ pattern: NamePattern, of rule: Rule) -> Bool {
    reach.upstreams[rule.index].contains { upstreams[$0].tools.contains { pattern.matches($0.name) } }
  }

  /// The rules and guardrails that speak of a tool, each with what it is worth there.
  func speaking(of upstream: Int, _ tool: Int) -> [Rule] { reach.voices[upstream][tool].map { rules[$0.rule] } }
}
