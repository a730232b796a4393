import LatchJSON

extension Policy {
  /// What a call that is not denied still wants.
  func obligations(
    _ effect: Effect, _ rules: Judgement.Rules, _ judgement: inout Judgement, _ givers: Judgement.Givers
  ) -> Obligations {
    var obligations = Obligations()
    let deciding = judgement.givers(of: rules.effect ?? .deny, in: rules.level, guardrails: false)
    judgement.eachLimited(deciding, of: rules.level) { candidate in
      guard let limit = candidate.limit else { return }
      obligations.limits.append(
        LimitObligation(
          rule: self.rules[Int(candidate.rule)].id, limit: limit, approval: candidate.approval ?? guarding.approval))
    }
    if effect == .requireApproval {
      obligations.approval = judgement.terms(of: givers, otherwise: guarding.approval)
    }
    obligations.resolvesLinks = resolvesLinks && rules.effect == .allow && judgement.restsOnPaths(deciding)
    return obligations
  }

  /// Whether one of the rules that allow the call also does where every link in its paths is followed.
  ///
  /// To be asked where `Obligations.resolvesLinks` says so, right before the call goes on: what a path leads to can
  /// change after that.
  package func holdsBehindLinks(_ call: Call, links: @escaping LinkResolver) -> Bool {
    let arguments = Arguments(call)
    guard arguments.isObject else { return false }
    var judgement = judgement(of: call, arguments)
    let rules = judgement.decidingLevel()
    guard rules.effect == .allow, let level = rules.level else { return false }
    var behind = self.judgement(of: call, arguments, links: links)
    return level.contains { judgement.matches($0) && behind.matches($0) }
  }
}
