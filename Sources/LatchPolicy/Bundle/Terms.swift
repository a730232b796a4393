/// How many calls in how much time (language.md §6): a sliding window.
package struct CallLimit: Sendable, Equatable {
  package enum Scope: String, Sendable, CaseIterable { case project, client }

  package var calls: Int
  /// Milliseconds.
  package var window: Int
  /// What a call beyond it meets: `require_approval` or `deny`.
  package var over: Effect
  package var scope: Scope

  package init(calls: Int, window: Int, over: Effect = .deny, scope: Scope = .project) {
    self.calls = calls
    self.window = window
    self.over = over
    self.scope = scope
  }
}

/// Who may approve a call, and for how long.
package struct ApprovalTerms: Sendable, Equatable {
  package enum Way: String, Sendable, CaseIterable { case elicitation, terminal, key }

  /// In the order of `Way`, each once.
  package var ways: [Way]
  /// Milliseconds after which a request is void.
  package var timeout: Int
  /// Milliseconds for which calls like it pass without another approval; nil: for this call only.
  package var lease: Int?

  package init(ways: [Way] = [.elicitation, .terminal], timeout: Int = 300_000, lease: Int? = nil) {
    self.ways = ways
    self.timeout = timeout
    self.lease = lease
  }

  /// What satisfies both: only ways that both allow, the shorter time, and a lease only if both have one.
  package func joined(with other: ApprovalTerms) -> ApprovalTerms {
    var lease: Int?
    if let mine = self.lease, let theirs = other.lease { lease = min(mine, theirs) }
    return ApprovalTerms(
      ways: ways.filter(other.ways.contains), timeout: min(timeout, other.timeout), lease: lease)
  }
}

/// What is kept of each call (`audit:`).
package struct AuditTerms: Sendable, Equatable {
  /// How much of the arguments is recorded.
  package enum Arguments: String, Sendable, CaseIterable { case redacted, full, none }

  /// When a record counts as kept: the kernel has it, or the disk.
  package enum Durability: String, Sendable, CaseIterable { case written, synced }

  package var arguments: Arguments
  package var durability: Durability

  package init(arguments: Arguments = .redacted, durability: Durability = .written) {
    self.arguments = arguments
    self.durability = durability
  }
}
