import LatchJSON
import LatchPolicy

extension Session {
  /// Keeps a call until the tools are verified.
  mutating func hold(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, answer: ConsentAnswer? = nil,
    _ effects: inout Effects
  ) {
    guard hasRoom(for: line) else {
      let reason = "Latch: too much waits already for the server's tools to be verified"
      return finish(id, Answers.error(.internalError, reason, id: id), &effects)
    }
    pending[id]?.isHeld = true
    held.append(
      Held(id: id, line: passing.text(of: line), deadline: now + Self.patience, cause: .tools, answer: answer))
    if !catalogue.isWalking(at: now) { walk(&effects) }
  }

  private func hasRoom(for line: Span<UInt8>) -> Bool {
    held.reduce(line.count) { $0 + $1.line.count } <= settings.heldBytes
  }

  /// Decides a call, now that the tools are verified; `answer` is what a person has said who was asked about it.
  mutating func settleCall(
    _ method: ClientRequest, _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>,
    answer: ConsentAnswer? = nil,
    _ effects: inout Effects
  ) {
    if conversation.era == .stateless, answer == nil,
      let retry = ApprovalRetry(passing.scan, in: line, limits: settings.limits)
    {
      let edited = retry.edits.applied(to: line)
      guard let scan = rescan(edited.span) else { return }
      pending[id]?.carriesState = scan[.requestState] != nil
      return settle(method, id, Passing(scan: scan, isWhole: false), edited.span, answer: retry.answer, &effects)
    }
    settle(method, id, passing, line, answer: answer, &effects)
  }

  private mutating func settle(
    _ method: ClientRequest, _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>,
    answer: ConsentAnswer?, _ effects: inout Effects
  ) {
    let ruling =
      method == .toolsCall
      ? judgeCall(id, passing, line, answer: answer, &effects)
      : judgeReserved(method, id, passing, line, answer: answer, &effects)
    switch ruling {
    case .answered(let answer): finish(id, answer, &effects)
    case .waits(let question, let approval, let deadline):
      guard hasRoom(for: line) else {
        takeBack(question, &effects)
        return finish(id, Answers.error(.internalError, "Latch: too much waits already for a person", id: id), &effects)
      }
      pending[id]?.isHeld = true
      questions[question] = id
      held.append(
        Held(id: id, line: passing.text(of: line), deadline: deadline, cause: .person(question, approval: approval)))
    case .passes: passing.toUpstream(line, &effects)
    }
  }

  /// The tools are verified: all that waited for that is decided, in the order in which it came.
  mutating func release(_ effects: inout Effects) {
    let waiting = held.filter { $0.cause == .tools }
    held.removeAll { $0.cause == .tools }
    for call in waiting { resume(call, answer: call.answer, &effects) }
  }

  /// Goes on with what was held.
  mutating func resume(_ call: Held, answer: ConsentAnswer? = nil, _ effects: inout Effects) {
    guard let scan = rescan(call.line.span), let method = pending[call.id]?.method else { return }
    let passing = Passing(scan: scan, isWhole: false)
    // What the server offers may have changed while a person was asked.
    if method == .toolsCall, !catalogue.isVerified(at: now) {
      return hold(call.id, passing, call.line.span, answer: answer, &effects)
    }
    pending[call.id]?.isHeld = false
    pending[call.id]?.since = now
    settleCall(method, call.id, passing, call.line.span, answer: answer, &effects)
  }

  /// The tools could not be verified: nothing that waited for that goes on.
  mutating func denyHeld(
    _ reason: String, where isMeant: (Held) -> Bool = { _ in true }, _ effects: inout Effects
  ) {
    let denied = held.filter { $0.cause == .tools && isMeant($0) }
    held.removeAll { $0.cause == .tools && isMeant($0) }
    for call in denied {
      recordRefusal(of: call, reason, &effects)
      finish(call.id, Answers.error(.internalError, "Latch: \(reason)", id: call.id), &effects)
    }
  }

  /// Denies what has waited too long.
  package mutating func expire(at now: Int, _ effects: inout Effects) {
    self.now = now
    denyHeld(
      "the server did not say in time what its tools are, so the call was not made",
      where: { $0.deadline <= now }, &effects)
    let unanswered = held.filter { $0.cause != .tools && $0.deadline <= now }
    for call in unanswered { stopAsking(about: call, &effects) }
    if timer.isDue(at: now) { endOverdue(&effects) }
  }
}
