import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Relay {
  /// Until when, in milliseconds, others have time before the end comes.
  private struct Grace {
    /// The client is gone: so long it may take until something of what it wrote is read.
    var client: (until: Int, progress: Int)?
    /// The server has ended: so long what it said may still come.
    var server: Int?
    /// So long what was recorded may wait to be kept with what comes next.
    var record: Int?
    var isClientGone = false

    var first: Int? { [client?.until, server, record].compactMap(\.self).min() }
  }

  /// Waits for the end.
  func supervise() -> Int32 {
    var grace = Grace()
    while true {
      let deadline = session.withLock { $0.deadline }.map { ($0 + 999) / 1000 }
      let first = [deadline, grace.first].compactMap(\.self).min()
      let patience = first.map { max(0, $0 - Descriptors.now()) }
      switch events.next(within: patience, watching: grace.isClientGone ? nil : 0) {
      case nil: if let code = timeIsOver(&grace) { return code }
      case .waitingChanged: continue
      case .clientLeft:
        grace.isClientGone = true
        grace.client = (Descriptors.now() + Patience.unread, progress.load(ordering: .relaxed))
      case .clientEnded:
        waitForHeldCalls()
        return leave()
      case .signalled: return leave()
      case .hungUp: takeUpPolicy()
      case .childChanged:
        if grace.server == nil, upstream.hasEnded() { grace.server = Descriptors.now() + Patience.lastWords }
      case .upstreamEnded:
        grace.server = nil
        if let code = outlive() { return code }
      case .upstreamDeaf: if let code = outlive(closing: "input") { return code }
      case .toldOfEnd: return leave(code: 1)
      case .recordLeft: grace.record = Descriptors.now() + Patience.record
      }
    }
  }

  private func timeIsOver(_ grace: inout Grace) -> Int32? {
    let now = Descriptors.now()
    if let client = grace.client, client.until <= now {
      let done = progress.load(ordering: .relaxed)
      // Nothing was read meanwhile: the thread that reads waits for a server or a client that never reads again.
      if done == client.progress { return leave(isStuck: true) }
      grace.client = (now + Patience.unread, done)
    }
    if let server = grace.server, server <= now {
      grace.server = nil
      return outlive()
    }
    if let record = grace.record, record <= now {
      grace.record = nil
      keepRecord()
    }
    changeAtOnce { session, effects in session.expire(at: Descriptors.microseconds(), &effects) }
    return nil
  }

  private func keepRecord() {
    recordIsLeft.store(false, ordering: .relaxed)
    do throws(GateError) {
      try gate.keepAll()
    } catch {
      diagnostics.write("what has become of calls is not in the record: \(error.problem)")
    }
  }

  /// The user asks for the policy to be read anew; one that cannot be taken up leaves the old one in force.
  private func takeUpPolicy() {
    let loaded = Result { () throws(StartError) in try reload() }
    changeAtOnce { session, effects in
      switch loaded {
      case .success(let loaded): session.takeUp(loaded, &effects)
      case .failure(let error): session.keepPolicy(because: error.reason, &effects)
      }
    }
  }

  /// A client that closed its end right after a call still gets the call made.
  private func waitForHeldCalls() {
    let end = Descriptors.now() + Patience.heldCalls
    while session.withLock({ $0.holdsCalls }), Descriptors.now() < end { usleep(2000) }
  }

  /// The client is done: so is the server. What the client still writes goes nowhere; what the server still says may
  /// answer what was asked before.
  private func leave(code: Int32 = 0, isStuck: Bool = false) -> Int32 {
    changeAtOnce { session, effects in session.leave(because: "the session is being ended", &effects) }
    if !isStuck { upstream.settle(within: Patience.lastWords) }
    upstream.stop()
    let end = Descriptors.now() + Patience.lastWords
    while let event = events.next(within: max(0, end - Descriptors.now()), watching: nil), event != .upstreamEnded {}
    return code
  }

  /// The server ended by itself: whoever waits is told. Where nobody has asked anything yet, the first who does is.
  private func outlive(closing stream: String = "output") -> Int32? {
    let reason = upstream.reasonOfEnd(closing: stream)
    diagnostics.write(reason)
    var hasBeenAsked = false
    changeAtOnce { session, effects in
      session.upstreamEnded(reason, &effects)
      hasBeenAsked = session.hasBeenAsked
    }
    guard hasBeenAsked else { return nil }
    client.settle(within: Patience.lastWords)
    return leave(code: 1)
  }
}
