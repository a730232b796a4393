import LatchJSON
import LatchPolicy

extension Session {
  /// Keeps a call until the tools are verified.
  mutating func hold(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, at now: Int, _ effects: inout Effects
  ) {
    pending[id]?.isHeld = true
    held.append(Held(id: id, line: passing.text(of: line), deadline: now + Self.patience))
    if !catalogue.isWalking { walk(&effects) }
  }

  /// Decides a call, now that the tools are verified.
  mutating func settleCall(_ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects)
  {
    if let answer = judgeCall(id, passing, line) { return finish(id, answer, &effects) }
    if pending[id]?.isHeld == true { pending[id]?.isHeld = false }
    passing.toUpstream(line, &effects)
  }

  /// The tools are verified: all that waited is decided, in the order in which it came.
  mutating func release(_ effects: inout Effects) {
    let waiting = held
    held = []
    for call in waiting {
      guard let scan = try? MessageScan(call.line, limits: settings.limits) else { continue }
      settleCall(call.id, Passing(scan: scan, isWhole: false), call.line.span, &effects)
    }
  }

  /// The tools could not be verified: nothing that waited goes on.
  mutating func denyHeld(_ reason: String, where isMeant: (Held) -> Bool = { _ in true }, _ effects: inout Effects) {
    let denied = held.filter(isMeant)
    held.removeAll(where: isMeant)
    for call in denied {
      finish(call.id, Answers.error(.internalError, "Latch: \(reason)", id: call.id), &effects)
    }
  }

  /// Denies what has waited too long.
  package mutating func expire(at now: Int, _ effects: inout Effects) {
    denyHeld(
      "the server did not say in time what its tools are, so the call was not made", where: { $0.deadline <= now },
      &effects)
  }

  /// The answer of the proxy, or nil if the call may go on.
  private func judgeCall(_ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>) -> [UInt8]? {
    guard let place = passing.scan[.name], place.kind == .string else {
      return Answers.error(.invalidParams, "`name` must be a string", id: id)
    }
    if let arguments = passing.scan[.arguments], arguments.kind != .object {
      return Answers.error(.invalidParams, "`arguments` must be an object", id: id)
    }
    let name = passing.scan.content(place, in: line)
    let tool = String(decoding: name, as: UTF8.self)
    guard let finding = catalogue[name], name.first != UInt8(ascii: "@"),
      settings.policy.isListed(tool: tool, client: settings.client)
    else { return Answers.error(.invalidParams, "Unknown tool: \(tool)", id: id) }
    let decision = decide(tool, passing.scan[.arguments], passing, line, finding == .asLocked ? .asLocked : .changed)
    guard decision.effect != .allow else { return nil }
    return Answers.denial(
      decision, text: explain(decision), id: id, isModern: conversation.era == .stateless)
  }

  private func decide(
    _ tool: String, _ arguments: MessageScan.Place?, _ passing: borrowing Passing, _ line: Span<UInt8>,
    _ definition: DefinitionState
  ) -> Decision {
    guard let arguments else {
      return settled(Call(tool: tool, client: settings.client, definition: definition))
    }
    do {
      let document = try passing.scan.document(arguments, in: line, limits: settings.limits)
      return settled(Call(tool: tool, arguments: document, client: settings.client, definition: definition))
    } catch {
      return Decision(unreadable: "Denied: the arguments cannot be relied on (\(error.message)).")
    }
  }

  /// The policy's decision, and what becomes of it where the call does not satisfy what is owed.
  private func settled(_ call: Call) -> Decision {
    let decision = settings.policy.decide(call)
    guard decision.effect != .deny, !decision.obligations.isEmpty else { return decision }
    if decision.obligations.resolvesLinks,
      !settings.policy.holdsBehindLinks(call, links: { settings.gate.realPath(of: $0) })
    {
      return decision.denied("a path in it leads elsewhere, through a link, than the rule allows")
    }
    guard decision.obligations.limits.isEmpty else {
      return decision.denied("the rule has a limit, and calls are not yet counted here")
    }
    return decision
  }

  /// For the agent: why the call was not made.
  private func explain(_ decision: Decision) -> String {
    guard decision.effect == .requireApproval else { return decision.reason }
    return "\(decision.reason) Approvals are not yet available here, so the call was not made."
  }
}

extension Session {
  /// Resources, prompts and completion, decided under reserved names: the answer, or nil if the request may go on.
  func judge(_ method: ClientRequest, _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>) -> [UInt8]? {
    guard let tool = method.reservedTool else { return nil }
    guard let part = LinePart(passing.scan[.params], of: passing.scan, in: line, limits: settings.limits) else {
      return Answers.error(.invalidParams, "`params` is missing, or can be read in two ways", id: id)
    }
    let asked = method == .subscriptionsListen ? resourceArguments(part) : [reservedArguments(part)]
    guard let asked else {
      return Answers.error(.invalidParams, "`resourceSubscriptions` must be a list of strings", id: id)
    }
    for arguments in asked {
      let decision = settled(Call(tool: tool, arguments: arguments.document(), client: settings.client))
      if decision.effect == .allow { continue }
      return Answers.error(.denied, explain(decision), id: id, data: Answers.record(decision))
    }
    return nil
  }

  /// What policy judges: `params` without the members of the protocol's own.
  private func reservedArguments(_ part: LinePart) -> JSONValue {
    let protocolNames = ["_meta", "task", "requestState", "inputResponses"]
    let members = part.document.value().object ?? []
    return .object(members.filter { member in !protocolNames.contains { $0.utf8.elementsEqual(member.name.utf8) } })
  }

  /// For `subscriptions/listen`: one `@resources/read` for each resource that is to be watched; nil if unreadable.
  private func resourceArguments(_ part: LinePart) -> [JSONValue]? {
    guard let wanted = part.document.value()["notifications"]?["resourceSubscriptions"] else { return [] }
    guard let resources = wanted.array, resources.allSatisfy({ $0.string != nil }) else { return nil }
    return resources.map { .object([JSONValue.Member("uri", $0)]) }
  }
}
