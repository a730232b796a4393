import LatchJSON

/// HTTP+SSE of 2024-11-05: the server says on one stream where messages go to, and then all else.
extension HTTPConversation {
  /// Opens the stream, and waits for the address.
  func openEventStream(within patience: Duration) async throws(HTTPFailure) {
    let generation = remote.generation
    let request = HTTPRequest(
      method: .get, address: endpoint.address, fields: [("Accept", "text/event-stream")], patience: patience)
    let reply = try await send(request)
    // The client may have begun anew meanwhile.
    guard isCurrent(generation) else { throw .sessionLost }
    guard reply.status == 200, reply.content == .eventStream else { throw failure(of: reply, said: nil) }
    remote.isEventStream = true
    let reader = begin { await self.readEventStream(reply, generation) }
    listener = reader
    let timer = begin {
      do { try await Task.sleep(for: patience) } catch { return }
      await self.giveUpAddress(generation)
    }
    let address = await withCheckedContinuation { awaitsAddress = $0 }
    timer.cancel()
    guard isCurrent(generation) else { throw .sessionLost }
    guard let address else {
      reader.cancel()
      throw .notUnderstood("it names no address on its own origin to send messages to")
    }
    remote.address = address
  }

  /// The server has said where messages go to: once, and on its own origin only. nil: it will not say so any more.
  func announce(_ reference: [UInt8]?) {
    guard let waiting = awaitsAddress else { return }
    awaitsAddress = nil
    let address = reference.flatMap { endpoint.address.resolving(String(decoding: $0, as: UTF8.self)) }
    // At once: what follows on the stream, its end too, means nothing then.
    remote.isEventStream = address != nil
    waiting.resume(returning: address)
  }

  private func giveUpAddress(_ generation: Int) { if isCurrent(generation) { announce(nil) } }

  /// The stream is the session: when it ends, so does all else, unless it never was one or is not the newest.
  private func readEventStream(_ reply: HTTPReply, _ generation: Int) async {
    var failure = HTTPFailure.broken
    var parser = EventStreamParser(limit: limits.message.bytes)
    do throws(HTTPFailure) {
      _ = try await consume(reply.body, &parser, of: generation)
    } catch {
      failure = error
    }
    guard isCurrent(generation), remote.isEventStream else { return }
    if awaitsAddress != nil { announce(nil) } else { end(failure) }
  }

  /// An answer comes on the stream, however long it takes.
  func awaitAnswer(_ reply: HTTPReply) async throws(HTTPFailure) {
    drain(reply.body)
    do { try await Task.sleep(for: max(limits.silence, limits.patience)) } catch { return }
    throw .timedOut("answer")
  }

  /// The request that was refused as Streamable HTTP, in the older way: nobody has acted on it.
  func exchangeAgain(_ exchange: Exchange) async throws(HTTPFailure) {
    let reply = try await post(exchange.message)
    guard reply.isSuccess else { throw failure(of: reply, said: nil) }
    try await awaitAnswer(reply)
  }
}
