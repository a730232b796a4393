import LatchPolicy

extension LimitModel {
  var terms: CallLimit {
    CallLimit(calls: calls, window: per.milliseconds, over: over ?? .deny, scope: scope ?? .project)
  }
}

extension DurationModel {
  var milliseconds: Int { count * (["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000][unit] ?? 0) }
}

extension ApprovalModel {
  /// Elicitation and terminal, five minutes, no lease, unless it says otherwise.
  var terms: ApprovalTerms {
    ApprovalTerms(
      ways: ApprovalTerms.Way.allCases.filter { (ways ?? [.elicitation, .terminal]).contains($0) },
      timeout: timeout?.milliseconds ?? 300_000, lease: lease?.milliseconds)
  }
}

extension DefaultsModel {
  /// One approval answers all who ask: in ways that all allow, the shortest time and, if all have one, the shortest
  /// lease.
  func terms(ofAll rules: [RuleModel]) -> ApprovalTerms {
    let own = (approval ?? ApprovalModel()).terms
    let all = rules.isEmpty ? [own] : rules.map { $0.approval?.terms ?? own }
    let leases = all.compactMap(\.lease)
    return ApprovalTerms(
      ways: ApprovalTerms.Way.allCases.filter { way in all.allSatisfy { $0.ways.contains(way) } },
      timeout: all.map(\.timeout).min() ?? own.timeout, lease: leases.count == all.count ? leases.min() : nil)
  }
}
