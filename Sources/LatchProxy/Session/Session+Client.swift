import LatchJSON
import LatchPolicy

extension Session {
  mutating func request(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects
  ) {
    func refused(_ code: ErrorCode, _ message: String) -> Message.Refusal {
      Message.Refusal(code: code, message: message, id: id)
    }
    let method = passing.scan.method(of: ClientRequest.self, in: line)
    if method != .ping, method != .discover { hasBeenAsked = true }
    if let reason = ending ?? leaving { return refuse(refused(.internalError, reason), &effects) }
    forgetCancelled(id, &effects)
    guard pending[id] == nil, !timer.isOverdue(id, at: now), !isOurs(id) else {
      return refuse(refused(.invalidRequest, "a request with this id has no answer yet"), &effects)
    }
    guard pending.count < Self.mostPending else {
      return refuse(refused(.internalError, "\(Self.mostPending) requests have no answer yet"), &effects)
    }
    guard let method, method.feature.map(features.contains) ?? true else {
      let answer = Answers.error(.methodNotFound, "Method not found", id: id)
      deliver(answer, batch: openBatch, &effects)
      return report("a request for `\(passing.scan.methodName(in: line))`, which policy does not let pass", &effects)
    }
    if method == .initialize { return offerHandshake(id, passing, line, &effects) }
    if let meta = StatelessMeta(passing.scan, in: line, filter: capabilities, limits: settings.limits) {
      guard acceptStateless(meta, id, &effects) else { return }
      expect(id, method, carryingState: passing.scan[.requestState] != nil, isStateless: true)
      if meta.edits.isEmpty { return enter(method, id, passing, line, &effects) }
      let edited = meta.edits.applied(to: line)
      guard let scan = rescan(edited.span) else { return }
      copyMeta(from: scan, edited.span)
      return enter(method, id, Passing(scan: scan, isWhole: false), edited.span, &effects)
    } else if passing.scan[.meta]?.kind == .object, !canBeRead(passing.scan[.meta], passing, line) {
      return refuse(refused(.invalidParams, "`_meta` can be read in two ways"), &effects)
    } else if conversation.era == .undecided {
      if method == .discover {
        conversation.era = .stateless
      } else if method != .ping {
        return refuse(refused(.invalidRequest, "the session begins with `initialize`"), &effects)
      }
    }
    expect(id, method, carryingState: passing.scan[.requestState] != nil)
    enter(method, id, passing, line, &effects)
  }

  /// What the proxy asks in the client's name says no more than what goes on of the client's own words.
  private mutating func copyMeta(from scan: borrowing MessageScan, _ line: Span<UInt8>) {
    guard let meta = StatelessMeta(scan, in: line, filter: capabilities, limits: settings.limits) else { return }
    conversation.meta?.copied = meta.copied
  }

  func canBeRead(_ place: MessageScan.Place?, _ passing: borrowing Passing, _ line: Span<UInt8>) -> Bool {
    LinePart(place, of: passing.scan, in: line, limits: settings.limits) != nil
  }

  /// A request of a known kind, in its time and place, whose answer is expected.
  private mutating func enter(
    _ method: ClientRequest, _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>,
    _ effects: inout Effects
  ) {
    switch method {
    case .toolsCall:
      if catalogue.isVerified(at: now) { return settleCall(method, id, passing, line, &effects) }
      hold(id, passing, line, &effects)
    case _ where method.reservedTool != nil:
      settleCall(method, id, passing, line, &effects)
    default: passing.toUpstream(line, &effects)
    }
  }

  /// From here on an answer to the request is waited for.
  mutating func expect(
    _ id: RequestID, _ method: ClientRequest, carryingState carriesState: Bool = false, isStateless: Bool = false
  ) {
    let isStateless = isStateless || conversation.era == .stateless
    pending[id] = Pending(
      method: method, batch: openBatch, carriesState: carriesState, since: now, isStateless: isStateless)
    if !method.waitsByDesign { timer.start(at: now, timeout: settings.upstream.timeout * 1000) }
    if let openBatch { batches[openBatch]?.missing += 1 }
  }

  /// Answers a request that was expected.
  mutating func finish(_ id: RequestID, _ answer: [UInt8], _ effects: inout Effects) {
    guard let request = pending.removeValue(forKey: id) else { return }
    if let passed = request.passed { recordEnd(passed, .lost, &effects) }
    hand(answer, to: request, &effects)
  }

  /// Answers a request that nothing is expected for any more.
  mutating func hand(_ answer: [UInt8], to request: Pending, _ effects: inout Effects) {
    guard let batch = request.batch, batches[batch] != nil else { return effects.tellClient(answer) }
    batches[batch]?.answers.append(answer)
    settle(batch, &effects)
  }

  mutating func notification(_ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects) {
    guard ending == nil, leaving == nil else { return }
    guard let known = passing.scan.method(of: ClientNotification.self, in: line) else {
      let name = passing.scan.methodName(in: line)
      return report("the client's notification `\(name)`, which no known revision has", &effects)
    }
    guard known.feature.map(features.contains) ?? true else { return }
    if known == .cancelled { return cancel(passing, line, &effects) }
    passing.toUpstream(line, &effects)
    if known == .initialized, conversation.era == .handshake {
      conversation.isInitialized = true
      walk(&effects)
    }
  }

  /// A held call that is cancelled is never sent, and gets no answer; of what the server does not know it hears
  /// nothing.
  private mutating func cancel(_ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects) {
    guard let place = passing.scan[.requestId] else { return }
    let id = RequestID(place, of: passing.scan, in: line)
    guard let request = pending[id] else { return }
    guard request.isHeld else {
      passing.toUpstream(line, &effects)
      return expectNothing(of: id, request, &effects)
    }
    for call in held where call.id == id {
      if case .person(let question, _) = call.cause { takeBack(question, &effects) }
    }
    held.removeAll { $0.id == id }
    pending[id] = nil
    if let batch = request.batch { settle(batch, &effects) }
  }

  /// The client has cancelled a request that went on: the server need not answer, and nobody waits for it. What opens a
  /// session cannot be cancelled.
  private mutating func expectNothing(of id: RequestID, _ request: Pending, _ effects: inout Effects) {
    guard request.method != .initialize, request.method != .discover else { return }
    pending[id]?.isCancelled = true
    guard let batch = request.batch else { return }
    pending[id]?.batch = nil
    settle(batch, &effects)
  }

  /// The id of a cancelled request is free again; where there are too many without an answer, so are all. Not that of a
  /// list of tools: what comes of it all the same must not pass, unfiltered, as the answer to something else.
  private mutating func forgetCancelled(_ id: RequestID, _ effects: inout Effects) {
    let isFull = pending.count >= Self.mostPending
    guard isFull || pending[id]?.isCancelled == true else { return }
    for each in isFull ? Array(pending.keys) : [id] {
      guard let request = pending[each], request.isCancelled, request.method != .toolsList else { continue }
      pending[each] = nil
      if let passed = request.passed { recordEnd(passed, .cancelled, &effects) }
    }
  }
}
