import LatchJSON

extension HTTPConversation {
  /// Reads the stream that answers a request, and takes it up again where the connection ends too early. The request
  /// itself is never sent again.
  func follow(_ reply: HTTPReply, for exchange: Exchange) async throws(HTTPFailure) {
    var parser = EventStreamParser(limit: limits.message.bytes)
    let silence =
      switch exchange.message.method {
      case .listen: Duration?.none
      case .initialize: limits.patience
      default: max(limits.silence, limits.patience)
      }
    _ = try await consume(reply.body, &parser, exchange.watchdog, silence: silence)
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
      failures = try await consume(reply.body, &parser, exchange.watchdog, silence: silence) ? 0 : failures + 1
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
    _ body: HTTPBody, _ parser: inout EventStreamParser, _ watchdog: Watchdog? = nil, silence: Duration? = nil
  ) async throws(HTTPFailure) -> Bool {
    var reader = HTTPBody.Reader(body)
    let start = ContinuousClock.now
    var hasEvents = false
    do throws(HTTPFailure) {
      watchdog?.allow(silence)
      while let chunk = try await reader.next() {
        watchdog?.allow(silence)
        let before = parser.lastEventID
        for event in try events(in: chunk, &parser) {
          hasEvents = true
          await take(event)
        }
        hasEvents = hasEvents || parser.lastEventID != before
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

  private func take(_ event: EventStreamParser.Event) async {
    if event.type.utf8.elementsEqual("endpoint".utf8), remote.isEventStream { return announce(event.data) }
    // An event without data is there for its id.
    guard event.type.utf8.elementsEqual("message".utf8), !event.data.isEmpty else { return }
    guard let message = IncomingMessage(event.data, limits: limits.message) else {
      return note("dropped an event of the server that is no JSON message")
    }
    await deliver(message)
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
      reply = try await link.send(request)
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
      while failures < limits.attempts, generation == remote.generation {
        let resumption = isFirst ? nil : resumption(after: parser.lastEventID)
        guard let reply = try await opened(resumption, isFirst: isFirst) else { return }
        // Not every server keeps what it announced meanwhile.
        if !isFirst { inbox.add(.renewed(initializeResult: nil)) }
        isFirst = false
        parser.reopen()
        failures = try await consume(reply.body, &parser) ? 0 : failures + 1
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
      reply = try await link.send(request)
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
