import LatchJSON

extension Session {
  /// A line that the server wrote, without its end.
  package mutating func fromUpstream(_ line: Span<UInt8>, at now: Int, _ effects: inout Effects) {
    guard !line.isEmpty, ending == nil else { return }
    self.now = now
    do {
      let scan = try MessageScan(line, limits: settings.limits)
      guard scan.kind == .array, scan.lineBreak == nil, conversation.allowsBatches else {
        return takeFromUpstream(scan, line, isWhole: true, &effects)
      }
      guard scan.elements.count <= Batch.most else {
        return effects.log.append("dropped a batch of the server with more than \(Batch.most) messages")
      }
      for element in scan.elements {
        let part = line.extracting(element)
        guard let inner = try? MessageScan(part, limits: settings.limits) else { continue }
        takeFromUpstream(inner, part, isWhole: false, &effects)
      }
    } catch {
      effects.log.append("dropped a line of the server that is no JSON message: \(excerpt(line))")
    }
  }

  private mutating func takeFromUpstream(
    _ scan: MessageScan, _ line: Span<UInt8>, isWhole: Bool, _ effects: inout Effects
  ) {
    do {
      let message = try Message(scan, in: line, watchesParameters: false)
      let passing = Passing(scan: scan, isWhole: isWhole)
      switch message.shape {
      case .request(let id): serverRequest(id, passing, line, &effects)
      case .notification: serverNotification(passing, line, &effects)
      case .response(let id): response(id, passing, line, &effects)
      }
    } catch {
      effects.log.append("dropped a message of the server: \(error.message)")
      if let id = error.id, scan[.method] == nil { replaceUnreadable(id, &effects) }
    }
  }

  /// The line is too long to be read; what it answers is known if its beginning says so.
  package mutating func upstreamLineTooLong(_ beginning: Span<UInt8>, _ effects: inout Effects) {
    effects.log.append("dropped a message of the server: it is over \(settings.limits.bytes) bytes")
    if let id = RequestID(beginning: beginning, ofRequest: false) { replaceUnreadable(id, &effects) }
  }

  /// Gives the client an error in place of an answer that cannot be relied on.
  mutating func replaceUnreadable(_ id: RequestID, _ effects: inout Effects) {
    if catalogue.owns(id) { return stopWalk("its answer to `tools/list` cannot be relied on", &effects) }
    guard pending[id]?.isHeld == false else {
      timer.forget(id)
      return
    }
    finish(id, Answers.error(.internalError, "Latch: the server's answer cannot be relied on", id: id), &effects)
  }

  private mutating func serverRequest(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects
  ) {
    guard conversation.era == .handshake else {
      return report("a request of the server, which this revision does not have", &effects)
    }
    let known = passing.scan.method(of: ServerRequest.self, in: line)
    guard let known, known.feature.map(features.contains) ?? true else {
      effects.tellUpstream(Answers.error(.methodNotFound, "Method not found", id: id))
      return report(
        "the server's request `\(passing.scan.methodName(in: line))`, which policy does not let pass", &effects)
    }
    guard !isOurs(id) else {
      effects.tellUpstream(Answers.error(.invalidRequest, "this id cannot be used", id: id))
      return report("a request of the server with an id of the proxy's own", &effects)
    }
    guard asked.count < Self.mostPending, asked[id] == nil else {
      return effects.tellUpstream(Answers.error(.invalidRequest, "a request with this id has no answer yet", id: id))
    }
    asked[id] = known.asksAPerson
    passing.toClient(line, &effects)
  }

  private mutating func serverNotification(_ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects)
  {
    guard let known = passing.scan.method(of: ServerNotification.self, in: line) else {
      let name = passing.scan.methodName(in: line)
      return report("the server's notification `\(name)`, which no known revision has", &effects)
    }
    guard known.feature.map(features.contains) ?? true else { return }
    if known == .toolsListChanged { catalogue.outdate() }
    if known == .progress { timer.heard(at: now) }
    if known == .tasks, asksTooMuch(passing.scan[.params], passing, line) {
      return report("a server's question to the client that policy does not let pass", &effects)
    }
    if let place = passing.scan[.requestId] {
      let id = RequestID(place, of: passing.scan, in: line)
      guard !isOurs(id) else {
        return report("a notification of the server about a request of the proxy's own", &effects)
      }
      if known == .cancelled, asked[id] != nil { asked[id] = false }
    }
    passing.toClient(line, &effects)
  }

  private mutating func response(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects
  ) {
    if catalogue.owns(id) { return walked(passing, line, &effects) }
    guard let request = pending[id], !request.isHeld else {
      if timer.forget(id) { return report("an answer of the server that came too late", &effects) }
      // To a walk that was given up.
      if isOurs(id) { return }
      return report("an answer of the server to nothing that was asked", &effects)
    }
    if request.isStateless, asksTooMuch(passing.scan[.result], passing, line) {
      return refuseQuestion(id, &effects)
    }
    switch request.method {
    case .initialize, .discover: answerHandshake(request.method, id, passing, line, &effects)
    case .toolsList: answerList(id, passing, line, &effects)
    default: complete(id, passing, line, &effects)
    }
  }

  /// The server's answer goes to the client, changed where `edits` say so.
  mutating func complete(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, changed edits: LineEdits = LineEdits(),
    _ effects: inout Effects
  ) {
    guard let request = pending.removeValue(forKey: id) else { return }
    if let passed = request.passed { recordEnd(passed, line, passing.scan, &effects) }
    if edits.isEmpty, request.batch == nil { return passing.toClient(line, &effects) }
    let edited = edits.applied(to: line)
    hand(Passing(scan: passing.scan, isWhole: false).text(of: edited.span), to: request, &effects)
  }

  /// A request was cancelled and will have no answer. Another may have its id by now.
  package mutating func forget(_ id: [UInt8], _ effects: inout Effects) {
    let id = RequestID(written: id)
    timer.forget(id)
    guard pending[id]?.isCancelled == true, let request = pending.removeValue(forKey: id) else { return }
    if let passed = request.passed { recordEnd(passed, .cancelled, &effects) }
    if let batch = request.batch { settle(batch, &effects) }
  }

  /// The server's tools are not what they were: they are verified before the next call.
  package mutating func upstreamRestarts(_ effects: inout Effects) {
    catalogue.outdate()
    if holdsCalls, !catalogue.isWalking(at: now) { walk(&effects) }
  }

  /// The server's tools may not be what they were.
  package mutating func upstreamMayHaveChanged(_ effects: inout Effects) {
    catalogue.doubt()
    if holdsCalls, !catalogue.isWalking(at: now) { walk(&effects) }
  }

  /// The server has forgotten the session, and begins anew: nobody wants to know any more what it asked, and nothing of
  /// what it said of its tools holds. It asks by no id again by which it has asked before (see `ServerQuestions`).
  package mutating func upstreamForgetsSession(_ effects: inout Effects) {
    for id in asked.keys.sorted(by: { $0.lexeme.lexicographicallyPrecedes($1.lexeme) }) {
      effects.tellClient(cancellation(of: id, "the server has forgotten that it asked"))
    }
    asked = [:]
    catalogue.fail()
    if holdsCalls { walk(&effects) }
  }

  /// The end is near: nothing that comes from now on, or that waited for the tools, goes to the server any more.
  package mutating func leave(because reason: String, _ effects: inout Effects) {
    leaving = reason
    denyHeld(reason, &effects)
  }

  /// The server is gone, or nothing of it is heard any more: all that waits is told so, and all that will come.
  package mutating func upstreamEnded(_ reason: String, _ effects: inout Effects) {
    guard ending == nil else { return }
    ending = reason
    held = []
    for question in questions.keys { takeBack(question, &effects) }
    timer = AnswerTimer()
    for id in pending.keys.sorted(by: { $0.lexeme.lexicographicallyPrecedes($1.lexeme) }) {
      finish(id, Answers.error(.internalError, "Latch: \(reason)", id: id), &effects)
    }
  }

  private func excerpt(_ line: Span<UInt8>) -> String {
    String(decoding: copy(0..<min(line.count, 120), of: line), as: UTF8.self) + (line.count > 120 ? "…" : "")
  }
}
