import LatchJSON

extension HTTPConversation {
  /// Reads the stream that answers a request, and takes it up again where the connection ends too early. The request
  /// itself is never sent again.
  func follow(_ reply: HTTPReply, for exchange: Exchange, of generation: Int?) async throws(HTTPFailure) {
    var parser = EventStreamParser(limit: limits.message.bytes)
    let silence =
      switch exchange.message.method {
      case .listen: Duration?.none
      case .initialize: limits.patience
      default: max(limits.silence, limits.patience)
      }
    _ = try await consume(reply.body, &parser, of: generation, exchange.watchdog, silence: silence)
    var failures = 0
    var resumptions = 0
    while isOpen(exchange) {
      guard exchange.message.statelessRevision == nil, failures < limits.attempts, resumptions < limits.resumptions,
        let request = resumption(after: parser.lastEventID)
      else { throw .broken }
      resumptions += 1
      exchange.watchdog.allow(nil)
      try await pause(parser.retry)
      exchange.watchdog.allow(limits.answer)
      guard let reply = try await resumed(request) else {
        failures += 1
        continue
      }
      parser.reopen()
      let wasWorthIt = try await consume(reply.body, &parser, of: generation, exchange.watchdog, silence: silence)
      failures = wasWorthIt ? 0 : failures + 1
    }
  }

  /// Whether the request still waits for its answer.
  private func isOpen(_ exchange: Exchange) -> Bool {
    guard case .request(let key) = exchange.message.shape else { return false }
    return exchanges[key]?.serial == exchange.serial
  }

  /// Reads a stream to its end; that the connection broke is an end too. Returns whether opening it was worth while: it
  /// held an event, or it lasted.
  func consume(
    _ body: HTTPBody, _ parser: inout EventStreamParser, of generation: Int?, _ watchdog: Watchdog? = nil,
    silence: Duration? = nil
  ) async throws(HTTPFailure) -> Bool {
    var reader = HTTPBody.Reader(body)
    var share = Share(of: room, watchdog, patience: silence)
    defer { share.release() }
    let start = ContinuousClock.now
    var hasEvents = false
    do throws(HTTPFailure) {
      watchdog?.allow(silence)
      while let chunk = try await reader.next() {
        let before = parser.lastEventID
        let events = try events(in: chunk, &parser)
        // What the owner takes late is no silence of the server's.
        watchdog?.allow(nil)
        for event in events { try await take(event, of: generation) }
        if parser.pending <= Share.free { share.release() }
        watchdog?.allow(silence)
        try await share.cover(parser.pending, upTo: limits.message.bytes)
        hasEvents = hasEvents || !events.isEmpty || parser.lastEventID != before
      }
    } catch .broken {
      // Whether the stream can be taken up again is for the caller to find out.
    }
    return hasEvents || start.duration(to: .now) > .seconds(5)
  }

  private func events(
    in chunk: [UInt8], _ parser: inout EventStreamParser
  ) throws(HTTPFailure) -> [EventStreamParser.Event] {
    do {
      return try parser.add(chunk)
    } catch {
      throw .tooMuch("an event of over \(limits.message.bytes) bytes")
    }
  }

  private func take(_ event: EventStreamParser.Event, of generation: Int?) async throws(HTTPFailure) {
    if remote.isEventStream, isCurrent(generation) {
      if event.type.utf8.elementsEqual("endpoint".utf8) { return announce(event.data) }
      // In the older transport the address comes first: where something else does, another is spoken.
      if awaitsAddress != nil {
        announce(nil)
        throw .notUnderstood("its stream does not begin with an address")
      }
    }
    // An event without data is there for its id.
    guard event.type.utf8.elementsEqual("message".utf8), !event.data.isEmpty else { return }
    guard let message = IncomingMessage(event.data, limits: limits.message) else {
      return note("dropped an event of the server that is no JSON message")
    }
    try await deliver(message, of: generation)
  }

  /// nil if the server gave nothing to go on from.
  private func resumption(after id: [UInt8]) -> HTTPRequest? {
    guard let id = String(validating: id, as: UTF8.self), !id.isEmpty, id.utf8.count <= 4096, HeaderText.isValue(id)
    else { return nil }
    return streamRequest([("Last-Event-ID", id)])
  }

  private func streamRequest(_ fields: [(name: String, value: String)] = []) -> HTTPRequest {
    HTTPRequest(
      method: .get, address: remote.address, fields: [("Accept", "text/event-stream")] + remote.fields + fields,
      patience: limits.answer)
  }

  /// As long as the server wants, but neither no time nor for ever.
  private func pause(_ retry: Int?) async throws(HTTPFailure) {
    let wanted = Duration.milliseconds(retry.map { min($0, Int(Int32.max)) } ?? 1000)
    guard wanted <= limits.longestPause else { throw .timedOut("want to be asked again") }
    do { try await Task.sleep(for: max(wanted, limits.pause)) } catch { throw .closed }
  }

  /// The stream again; nil if the attempt failed in a way that another may not.
  private func resumed(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPReply? {
    let (generation, hadSession) = (remote.generation, remote.id != nil)
    let reply: HTTPReply
    do throws(HTTPFailure) {
      reply = try await send(request)
    } catch {
      switch error {
      case .unreachable, .timedOut, .broken: return nil
      default: throw error
      }
    }
    if reply.status == 404, hadSession {
      lose(generation)
      throw .sessionLost
    }
    if reply.status == 429 || reply.status >= 500 { return nil }
    guard reply.status == 200, reply.content == .eventStream else { throw .broken }
    return reply
  }
}

extension HTTPConversation {
  /// Opens the stream on which the server says what belongs to no request; many have none.
  func listen() {
    listener?.cancel()
    let generation = remote.generation
    listener = begin { await self.keepListening(generation) }
  }

  private func keepListening(_ generation: Int) async {
    var parser = EventStreamParser(limit: limits.message.bytes)
    var failures = 0
    var isFirst = true
    do throws(HTTPFailure) {
      while failures < limits.attempts, isCurrent(generation) {
        let resumption = isFirst ? nil : resumption(after: parser.lastEventID)
        guard let reply = try await opened(resumption, isFirst: isFirst), isCurrent(generation) else { return }
        // A server that goes on where it was keeps what it announced meanwhile; of others nobody knows.
        if !isFirst, resumption == nil { inbox.add(.announcementsLost) }
        isFirst = false
        parser.reopen()
        failures = try await consume(reply.body, &parser, of: generation) ? 0 : failures + 1
        try await pause(parser.retry)
      }
      note("the server does not keep its stream of announcements open; its tools are verified from time to time")
    } catch {
      if !Task.isCancelled { note("the server's stream of announcements ended: \(error)") }
    }
  }

  /// nil where the server has no such stream.
  private func opened(_ resumption: HTTPRequest?, isFirst: Bool) async throws(HTTPFailure) -> HTTPReply? {
    for _ in 0..<limits.attempts {
      let request = resumption ?? streamRequest()
      if let reply = try await stream(request, isFirst: isFirst) { return reply.status == 200 ? reply : nil }
      try await pause(nil)
    }
    throw .broken
  }

  /// nil if another attempt may succeed; a reply of another status than 200 if there is no stream.
  private func stream(_ request: HTTPRequest, isFirst: Bool) async throws(HTTPFailure) -> HTTPReply? {
    let (generation, hadSession) = (remote.generation, remote.id != nil)
    let reply: HTTPReply
    do throws(HTTPFailure) {
      reply = try await send(request)
    } catch {
      if case .closed = error { throw error }
      return nil
    }
    switch reply.status {
    case 200 where reply.content == .eventStream: return reply
    case 404 where hadSession && !isFirst:
      lose(generation)
      throw .sessionLost
    case 429, 500...: return nil
    case 404, 405, 501: return reply
    default: throw failure(of: reply, said: nil)
    }
  }
}
