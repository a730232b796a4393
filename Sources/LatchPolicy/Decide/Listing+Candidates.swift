extension Listing {
  /// Who sees a tool: every client that could get a call through, each condition taken to be one that can hold.
  package init(of candidates: [Candidate], actionClass: ActionClass, isHidden: Bool = false, guarding: Guard) {
    guard !isHidden else {
      self = .nobody
      return
    }
    let effect = guarding.defaultEffect(for: actionClass)
    let others = Self.isVisible(candidates, to: nil, byDefault: effect)
    let except = guarding.clients.filter { Self.isVisible(candidates, to: $0, byDefault: effect) != others }
    self = except.isEmpty ? (others ? .everyone : .nobody) : .some(others: others, except: except)
  }

  /// `client` nil: one that no rule knows.
  private static func isVisible(_ candidates: [Candidate], to client: String?, byDefault effect: Effect) -> Bool {
    let applying = candidates.filter { $0.applies(to: client) }
    let forbids = { (rule: Candidate) in !rule.isConditional && !rule.onlySetsBound && rule.effect == .deny }
    if applying.contains(where: { $0.isGuardrail && forbids($0) }) { return false }
    let rules = applying.filter { !$0.isGuardrail }.sorted { $1.specificity < $0.specificity }
    for (position, rule) in rules.enumerated() {
      let isFirstOfLevel = position == 0 || rules[position - 1].specificity != rule.specificity
      guard isFirstOfLevel else { continue }
      let level = rules[position...].prefix { $0.specificity == rule.specificity }
      // A level without conditions decides all that comes to it; one with conditions lets the rest go on.
      if level.contains(where: { !$0.isConditional && $0.effect == .deny }) { return false }
      if level.contains(where: { $0.effect != .deny }) { return true }
    }
    return effect != .deny
  }
}

extension Candidate {
  /// Whether the candidate is about the client; for an unknown one (nil) an allow is not, and all else is.
  package func applies(to client: String?) -> Bool {
    guard let clients else { return true }
    guard let client else { return effect != .allow }
    return clients.contains { $0.utf8.elementsEqual(client.utf8) }
  }
}
