import LatchJSON

extension HTTPConversation {
  /// The server does not know the session any more: all that was asked in it fails, and a new one is opened with what
  /// the client said at the beginning.
  func lose(_ generation: Int) {
    guard generation == remote.generation, state == .open, let initialize = remote.initialize else { return }
    state = .renewing
    let revision = remote.revision
    remote.forget()
    isUnconfirmed = true
    listener?.cancel()
    inbox.add(.sessionLost)
    failAll(.sessionLost)
    renewals += 1
    let watchdog = Watchdog(on: link.loop)
    watchdog.end(within: limits.answer * 2)
    let task = begin {
      await self.renew(with: initialize, revision)
      watchdog.rest()
    }
    watchdog.guards(task)
    gate = task
  }

  private func renew(with initialize: OutgoingMessage, _ revision: String?) async {
    do throws(HTTPFailure) {
      guard renewals <= limits.renewals else { throw .sessionLost }
      let result = try await beginAgain(initialize, revision)
      if let initialized = remote.initialized {
        let reply = try await post(initialized)
        guard reply.isSuccess else { throw failure(of: reply, said: nil) }
        await reply.body.discard()
      }
      guard state == .renewing else { return }
      state = .open
      inbox.add(.renewed(initializeResult: result))
      if remote.initialized != nil { listen() }
    } catch {
      end(error)
    }
  }

  /// Returns the result of `initialize`, in which the revision must be what it was.
  private func beginAgain(_ initialize: OutgoingMessage, _ revision: String?) async throws(HTTPFailure) -> [UInt8] {
    guard let place = initialize.scan[.id] else { throw .sessionLost }
    let own = Array("\"latch-renewal-\(remote.generation)\"".utf8)
    let text = initialize.bytes[..<place.range.lowerBound] + own + initialize.bytes[place.range.upperBound...]
    guard let message = OutgoingMessage(Array(text), limits: limits.message) else { throw .sessionLost }
    let reply = try await post(message)
    guard reply.isSuccess else { throw failure(of: reply, said: nil) }
    try remote.adopt(reply.sessionID)
    if let id = remote.id { secrets.setSession(id) }
    let answer = try await answer(in: reply, to: message)
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
