import LatchAutomata
import LatchJSON
import LatchPolicy

extension Session {
  /// So many resources one `subscriptions/listen` may name.
  static let mostResources = 1000

  /// What becomes of a `tools/call`.
  mutating func judgeCall(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, answer: ConsentAnswer?,
    _ effects: inout Effects
  ) -> Ruling {
    guard let place = passing.scan[.name], place.kind == .string else {
      return refused("`name` must be a string", id, &effects)
    }
    if let arguments = passing.scan[.arguments], arguments.kind != .object {
      return refused("`arguments` must be an object", id, &effects)
    }
    if passing.scan[.task] != nil, !features.contains(.tasks) {
      return refused("`task` is nothing that policy lets pass", id, &effects)
    }
    let name = passing.scan.content(place, in: line)
    let tool = String(decoding: name, as: UTF8.self)
    var inquiry = Inquiry(
      id: id, method: .toolsCall, call: Call(tool: tool, client: settings.client), arguments: .absent,
      number: nextNumber(), trace: trace(passing, line), answer: answer, canWait: true)
    guard let standing = catalogue[name], name.first != UInt8(ascii: "@"),
      isListed(tool) || settings.policy.asksAboutUnknown(tool: tool)
    else { return denyUnlisted(&inquiry, passing, line, &effects) }
    if standing.finding != .asLocked { inquiry.call.definition = .changed }
    if let problem = readArguments(&inquiry, passing, line) {
      let reason = "Denied: the arguments cannot be relied on (\(problem))."
      return deny(inquiry, Decision(unreadable: reason), &effects)
    }
    return rule(on: inquiry, definition: standing.digest, passing, line, &effects)
  }

  /// nil if they were read, or there are none.
  private func readArguments(_ inquiry: inout Inquiry, _ passing: borrowing Passing, _ line: Span<UInt8>) -> String? {
    guard let place = passing.scan[.arguments] else { return nil }
    do {
      let document = try passing.scan.document(place, in: line, limits: settings.limits)
      inquiry.call.arguments = document
      inquiry.arguments = .read(document)
      return nil
    } catch {
      inquiry.arguments = .unreadable(copy(place.range, of: line))
      return error.message
    }
  }

  /// Answers as if there were no such tool, whatever policy has against it; what that is stands in the record.
  private func denyUnlisted(
    _ inquiry: inout Inquiry, _ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects
  ) -> Ruling {
    let answer = "Unknown tool: \(inquiry.call.tool)"
    var decision = Decision(.deny, by: .unknownTool, saying: answer)
    if readArguments(&inquiry, passing, line) == nil, inquiry.call.tool.utf8.first != UInt8(ascii: "@") {
      let judged = settings.policy.decide(inquiry.call)
      if judged.effect == .deny, judged.decidedBy != .unknownTool { decision = judged }
    }
    note(inquiry, decision, passed: false, &effects)
    return .answered(Answers.error(.invalidParams, answer, id: inquiry.id))
  }

  /// Resources, prompts and completion, decided under reserved names.
  mutating func judgeReserved(
    _ method: ClientRequest, _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>,
    answer: ConsentAnswer?, _ effects: inout Effects
  ) -> Ruling {
    guard let tool = method.reservedTool else { return .passes }
    guard let part = LinePart(passing.scan[.params], of: passing.scan, in: line, limits: settings.limits) else {
      return refused("`params` is missing, or can be read in two ways", id, &effects)
    }
    guard !hasTwins(part) else { return refused("`params` can be read in two ways", id, &effects) }
    guard let asked = method == .subscriptionsListen ? resourceArguments(part) : [reservedArguments(part)] else {
      return refused("`resourceSubscriptions` must be a list of strings", id, &effects)
    }
    guard asked.count <= Self.mostResources else {
      return refused("`resourceSubscriptions` has more than \(Self.mostResources) entries", id, &effects)
    }
    let trace = trace(passing, line)
    let inquiries = asked.map { arguments in
      let document = arguments.document()
      return Inquiry(
        id: id, method: method, call: Call(tool: tool, arguments: document, client: settings.client),
        arguments: .read(document), number: nextNumber(), trace: trace, answer: answer, canWait: asked.count == 1)
    }
    if inquiries.count == 1 { return rule(on: inquiries[0], definition: "", passing, line, &effects) }
    return rule(onAll: inquiries, &effects)
  }

  /// All of them go or none. What is counted, or a person is asked about, is one resource.
  private mutating func rule(onAll inquiries: [Inquiry], _ effects: inout Effects) -> Ruling {
    let verdicts = inquiries.map { (inquiry: $0, verdict: verdict(on: $0)) }
    for (inquiry, verdict) in verdicts {
      if case .stopped(let decision) = verdict { return deny(inquiry, decision, &effects) }
    }
    for (inquiry, verdict) in verdicts {
      guard case .owes(let decision) = verdict else { continue }
      let problem = "a resource that is counted or needs an approval is asked for by itself"
      return deny(inquiry, decision.denied(problem), &effects)
    }
    for (inquiry, verdict) in verdicts {
      let ruling = pass(inquiry, verdict.decision, &effects)
      guard case .passes = ruling else { return ruling }
    }
    return .passes
  }

  /// Answers what cannot be judged, and records that.
  private func refused(_ message: String, _ id: RequestID, _ effects: inout Effects) -> Ruling {
    recordEvent(.refused, message, &effects)
    return .answered(Answers.error(.invalidParams, message, id: id))
  }

  /// Whether a call of the tool is judged at all. Under observation what policy would not list is called as well.
  func isListed(_ tool: String) -> Bool {
    isObserving || settings.policy.isListed(tool: tool, client: settings.client)
  }

  /// Whether a member of `ref` or `argument` (of `completion/complete`) is spelled nearly as one that rules speak of.
  private func hasTwins(_ part: LinePart) -> Bool {
    let known = ["type", "name", "uri", "value"].map { Array($0.utf8) }
    return ["ref", "argument"].contains { name in
      (part.document.value()[name]?.object ?? []).contains { member in
        known.contains(foldedForComparison(member.name.utf8)) && !known.contains(Array(member.name.utf8))
      }
    }
  }

  /// What policy judges: `params` without the members of the protocol's own.
  private func reservedArguments(_ part: LinePart) -> JSONValue {
    let protocolNames = ["_meta", "task", "requestState", "inputResponses"]
    let members = part.document.value().object ?? []
    return .object(members.filter { member in !protocolNames.contains { $0.utf8.elementsEqual(member.name.utf8) } })
  }

  /// For `subscriptions/listen`: one `@resources/read` for each resource that is to be watched; nil if unreadable.
  private func resourceArguments(_ part: LinePart) -> [JSONValue]? {
    guard let notifications = part.document.value()["notifications"] else { return [] }
    // A careless server might read what we do not.
    let wanted = notifications.object?.filter { member in
      foldedForComparison(Array(member.name.utf8)).elementsEqual("resourcesubscriptions".utf8)
    }
    guard let wanted, wanted.count <= 1 else { return nil }
    guard let wanted = wanted.first else { return [] }
    guard wanted.name.utf8.elementsEqual("resourceSubscriptions".utf8), let resources = wanted.value.array,
      resources.allSatisfy({ $0.string != nil })
    else { return nil }
    return resources.map { .object([JSONValue.Member("uri", $0)]) }
  }
}

extension Session {
  /// Decides, and sees to what is owed.
  private mutating func rule(
    on inquiry: Inquiry, definition: String, _ passing: borrowing Passing, _ line: Span<UInt8>,
    _ effects: inout Effects
  ) -> Ruling {
    switch verdict(on: inquiry) {
    case .goes(let decision): pass(inquiry, decision, &effects)
    case .stopped(let decision): deny(inquiry, decision, &effects)
    case .owes(let decision): fulfil(inquiry, decision, definition: definition, passing, line, &effects)
    }
  }

  /// What there is to say before anything is counted or asked.
  private func verdict(on inquiry: Inquiry) -> Verdict {
    let decision = settings.policy.decide(inquiry.call)
    let gate = settings.gate
    // What names one of our own files is denied already; what is denied goes on under observation only.
    let isOurs =
      isObserving && settings.policy.touchesItself(inquiry.call)
      || (isObserving || decision.effect != .deny)
        && settings.policy.leadsToItself(inquiry.call, links: gate.destinations())
    if isObserving, decision.mayBeObserved, !isOurs { return .goes(decision) }
    guard decision.effect != .deny else { return .stopped(decision) }
    if isOurs {
      return .stopped(
        decision.denied("a path in it leads, or may lead, to one of Latch's own files through a link"))
    }
    if decision.obligations.resolvesLinks,
      !settings.policy.holdsBehindLinks(inquiry.call, links: { gate.realPath(of: $0) })
    {
      return .stopped(decision.denied("a path in it leads elsewhere, through a link, than the rule allows"))
    }
    let isFree = decision.effect == .allow && decision.obligations.limits.isEmpty
    return isFree ? .goes(decision) : .owes(decision)
  }

  /// Lets the request go on, once that is recorded: see `withdraw`.
  mutating func pass(
    _ inquiry: Inquiry, _ decision: Decision, approval: AuditApproval? = nil, _ effects: inout Effects
  ) -> Ruling {
    do {
      let record = try record(inquiry, decision, passed: true, approval)
      effects.keep(record)
      pending[inquiry.id]?.passed = Passed(inquiry, decision, record: record, at: now)
      return .passes
    } catch {
      return .answered(unrecorded(inquiry.id, inquiry.method, decision, error.problem, &effects))
    }
  }

  /// The answer to a request that policy would let go on.
  func unrecorded(
    _ id: RequestID, _ method: ClientRequest, _ decision: Decision, _ problem: String, _ effects: inout Effects
  ) -> [UInt8] {
    effects.log.append("a call was not made: \(problem)")
    return refusal(id, method, decision.denied("the record of calls cannot be kept (\(problem))"))
  }

  mutating func deny(
    _ inquiry: Inquiry, _ decision: Decision, saying text: String? = nil, approval: AuditApproval? = nil,
    _ effects: inout Effects
  ) -> Ruling {
    note(inquiry, decision, passed: false, approval: approval, &effects)
    return .answered(refusal(inquiry.id, inquiry.method, decision, saying: text, approval: approval?.id))
  }

  private func refusal(
    _ id: RequestID, _ method: ClientRequest, _ decision: Decision, saying text: String? = nil,
    approval: String? = nil
  ) -> [UInt8] {
    let text = text ?? decision.reason
    guard method == .toolsCall else {
      return Answers.error(.denied, text, id: id, data: Answers.record(decision, approval: approval))
    }
    return Answers.denial(
      decision, text: text, id: id, isModern: conversation.era == .stateless, approval: approval)
  }
}

/// What policy says of a request.
private enum Verdict {
  case goes(Decision)
  case stopped(Decision)
  /// It goes once that is counted, or a person has said yes.
  case owes(Decision)

  var decision: Decision {
    switch self {
    case .goes(let decision), .stopped(let decision), .owes(let decision): decision
    }
  }
}

extension Decision {
  /// Whether a call goes on under observation all the same: only what a policy's rules and defaults say is tried out.
  fileprivate var mayBeObserved: Bool {
    switch decidedBy {
    case .rule, .default, .hiddenTool, .invalidArguments, .unreadableArgument: true
    case .guardrail: !([rule].compactMap(\.self) + also).contains { $0.utf8.elementsEqual(Guard.selfProtection.utf8) }
    case .unknownTool, .changedTool, .unreadable: false
    }
  }
}
