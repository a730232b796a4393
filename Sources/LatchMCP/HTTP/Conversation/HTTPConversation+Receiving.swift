import LatchJSON

extension HTTPConversation {
  /// Reads the answer to a request, in whichever of its forms.
  func read(_ reply: HTTPReply, for exchange: Exchange) async throws(HTTPFailure) {
    if exchange.message.method == .initialize {
      try remote.adopt(reply.sessionID)
      if let id = remote.id { secrets.setSession(id) }
    }
    guard !remote.isEventStream else { return try await awaitAnswer(reply) }
    switch reply.content {
    case .json:
      exchange.watchdog.allow(limits.patience)
      let text = try await reply.body.collected(upTo: limits.message.bytes)
      guard let message = IncomingMessage(text, limits: limits.message) else {
        throw .notUnderstood("it is no JSON that every reader reads alike")
      }
      await deliver(message, asAnswerTo: exchange)
    case .eventStream: try await follow(reply, for: exchange)
    case .other(let type):
      throw .notUnderstood("its content is neither JSON nor an event stream (`\(secrets.cleaned(type))`)")
    }
  }

  /// What the server said to one request; an error without an id can only mean that one.
  private func deliver(_ message: IncomingMessage, asAnswerTo exchange: Exchange) async {
    let isAnonymous = message.answers == nil
    if isAnonymous, let id = exchange.message.id, let text = message.error(answering: id),
      let answer = IncomingMessage(text, limits: limits.message)
    {
      await accept(answer)
    } else {
      await deliver(message)
    }
  }

  /// One message or, in the revision that has them, an array of them.
  func deliver(_ message: IncomingMessage) async {
    guard message.scan.kind == .array else { return await accept(message) }
    guard remote.allowsArrays else { return note("dropped an array of messages, which this revision does not have") }
    for part in message.parts(limits: limits.message) { await accept(part) }
  }

  private func accept(_ message: IncomingMessage) async {
    defer { message.answers.map { _ in renewals = 0 } }
    guard let key = message.answers else { return await hand(message.bytes) }
    guard exchanges[key]?.task != nil, let exchange = remove(key) else {
      return note("dropped an answer of the server to nothing that was asked")
    }
    if remote.isEventStream { exchange.task?.cancel() } else { exchange.watchdog.end(within: .seconds(2)) }
    await hand(prepared(message, asAnswerTo: exchange.message))
  }

  private func hand(_ bytes: [UInt8]) async {
    inbox.add(.message(bytes))
    await inbox.settle()
  }

  /// Learns from an answer what later requests depend on.
  private func prepared(_ answer: IncomingMessage, asAnswerTo request: OutgoingMessage) -> [UInt8] {
    switch request.method {
    case .initialize: remote.settle(on: answer, limits: limits.message)
    case .toolsList where request.statelessRevision != nil:
      guard let (bytes, reasons) = toolHeaders.learn(answer, limits: limits.message) else { break }
      for reason in reasons { note(reason) }
      return bytes
    case .toolsCall where request.statelessRevision != nil:
      // The headers did not fit: the definition that they were made from is no longer the server's.
      if answer.errorCode(limits: limits.message) == Self.headerMismatch { inbox.add(.renewed(initializeResult: nil)) }
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
  func refused(_ reply: HTTPReply, _ exchange: Exchange) async throws(HTTPFailure) {
    exchange.watchdog.allow(limits.answer)
    let text = (try? await reply.body.collected(upTo: 65_536)) ?? []
    let message = IncomingMessage(text, limits: limits.message)
    let error = exchange.message.id.flatMap { message?.error(answering: $0) }
    let isModern = message?.errorCode(limits: limits.message).map(Self.modernErrors.contains) ?? false
    if mayFallBack(reply.status, exchange.message), !isModern, await fallBack(from: reply.status) {
      return try await exchangeAgain(exchange)
    }
    guard reply.status != 401, reply.status != 403, let error,
      let answer = IncomingMessage(secrets.redacted(error), limits: limits.message)
    else { throw failure(of: reply, said: text) }
    await accept(answer)
  }

  private func mayFallBack(_ status: Int, _ message: OutgoingMessage) -> Bool {
    endpoint.transport == .inferred && message.method == .initialize && !remote.isEventStream
      && [400, 404, 405].contains(status)
  }

  /// Whether the server speaks the older transport; if not, what it said before stands.
  private func fallBack(from status: Int) async -> Bool {
    note("the server refuses Streamable HTTP (HTTP status \(status)); trying HTTP+SSE of 2024-11-05")
    do throws(HTTPFailure) {
      try await openEventStream()
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
