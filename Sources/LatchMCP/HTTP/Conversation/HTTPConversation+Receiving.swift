import LatchJSON

extension HTTPConversation {
  /// Reads the answer to a request, in whichever of its forms.
  func read(_ reply: HTTPReply, for exchange: Exchange, of generation: Int?) async throws(HTTPFailure) {
    if exchange.message.method == .initialize {
      try remote.adopt(reply.sessionID)
      if let id = remote.id { secrets.setSession(id) }
    }
    guard !remote.isEventStream else { return try await awaitAnswer(reply) }
    switch reply.content {
    case .json: try await readJSON(reply, for: exchange, of: generation)
    case .eventStream: try await follow(reply, for: exchange, of: generation)
    case .other(let type):
      throw .notUnderstood("its content is neither JSON nor an event stream (`\(secrets.cleaned(type))`)")
    }
  }

  private func readJSON(_ reply: HTTPReply, for exchange: Exchange, of generation: Int?) async throws(HTTPFailure) {
    exchange.watchdog.allow(limits.patience)
    var share = Share(of: room, exchange.watchdog, patience: limits.patience)
    defer { share.release() }
    let text = try await reply.body.collected(upTo: limits.message.bytes, &share)
    guard let message = IncomingMessage(text, limits: limits.message) else {
      throw .notUnderstood("it is no JSON that every reader reads alike")
    }
    // It is all there: that the owner takes it late is no fault of the server's.
    exchange.watchdog.allow(nil)
    try await deliver(message, asAnswerTo: exchange, of: generation)
  }

  /// What the server said to one request; an error without an id can only mean that one.
  private func deliver(
    _ message: IncomingMessage, asAnswerTo exchange: Exchange, of generation: Int?
  ) async throws(HTTPFailure) {
    let isAnonymous = message.answers == nil
    if isAnonymous, let id = exchange.message.id, let text = message.error(answering: id),
      let answer = IncomingMessage(text, limits: limits.message)
    {
      try await accept(answer, of: generation)
    } else {
      try await deliver(message, of: generation)
    }
  }

  /// One message or, in the revision that has them, an array of them.
  func deliver(_ message: IncomingMessage, of generation: Int?) async throws(HTTPFailure) {
    guard message.scan.kind == .array else { return try await accept(message, of: generation) }
    guard remote.allowsArrays else { return note("dropped an array of messages, which this revision does not have") }
    for part in message.parts(limits: limits.message) { try await accept(part, of: generation) }
  }

  /// Hands a message on once there is room for it; nothing of a session that is no more. Throws if nobody waits for what
  /// is being read.
  func accept(_ message: IncomingMessage, of generation: Int?) async throws(HTTPFailure) {
    let count = message.bytes.count
    guard await inbox.enter(count) else { throw .closed }
    guard isCurrent(generation), let bytes = taken(message, of: generation) else { return inbox.leave(count) }
    inbox.add(bytes, for: count)
  }

  /// What the owner gets to see of the message; nil if that is nothing.
  private func taken(_ message: IncomingMessage, of generation: Int?) -> [UInt8]? {
    guard let key = message.answers else {
      // Where there is no session, nobody answers the server.
      guard generation != nil else { return message.bytes }
      let bytes = questions.seen(message)
      if bytes == nil { note("dropped a request of the server: its id is in use, or too many have no answer") }
      return bytes
    }
    guard exchanges[key]?.task != nil, let exchange = remove(key) else {
      note("dropped an answer of the server to nothing that was asked")
      return nil
    }
    renewals = 0
    if remote.isEventStream { exchange.task?.cancel() } else { exchange.watchdog.end(within: .seconds(2)) }
    return prepared(message, asAnswerTo: exchange.message)
  }

  /// Learns from an answer what later requests depend on.
  private func prepared(_ answer: IncomingMessage, asAnswerTo request: OutgoingMessage) -> [UInt8] {
    switch request.method {
    case .initialize:
      remote.settle(on: answer, limits: limits.message)
      openedAt = .now
    case .toolsList where request.statelessRevision != nil:
      guard let (bytes, reasons) = toolHeaders.learn(answer, limits: limits.message) else { break }
      for reason in reasons { note(reason) }
      return bytes
    case .toolsCall where request.statelessRevision != nil:
      // The headers did not fit: the definition that they were made from is no longer the server's.
      if answer.errorCode(limits: limits.message) == Self.headerMismatch { inbox.add(.toolsOutdated) }
    default: break
    }
    return answer.bytes
  }

  private static let headerMismatch = -32020
  /// The errors by which a server shows that it speaks 2026-07-28.
  private static let modernErrors = -32022...headerMismatch
}

extension HTTPConversation {
  /// Any status that is no success, to a request.
  func refused(_ reply: HTTPReply, _ exchange: Exchange, of generation: Int?) async throws(HTTPFailure) {
    exchange.watchdog.allow(limits.answer)
    let text = await reply.body.beginning(upTo: 65_536)
    guard isCurrent(generation) else { throw .sessionLost }
    let message = IncomingMessage(text, limits: limits.message)
    let error = exchange.message.id.flatMap { message?.error(answering: $0) }
    let isModern = message?.errorCode(limits: limits.message).map(Self.modernErrors.contains) ?? false
    if mayFallBack(reply.status, exchange.message), !isModern, await fallBack(from: reply.status) {
      return try await exchangeAgain(exchange)
    }
    guard reply.status != 401, reply.status != 403, let error,
      let answer = IncomingMessage(secrets.redacted(json: error, limits: limits.message), limits: limits.message)
    else { throw failure(of: reply, said: text) }
    exchange.watchdog.allow(nil)
    try await accept(answer, of: generation)
  }

  private func mayFallBack(_ status: Int, _ message: OutgoingMessage) -> Bool {
    endpoint.transport == .inferred && message.method == .initialize && !remote.isEventStream
      && [400, 404, 405].contains(status)
  }

  /// Whether the server speaks the older transport; if not, what it said before stands.
  private func fallBack(from status: Int) async -> Bool {
    note("the server refuses Streamable HTTP (HTTP status \(status)); trying HTTP+SSE of 2024-11-05")
    do throws(HTTPFailure) {
      try await openEventStream(within: limits.endpoint)
      return true
    } catch {
      note("it does not speak HTTP+SSE either: \(error)")
      return false
    }
  }

  func failure(of reply: HTTPReply, said text: [UInt8]?) -> HTTPFailure {
    if reply.status == 401 || reply.status == 403 {
      return .unauthorized(status: reply.status, references: endpoint.references)
    }
    guard reply.content == .json, let text, let said = (try? JSONValue(parsing: text))?["error"]?["message"]?.string
    else { return .status(reply.status, said: nil) }
    return .status(reply.status, said: secrets.cleaned(said))
  }
}
