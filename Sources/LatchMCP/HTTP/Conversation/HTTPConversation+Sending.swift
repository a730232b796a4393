import LatchJSON

extension HTTPConversation {
  func take(_ message: OutgoingMessage) {
    switch message.shape {
    case .request(let key): request(message, key)
    case .notification where message.method == .cancelled: cancel(message)
    case .notification: sendInOrder(message)
    case .response(let key): answer(message, key)
    }
  }

  private func request(_ message: OutgoingMessage, _ key: MessageKey) {
    if message.method == .initialize { giveUpHandshakes() }
    if let former = exchanges[key] {
      guard former.isCancelled else {
        backlog.remove(message.bytes.count)
        return inbox.add(.failed(id: message.id ?? [], .inUse))
      }
      former.task?.cancel()
      conclude(key) { .cancelled(id: $0) }
    }
    if message.method == .initialize { beginSession(with: message) }
    lastSerial += 1
    exchanges[key] = Exchange(serial: lastSerial, message: message, watchdog: Watchdog(on: link.loop))
    if state == .ended { return fail(key, .closed) }
    // Tools of a new session may be others than those that the call was decided for.
    if message.method == .toolsCall, isUnconfirmed { return fail(key, .sessionLost) }
    waiting.append(key)
    startNext()
  }

  /// The client begins anew: who waits for its former attempts waits in vain.
  private func giveUpHandshakes() {
    for (key, exchange) in exchanges where exchange.message.method == .initialize {
      exchange.task?.cancel()
      fail(key, .closed)
    }
  }

  private func beginSession(with initialize: OutgoingMessage) {
    // Before anything of the new session: what was asked in the one before is open no more.
    if !questions.isEmpty { inbox.add(.sessionLost) }
    questions.lose()
    listener?.cancel()
    announce(nil)
    remote.begin(with: initialize)
    confirmed = remote.generation
    if state == .renewing { state = .open }
    gate = nil
  }

  /// Starts what may start.
  func startNext() {
    while running < limits.requests, let key = waiting.first {
      waiting.removeFirst()
      start(key)
    }
  }

  private func start(_ key: MessageKey) {
    guard let exchange = exchanges[key] else { return }
    running += 1
    let isHandshake = exchange.message.method == .initialize
    let task = begin {
      if !isHandshake { await self.waitForSession() }
      let failure = await self.perform(exchange)
      exchange.watchdog.rest()
      await self.finish(key, exchange.serial, failure)
    }
    exchange.watchdog.guards(task)
    exchanges[key]?.task = task
    if isHandshake { gate = task }
  }

  /// Until the handshake is over, or its repetition, or one that has taken its place meanwhile.
  private func waitForSession() async {
    while let current = gate {
      await current.value
      if gate == current { return }
    }
  }

  /// Posts a request and reads all that comes; what went wrong, if anything did.
  private func perform(_ exchange: Exchange) async -> HTTPFailure? {
    do throws(HTTPFailure) {
      guard !Task.isCancelled else { throw .closed }
      let message = exchange.message
      if message.method == .initialize, endpoint.transport == .eventStream {
        try await openEventStream(within: limits.answer)
      }
      try await exchangeMessages(exchange)
      return nil
    } catch {
      return exchange.watchdog.hasBitten ? .timedOut("go on") : error
    }
  }

  private func exchangeMessages(_ exchange: Exchange) async throws(HTTPFailure) {
    let generation = exchange.message.statelessRevision == nil ? remote.generation : nil
    let hadSession = remote.id != nil
    guard !Task.isCancelled else { throw .closed }
    let reply = try await post(exchange.message)
    guard isCurrent(generation) else { throw .sessionLost }
    if reply.isSuccess { return try await read(reply, for: exchange, of: generation) }
    if reply.status == 404, hadSession, let generation {
      lose(generation)
      throw .sessionLost
    }
    try await refused(reply, exchange, of: generation)
  }

  func post(_ message: OutgoingMessage) async throws(HTTPFailure) -> HTTPReply {
    var fields = [("Accept", "application/json, text/event-stream"), ("Content-Type", "application/json")]
    if let revision = message.statelessRevision {
      guard HeaderText.isVisible(revision, atMost: 64) else { throw .notUnderstood("no server knows such a revision") }
      fields.append(("MCP-Protocol-Version", revision))
      fields += toolHeaders.fields(for: message, limits: limits.message)
    } else if message.method != .initialize {
      fields += remote.fields
    }
    return try await send(
      HTTPRequest(
        method: .post, address: remote.address, fields: fields, body: message.replacement ?? message.bytes,
        patience: message.id == nil ? limits.answer : limits.patience))
  }

  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPReply {
    do {
      return try await link.send(request)
    } catch .redirected(let reason) {
      throw .redirected(secrets.cleaned(reason))
    }
  }

  /// Reads what little nobody wants of an answer, beside everything else: a server may never end it.
  func drain(_ body: HTTPBody) {
    // Its connection is closed then.
    guard drains < Self.mostDrains else { return }
    drains += 1
    let watchdog = Watchdog(on: link.loop)
    watchdog.end(within: limits.rest)
    let task = begin {
      await body.discard()
      watchdog.rest()
      await self.endDrain()
    }
    watchdog.guards(task)
  }

  private func endDrain() { drains -= 1 }

  private static let mostDrains = 16

  /// An answer to the server, if it has asked that in this session.
  private func answer(_ message: OutgoingMessage, _ key: MessageKey) {
    guard let answer = questions.answered(by: message, key) else {
      backlog.remove(message.bytes.count)
      return note("did not send an answer to what the server has not asked, or not in this session")
    }
    sendInOrder(answer)
  }

  /// Notifications and answers: each is delivered before the next one goes.
  func sendInOrder(_ message: OutgoingMessage) {
    guard state != .ended, remote.initialize != nil else {
      backlog.remove(message.bytes.count)
      return note("did not send a notification or an answer, which this revision does not have over HTTP")
    }
    if message.method == .initialized { remote.initialized = message }
    let (before, gate, generation) = (lane, gate, remote.generation)
    let task = begin {
      await before?.value
      await gate?.value
      await self.deliver(message, generation)
      self.backlog.remove(message.bytes.count)
    }
    lane = task
    if message.method == .initialized { self.gate = task }
  }

  private func deliver(_ message: OutgoingMessage, _ generation: Int) async {
    let hadSession = remote.id != nil
    do throws(HTTPFailure) {
      guard generation == remote.generation, state != .ended, !Task.isCancelled else { throw .sessionLost }
      let reply = try await post(message)
      if reply.status == 404, hadSession { return lose(generation) }
      guard reply.isSuccess else { throw failure(of: reply, said: nil) }
      drain(reply.body)
      if message.method == .initialized, !remote.isEventStream { listen() }
    } catch {
      if state != .ended { note("a notification or an answer did not reach the server: \(error)") }
    }
  }

  /// Handshake revisions tell the server; where there is no session, closing the stream says it.
  private func cancel(_ message: OutgoingMessage) {
    guard let key = message.cancelledKey, let exchange = exchanges[key] else {
      return backlog.remove(message.bytes.count)
    }
    guard exchange.task != nil, exchange.message.statelessRevision == nil else {
      backlog.remove(message.bytes.count)
      exchange.task?.cancel()
      return conclude(key) { .cancelled(id: $0) }
    }
    exchanges[key]?.isCancelled = true
    exchange.watchdog.end(within: .seconds(10))
    sendInOrder(message)
  }
}

extension HTTPConversation {
  /// The request is over without an answer, unless it had one.
  func finish(_ key: MessageKey, _ serial: Int, _ failure: HTTPFailure?) {
    guard let exchange = exchanges[key], exchange.serial == serial else { return }
    if exchange.isCancelled { return conclude(key) { .cancelled(id: $0) } }
    if case .timedOut = failure { stopWaiting(exchange.message) }
    fail(key, failure ?? .notUnderstood("it ends without an answer to the request"))
  }

  /// Tells the server that nobody waits for the answer any more; where there is no session, the closed stream did.
  private func stopWaiting(_ request: OutgoingMessage) {
    guard state == .open, request.statelessRevision == nil, request.method != .initialize, let id = request.id else {
      return
    }
    let text = Array("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":".utf8)
    let end = Array(",\"reason\":\"no answer in time\"}}".utf8)
    guard let notice = OutgoingMessage(text + id + end, limits: limits.message), backlog.add(notice.bytes.count) else {
      return
    }
    sendInOrder(notice)
  }

  func fail(_ key: MessageKey, _ failure: HTTPFailure) { conclude(key) { .failed(id: $0, failure) } }

  func failAll(_ failure: HTTPFailure) {
    for key in exchanges.values.sorted(by: { $0.serial < $1.serial }).compactMap(\.key) {
      let task = exchanges[key]?.task
      fail(key, failure)
      task?.cancel()
    }
  }

  func conclude(_ key: MessageKey, _ event: (_ id: [UInt8]) -> HTTPEvent) {
    guard let exchange = remove(key) else { return }
    inbox.add(event(exchange.message.id ?? []))
  }

  /// The request waits for nothing any more; another may take its turn.
  func remove(_ key: MessageKey) -> Exchange? {
    guard let exchange = exchanges.removeValue(forKey: key) else { return nil }
    backlog.remove(exchange.message.bytes.count)
    if exchange.task == nil { waiting.removeAll { $0 == key } } else { running -= 1 }
    startNext()
    return exchange
  }
}

extension HTTPConversation.Exchange {
  fileprivate var key: MessageKey? {
    guard case .request(let key) = message.shape else { return nil }
    return key
  }
}
