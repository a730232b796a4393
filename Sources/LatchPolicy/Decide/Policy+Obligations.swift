import LatchJSON

extension Policy {
  /// What a call that is not denied still wants.
  func obligations(
    _ effect: Effect, _ rules: Judgement.Rules, _ judgement: inout Judgement
  ) -> Obligations {
    var obligations = Obligations()
    let program = judgement.program
    judgement.eachLimited(rules) { candidate in
      guard let limit = candidate.limit else { return }
      obligations.limits.append(
        LimitObligation(
          rule: self.rules[Int(candidate.rule)].id, limit: limit,
          approval: program.terms(of: candidate) ?? guarding.approval))
    }
    if effect == .requireApproval {
      obligations.approval = judgement.terms(rules, otherwise: guarding.approval)
    }
    obligations.resolvesLinks =
      resolvesLinks && (judgement.restsOnPaths(rules) || judgement.forbidsPaths())
    return obligations
  }

  /// Whether the call meets nothing stricter where every link in its paths is followed, and one of the rules that allow
  /// it, if any do, also does there.
  ///
  /// To be asked where `Obligations.resolvesLinks` says so, right before the call goes on: what a path leads to can
  /// change after that.
  package func holdsBehindLinks(_ call: Call, links: @escaping LinkResolver) -> Bool {
    let arguments = Arguments(call)
    guard arguments.isObject else { return false }
    let tool = tool(named: call.tool)
    let seen = judged(arguments, call, tool)
    guard judged(arguments, call, tool, links: links).effect <= seen.effect else { return false }
    var judgement = judgement(of: call, arguments, tool)
    let rules = judgement.decidingLevel()
    guard rules.effect == .allow, let level = rules.level else { return true }
    var behind = self.judgement(of: call, arguments, tool, links: links)
    return level.contains { judgement.matches($0) && behind.matches($0) }
  }

  /// Whether the call touches Latch's own files, whatever else is said of it.
  package func touchesItself(_ call: Call) -> Bool {
    let actionClass = tool(named: call.tool)?.effectiveClass ?? .execute
    return actionClass != .read && selfProtection?.isTouched(by: Arguments(call), actionClass) == true
  }

  /// Whether a link that an argument names leads to one of Latch's own files. Where the server sees other files than
  /// the proxy, that cannot be known.
  package func leadsToItself(_ call: Call, links: LinkResolver) -> Bool {
    let tool = tool(named: call.tool)
    let actionClass = tool?.effectiveClass ?? .execute
    guard resolvesLinks, actionClass != .read, let selfProtection else { return false }
    let names = tool?.schema?.compile().names
    return selfProtection.isReached(from: Arguments(call), named: names, actionClass, links: links)
  }
}
