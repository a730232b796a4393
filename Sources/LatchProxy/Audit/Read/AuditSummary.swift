/// How often what was decided.
package struct AuditSummary: Sendable, Equatable {
  /// One line of a count: most first, then by name.
  package struct Count: Sendable, Equatable {
    package var name: String
    package var count: Int

    package init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  private var byEffect: [String: Int] = [:]
  private var byRule: [String: Int] = [:]
  private var byTool: [String: Int] = [:]
  package private(set) var decisions = 0

  package init() {}

  /// Counts a decision; other records are no news.
  package mutating func add(_ entry: AuditEntry) {
    guard entry.kind == .decision else { return }
    decisions += 1
    byEffect[entry.text("effect") ?? "", default: 0] += 1
    // Where no rule decided, what did is named as `--json` has it, which no rule can be called.
    byRule[entry.text("rule") ?? "(\(entry.text("decided_by") ?? ""))", default: 0] += 1
    byTool["\(entry.text("upstream") ?? "")/\(entry.text("tool") ?? "")", default: 0] += 1
  }

  package var effects: [Count] { Self.sorted(byEffect) }
  package var rules: [Count] { Self.sorted(byRule) }
  package var tools: [Count] { Self.sorted(byTool) }

  private static func sorted(_ counts: [String: Int]) -> [Count] {
    counts.map { Count(name: $0.key, count: $0.value) }.sorted { left, right in
      left.count != right.count ? left.count > right.count : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
  }
}
