import LatchJSON

extension Policy {
  /// What happens to a call, and who says so. Total, and the same for the same call.
  package func decide(_ call: Call) -> Decision {
    let arguments = Arguments(call)
    let tool = self.tool(named: call.tool)
    if let refusal = refusal(of: arguments, tool, call) { return refusal }
    guard let tool else { return judged(unknownTool, arguments, call, .execute, floor: .unknownTool) }
    return judged(
      tool.program, arguments, call, tool.effectiveClass,
      floor: call.definition == .changed ? .changedTool : nil)
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
  private func judged(
    _ program: Program, _ arguments: Arguments, _ call: Call, _ actionClass: ActionClass, floor: Decision.DecidedBy?
  ) -> Decision {
    var judgement = Judgement(program, arguments, client: clientNumber(call.client))
    var floor = floor
    if let question = judgement.unreadableQuestion() {
      if guarding.unreadableArgument == .deny { return .unreadable(program, question, actionClass) }
      floor = floor ?? .unreadableArgument
    }
    let protects = actionClass != .read && selfProtection?.isTouched(by: arguments, actionClass) == true
    let guardrails = max(judgement.guardrailEffect(), protects ? .deny : nil)
    let rules = judgement.decidingLevel()
    let asDefault = rules.level == nil ? defaultEffect(actionClass, rules) : nil
    let strictest = [rules.effect, asDefault, guardrails, floor.map { _ in .requireApproval }].reduce(nil, max)
    let effect = strictest ?? .deny
    return decision(
      effect, judgement.givers(of: effect, in: rules.level), protects: protects && effect == .deny,
      floor: effect == .requireApproval ? floor : nil, call, actionClass, spoke: rules.spoke)
  }

  /// Where a conditional allow spoke for the tool, a default that allows does not let the call pass.
  private func defaultEffect(_ actionClass: ActionClass, _ rules: Judgement.Rules) -> Effect {
    let effect = guarding.defaultEffect(for: actionClass)
    return effect == .allow && rules.spoke != nil ? .deny : effect
  }

  private func decision(
    _ effect: Effect, _ givers: Judgement.Givers, protects: Bool, floor: Decision.DecidedBy?, _ call: Call,
    _ actionClass: ActionClass, spoke: Int32?
  ) -> Decision {
    var guardrails = givers.guardrails.map { rules[Int($0)].id }
    if protects { guardrails = (guardrails + [SelfProtection.rule]).sorted(by: bytewise) }
    let ids = guardrails + givers.rules.map { rules[Int($0)].id }
    guard let first = ids.first else {
      return Decision(
        effect, by: floor ?? .default, actionClass: actionClass,
        reason: floor.map { Reason.floor($0, call.tool) }
          ?? Reason.byDefault(effect, call.tool, actionClass, spoke: spoke.map { rules[Int($0)] }))
    }
    let number = guardrails.isEmpty ? givers.rules.first : givers.guardrails.first { rules[Int($0)].id == first }
    return Decision(
      effect, by: guardrails.isEmpty ? .rule : .guardrail, rule: first, also: Array(ids.dropFirst()),
      actionClass: actionClass,
      reason: number.map { Reason.ofRule(rules[Int($0)], effect, isGuardrail: !guardrails.isEmpty) }
        ?? Reason.selfProtection)
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
