import LatchJSON

extension Policy {
  /// What happens to a call, and who says so. Total, and the same for the same call.
  package func decide(_ call: Call) -> Decision {
    let arguments = Arguments(call)
    let tool = self.tool(named: call.tool)
    if let refusal = refusal(of: arguments, tool, call) { return refusal }
    let floor = call.definition == .changed ? Decision.DecidedBy.changedTool : nil
    return judged(arguments, call, tool, floor: tool == nil ? .unknownTool : floor)
  }

  /// What is denied before any rule is asked.
  private func refusal(of arguments: Arguments, _ tool: PreparedTool?, _ call: Call) -> Decision? {
    if let name = arguments.collidingName() { return .collision(name, tool?.effectiveClass) }
    guard let tool else {
      if guarding.unknownTool == .deny { return .unknown(call.tool) }
      return arguments.isObject ? nil : .invalid(nil, Reason.noObject)
    }
    if tool.isHidden { return .hidden(call.tool, tool.effectiveClass) }
    if call.definition == .changed, guarding.changedTool == .deny { return .changed(call.tool, tool.effectiveClass) }
    guard arguments.isObject else { return .invalid(tool.effectiveClass, Reason.noObject) }
    return tool.schema?.refusal(of: arguments, guarding).map { .invalid(tool.effectiveClass, $0) }
  }

  /// What rules, guardrails, defaults and floors say together.
  func judged(
    _ arguments: consuming Arguments, _ call: Call, _ tool: PreparedTool?, floor: Decision.DecidedBy? = nil,
    links: LinkResolver? = nil
  ) -> Decision {
    let actionClass = tool?.effectiveClass ?? .execute
    let protects = actionClass != .read && selfProtection?.isTouched(by: arguments, actionClass) == true
    var judgement = judgement(of: call, arguments, tool, links: links)
    var floor = floor
    if let question = judgement.unreadableQuestion() {
      if guarding.unreadableArgument == .deny { return .unreadable(judgement.unreadable(question), actionClass) }
      floor = floor ?? .unreadableArgument
    }
    let guardrails = max(judgement.guardrailEffect(), protects ? .deny : nil)
    let rules = judgement.decidingLevel()
    let asDefault = rules.level == nil ? defaultEffect(actionClass, rules) : nil
    let strictest = max(max(rules.effect, asDefault), max(guardrails, floor.map { _ in .requireApproval }))
    let effect = strictest ?? .deny
    let givers = judgement.givers(of: effect, rules)
    let obligations = effect == .deny ? Obligations() : obligations(effect, rules, &judgement)
    let speaksItself = protects && effect == .deny
    let also = givers.count > 1 || speaksItself ? others(effect, rules, &judgement, protects: speaksItself) : []
    return decision(
      effect, givers, protects: speaksItself, floor: effect == .requireApproval ? floor : nil, call, actionClass,
      spoke: rules.spoke, also: also, obligations)
  }

  /// What there is to ask about a call of the tool; nil: one that the lock does not know.
  func judgement(
    of call: Call, _ arguments: consuming Arguments, _ tool: PreparedTool?, links: LinkResolver? = nil
  ) -> Judgement {
    Judgement(
      tool?.program ?? unknownTool, arguments, client: clientNumber(call.client),
      unknownTool: tool == nil ? call.tool : nil, links: links)
  }

  /// Where a conditional allow spoke for the tool, a default that allows does not let the call pass.
  private func defaultEffect(_ actionClass: ActionClass, _ rules: Judgement.Rules) -> Effect {
    let effect = guarding.defaultEffect(for: actionClass)
    return effect == .allow && rules.spoke != nil ? .deny : effect
  }

  private func decision(
    _ effect: Effect, _ givers: Judgement.Givers, protects: Bool, floor: Decision.DecidedBy?, _ call: Call,
    _ actionClass: ActionClass, spoke: Int32?, also: [String], _ obligations: Obligations
  ) -> Decision {
    let first = first(of: givers, protects: protects)
    let isGuardrail = protects || givers.guardrail != nil
    let reason =
      if let first {
        Reason.ofRule(first, effect, isGuardrail: isGuardrail)
      } else if protects {
        Reason.selfProtection
      } else if let floor {
        Reason.floor(floor, tool: call.tool)
      } else {
        Reason.byDefault(effect, tool: call.tool, actionClass, spoke: spoke.map { rules[Int($0)] })
      }
    let isByRule = first != nil || protects
    return Decision(
      effect: effect, decidedBy: isByRule ? (isGuardrail ? .guardrail : .rule) : floor ?? .default,
      rule: first?.id ?? (protects ? SelfProtection.rule : nil), also: also, actionClass: actionClass,
      obligations: obligations, cause: reason)
  }

  /// Who is named: the smallest id among the guardrails, else among the rules; nil where that is `latch-self`, or none.
  private func first(of givers: Judgement.Givers, protects: Bool) -> PreparedRule? {
    let rule = (givers.guardrail ?? (protects ? nil : givers.rule)).map { rules[Int($0)] }
    return protects && rule.map({ bytewise(SelfProtection.rule, $0.id) }) == true ? nil : rule
  }

  /// The ids of all that give the effect but the first.
  private func others(
    _ effect: Effect, _ deciding: Judgement.Rules, _ judgement: inout Judgement, protects: Bool
  ) -> [String] {
    var guardrails = judgement.guardrails(giving: effect).map { rules[Int($0)].id }
    if protects { guardrails = (guardrails + [SelfProtection.rule]).sorted(by: bytewise) }
    let others = deciding.effect == effect ? judgement.deciding(deciding) : []
    return Array((guardrails + others.map { rules[Int($0)].id }).dropFirst())
  }

  /// The client's position among the known ones, nil where there is none or an unknown one.
  func clientNumber(_ client: String?) -> Int32? {
    client.flatMap { clientNames.position(of: $0) }.map(Int32.init)
  }
}

/// The stricter of two effects, either of which may be absent.
func max(_ left: Effect?, _ right: Effect?) -> Effect? {
  guard let left, let right else { return left ?? right }
  return Swift.max(left, right)
}

func bytewise(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }
