import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Relay {
  /// Waits for the end.
  func supervise() -> Int32 {
    while true {
      let deadline = session.withLock { $0.deadline }
      switch events.next(within: deadline.map { max(0, ($0 - Descriptors.microseconds() + 999) / 1000) }) {
      case nil: expire()
      case .waitingChanged: continue
      case .clientEnded:
        waitForHeldCalls()
        return leave()
      case .signalled: return leave()
      case .hungUp: takeUpPolicy()
      case .upstreamEnded: if let code = outlive() { return code }
      case .toldOfEnd: return leave(code: 1)
      }
    }
  }

  private func expire() {
    var effects = Effects()
    session.withLock { session in
      session.expire(at: Descriptors.microseconds(), &effects)
      client.enqueue(effects.toClient)
      upstream.enqueue(effects.toUpstream)
    }
    client.deliver()
    upstream.deliver()
    for line in effects.log { diagnostics.write(line) }
  }

  /// The user asks for the policy to be read anew; one that cannot be taken up leaves the old one in force.
  private func takeUpPolicy() {
    let loaded = Result { () throws(StartError) in try reload() }
    var effects = Effects()
    session.withLock { session in
      switch loaded {
      case .success(let loaded): session.takeUp(loaded, &effects)
      case .failure(let error): session.keepPolicy(because: error.reason, &effects)
      }
      client.enqueue(effects.toClient)
      upstream.enqueue(effects.toUpstream)
    }
    client.deliver()
    upstream.deliver()
    for line in effects.log { diagnostics.write(line) }
  }

  /// A client that closed its end right after a call still gets the call made.
  private func waitForHeldCalls() {
    let end = Descriptors.now() + Patience.heldCalls
    while session.withLock({ $0.holdsCalls }), Descriptors.now() < end { usleep(2000) }
  }

  /// The client is done: so is the server.
  private func leave(code: Int32 = 0) -> Int32 {
    upstream.settle(within: Patience.lastWords)
    upstream.stop()
    let end = Descriptors.now() + Patience.lastWords
    while let event = events.next(within: max(0, end - Descriptors.now())), event != .upstreamEnded {}
    return code
  }

  /// The server ended by itself: whoever waits is told. Where nobody has asked anything yet, the first who does is.
  private func outlive() -> Int32? {
    let reason = upstream.reasonOfEnd()
    diagnostics.write(reason)
    var effects = Effects()
    let hasBeenAsked = session.withLock { session in
      session.upstreamEnded(reason, &effects)
      client.enqueue(effects.toClient)
      return session.hasBeenAsked
    }
    guard hasBeenAsked else { return nil }
    client.deliver()
    client.settle(within: Patience.lastWords)
    return leave(code: 1)
  }
}
