import LatchJSON

/// HTTP+SSE of 2024-11-05: the server says on one stream where messages go to, and then all else.
extension HTTPConversation {
  /// Opens the stream, and waits for the address.
  func openEventStream() async throws(HTTPFailure) {
    let request = HTTPRequest(
      method: .get, address: endpoint.address, fields: [("Accept", "text/event-stream")], patience: limits.answer)
    let reply = try await link.send(request)
    guard reply.status == 200, reply.content == .eventStream else { throw failure(of: reply, said: nil) }
    remote.isEventStream = true
    let reader = begin { await self.readEventStream(reply) }
    listener = reader
    let timer = begin {
      do { try await Task.sleep(for: self.limits.answer) } catch { return }
      await self.announce(nil)
    }
    let address = await withCheckedContinuation { awaitsAddress = $0 }
    timer.cancel()
    guard let address else {
      reader.cancel()
      remote.isEventStream = false
      throw .notUnderstood("it names no address on its own origin to send messages to")
    }
    remote.address = address
  }

  /// The server has said where messages go to: once, and on its own origin only. nil: it will not say so any more.
  func announce(_ reference: [UInt8]?) {
    guard let waiting = awaitsAddress else { return }
    awaitsAddress = nil
    waiting.resume(
      returning: reference.flatMap { endpoint.address.resolving(String(decoding: $0, as: UTF8.self)) })
  }

  /// The stream is the session: when it ends, so does all else.
  private func readEventStream(_ reply: HTTPReply) async {
    var failure = HTTPFailure.broken
    var parser = EventStreamParser(limit: limits.message.bytes)
    do throws(HTTPFailure) {
      _ = try await consume(reply.body, &parser)
    } catch {
      failure = error
    }
    announce(nil)
    if remote.isEventStream { end(failure) }
  }

  /// An answer comes on the stream, however long it takes.
  func awaitAnswer(_ reply: HTTPReply) async throws(HTTPFailure) {
    await reply.body.discard()
    do { try await Task.sleep(for: limits.silence) } catch { return }
    throw .timedOut("answer")
  }

  /// The request that was refused as Streamable HTTP, in the older way: nobody has acted on it.
  func exchangeAgain(_ exchange: Exchange) async throws(HTTPFailure) {
    let reply = try await post(exchange.message)
    guard reply.isSuccess else { throw failure(of: reply, said: nil) }
    try await awaitAnswer(reply)
  }
}
