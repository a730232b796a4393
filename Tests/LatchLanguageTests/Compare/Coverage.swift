import LatchPolicy

/// What came up in the policies and calls compared, so that a generator that has lost something is found out.
struct Coverage: Sendable {
  var pairs = 0
  var policies = 0
  var refused = 0
  private(set) var decidedBy: Set<Decision.DecidedBy> = []
  private(set) var effects: Set<Effect> = []
  /// `within yes`, `within no`, …
  private(set) var answers: Set<String> = []
  private(set) var features: Set<String> = []

  mutating func add(_ verdict: Verdict) {
    pairs += 1
    decidedBy.insert(verdict.decidedBy)
    effects.insert(verdict.effect)
    if verdict.rule == "latch-self" { features.insert("latch-self") }
    if !verdict.also.isEmpty { features.insert("also") }
    if verdict.resolvesLinks { features.insert("links") }
    if verdict.approval?.lease != nil { features.insert("lease") }
    for limit in verdict.limits { features.insert("limit \(limit.limit.over.rawValue) \(limit.limit.scope.rawValue)") }
    for question in verdict.voices.flatMap(\.questions) {
      answers.insert("\(question.path == "**" ? "** " : "")\(question.matcher) \(question.answer.rawValue)")
    }
  }

  /// Words of the language that stand in the text of a policy that was compared.
  mutating func add(text: String) {
    for word in Self.words where text.contains(word) { features.insert(word) }
  }

  mutating func merge(_ other: Coverage) {
    pairs += other.pairs
    policies += other.policies
    refused += other.refused
    decidedBy.formUnion(other.decidedBy)
    effects.formUnion(other.effects)
    answers.formUnion(other.answers)
    features.formUnion(other.features)
  }

  private static let words = [
    "any_of", "all_of", "none_of", "not", "fields", "fallthrough", "enabled", "${project}", "${home}", "$words",
    "$dirs",
    "$num", "$nets", "$hosts", "upstream", "tool", "class", "client", "include", "symlinks", "hidden", "schema",
  ]

  private static let matchers = [
    "equals", "glob", "regex", "prefix", "suffix", "contains", "within", "path_glob", "host", "scheme", "port",
    "url_path",
    "ip_in", "email_domain", "min", "max", "above", "below", "length", "any", "all", "fields",
  ]

  /// What has not come up.
  var missing: [String] {
    let outcomes = Self.matchers.flatMap { name in
      // Every value can be compared with another one, and a value is an object or is not readable as one.
      ["yes", "no", "unreadable"].map { "\(name) \($0)" }.filter { $0 != "equals unreadable" }
    }
    let anywhere = ["equals", "glob", "regex", "prefix", "suffix", "contains"].flatMap {
      ["** \($0) yes", "** \($0) no"]
    }
    let answered = outcomes + anywhere + ["type yes", "type no", "present yes", "present no"]
    let owed = ["deny", "require_approval"].flatMap { over in ["project", "client"].map { "limit \(over) \($0)" } }
    let seen = Self.words + ["latch-self", "also", "links", "lease"] + owed
    return answered.filter { !answers.contains($0) } + seen.filter { !features.contains($0) }
      + Decision.DecidedBy.allCases.filter { !decidedBy.contains($0) }.map(\.rawValue)
      + Effect.allCases.filter { !effects.contains($0) }.map(\.rawValue)
  }
}
