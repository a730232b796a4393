import LatchJSON

extension HTTPConversation {
  /// The server does not know the session any more: all that was asked in it fails, and a new one is opened with what
  /// the client said at the beginning.
  func lose(_ generation: Int) {
    guard generation == remote.generation, state == .open, let initialize = remote.initialize else { return }
    state = .renewing
    let revision = remote.revision
    remote.forget()
    questions.lose()
    listener?.cancel()
    inbox.add(.sessionLost)
    failAll(.sessionLost)
    let hasLasted = openedAt.map { $0.duration(to: .now) > limits.lasting } ?? false
    renewals = hasLasted ? 1 : renewals + 1
    let patience = limits.answer * 2
    let end = ContinuousClock.now + patience
    let watchdog = Watchdog(on: link.loop)
    watchdog.end(within: patience)
    let next = remote.generation
    let task = begin {
      await self.renew(next, with: initialize, revision, before: end, watchdog)
      watchdog.rest()
    }
    watchdog.guards(task)
    gate = task
  }

  private func renew(
    _ generation: Int, with initialize: OutgoingMessage, _ revision: String?, before end: ContinuousClock.Instant,
    _ watchdog: Watchdog
  ) async {
    do throws(HTTPFailure) {
      // The client may have begun anew meanwhile, here and below.
      guard isCurrent(generation) else { return }
      guard renewals <= limits.renewals else { throw .sessionLost }
      let result = try await openAgain(initialize, revision, before: end)
      guard state == .renewing, isCurrent(generation) else { return }
      state = .open
      openedAt = .now
      inbox.add(.renewed(session: generation, initializeResult: result))
      if remote.initialized != nil { listen() }
    } catch {
      guard isCurrent(generation) else { return }
      self.end(watchdog.hasBitten ? .timedOut("take up the session again") : error)
    }
  }

  /// What went wrong in opening a session.
  private struct Setback: Error {
    var failure: HTTPFailure
    /// The server asks to be left alone for so long.
    var pause: Duration?

    /// Whether it may go better a moment later.
    var isPassing: Bool {
      switch failure {
      case .unreachable, .timedOut, .broken: true
      case .status(let code, _): code == 429 || code >= 500
      default: false
      }
    }
  }

  /// Opening a session has no other effect: where the server is out of reach for a moment, it is tried again.
  private func openAgain(
    _ initialize: OutgoingMessage, _ revision: String?, before end: ContinuousClock.Instant
  ) async throws(HTTPFailure) -> [UInt8] {
    let generation = remote.generation
    var pause = limits.openingPause
    var attempts = 1
    while true {
      do throws(Setback) {
        return try await open(initialize, revision)
      } catch {
        let wait = max(pause, error.pause ?? .zero)
        guard error.isPassing, attempts < limits.openings, ContinuousClock.now + wait < end else { throw error.failure }
        note("the session could not be opened again yet: \(error.failure)")
        do { try await Task.sleep(for: wait) } catch { throw .closed }
      }
      guard isCurrent(generation) else { throw .sessionLost }
      attempts += 1
      pause *= 2
    }
  }

  /// Returns the result of `initialize`, in which the revision must be what it was.
  private func open(_ initialize: OutgoingMessage, _ revision: String?) async throws(Setback) -> [UInt8] {
    remote.clear()
    let message = try renewed(initialize)
    let reply = try await success(of: message)
    let result: [UInt8]
    do throws(HTTPFailure) {
      result = try await begin(reply, to: message, revision)
    } catch {
      throw Setback(failure: error)
    }
    if let initialized = remote.initialized { drain(try await success(of: initialized).body) }
    return result
  }

  /// The same with an id of our own.
  private func renewed(_ initialize: OutgoingMessage) throws(Setback) -> OutgoingMessage {
    guard let place = initialize.scan[.id] else { throw Setback(failure: .sessionLost) }
    let own = Array("\"latch-renewal-\(remote.generation)\"".utf8)
    let text = initialize.bytes[..<place.range.lowerBound] + own + initialize.bytes[place.range.upperBound...]
    guard let message = OutgoingMessage(Array(text), limits: limits.message) else {
      throw Setback(failure: .sessionLost)
    }
    return message
  }

  private func success(of message: OutgoingMessage) async throws(Setback) -> HTTPReply {
    let generation = remote.generation
    let reply: HTTPReply
    do throws(HTTPFailure) {
      reply = try await post(message)
    } catch {
      throw Setback(failure: error)
    }
    guard isCurrent(generation) else { throw Setback(failure: .sessionLost) }
    guard reply.isSuccess else {
      let pause = reply.retryAfter.flatMap { Int($0) }.map { Duration.seconds(max(0, min($0, 86_400))) }
      throw Setback(failure: failure(of: reply, said: nil), pause: pause)
    }
    return reply
  }

  private func begin(
    _ reply: HTTPReply, to message: OutgoingMessage, _ revision: String?
  ) async throws(HTTPFailure) -> [UInt8] {
    let generation = remote.generation
    try remote.adopt(reply.sessionID)
    if let id = remote.id { secrets.setSession(id) }
    let answer = try await answer(in: reply, to: message)
    guard isCurrent(generation) else { throw .sessionLost }
    remote.settle(on: answer, limits: limits.message)
    guard let result = answer.scan[.result], let revision, remote.revision?.utf8.elementsEqual(revision.utf8) == true
    else {
      throw .notUnderstood("it takes up the session in another revision, or not at all")
    }
    return Array(answer.bytes[result.range])
  }

  /// The one answer in a reply that the owner does not get to see.
  private func answer(in reply: HTTPReply, to message: OutgoingMessage) async throws(HTTPFailure) -> IncomingMessage {
    guard case .request(let key) = message.shape else { throw .sessionLost }
    var parser = EventStreamParser(limit: limits.message.bytes)
    var text: [UInt8] = []
    var reader = HTTPBody.Reader(reply.body)
    while let chunk = try await reader.next() {
      guard reply.content == .eventStream else {
        text += chunk
        guard text.count <= limits.message.bytes else {
          throw .tooMuch("an answer of over \(limits.message.bytes) bytes")
        }
        continue
      }
      guard let events = try? parser.add(chunk) else {
        throw .tooMuch("an event of over \(limits.message.bytes) bytes")
      }
      let messages = events.compactMap { IncomingMessage($0.data, limits: limits.message) }
      if let answer = messages.first(where: { $0.answers == key }) { return answer }
    }
    guard let answer = IncomingMessage(text, limits: limits.message), answer.answers == key else {
      throw .notUnderstood("it does not answer `initialize`")
    }
    return answer
  }
}
