import LatchJSON
import LatchMCP
import Synchronization

/// A server over HTTP.
final class RemoteServer: Server {
  let name: String
  private let upstream: HTTPUpstream
  private let failure = Mutex<HTTPFailure?>(nil)

  init(_ name: String, _ endpoint: HTTPEndpoint, limits message: JSONLimits) throws(LaunchError) {
    self.name = name
    var limits = HTTPLimits()
    limits.message = message
    upstream = try HTTPUpstream(endpoint, limits: limits)
  }

  func write(_ lines: Span<UInt8>) -> Bool {
    var start = 0
    for index in lines.indices where lines[index] == 0x0A {
      if index > start { upstream.send(copy(start..<index, of: lines)) }
      start = index + 1
    }
    return true
  }

  func enqueue(_ lines: [UInt8]) { _ = write(lines.span) }
  func deliver() {}
  func settle(within milliseconds: Int) {}

  func start(for relay: Relay) -> Bool { startThread { self.carry(to: relay) } }

  /// Hands on what the server says until it says nothing more.
  private func carry(to relay: Relay) {
    while let event = upstream.receive() {
      switch event {
      case .message(let message): relay.takeFromUpstream(message)
      // In the place of the answer that will not come: the session knows what to make of it.
      case .failed(let id, let failure): relay.takeFromUpstream(Self.answer(id, failure))
      case .cancelled(let id): relay.change { session, effects in session.forget(id, &effects) }
      case .sessionLost: relay.change { session, effects in session.upstreamRestarts(&effects) }
      case .renewed:
        // Both at once: no call that was decided before may reach the new session.
        relay.change { session, effects in
          session.upstreamRestarts(&effects)
          self.upstream.confirmRenewal()
        }
      case .note(let text): relay.diagnostics.write(text)
      case .ended(let reason): failure.withLock { $0 = reason }
      }
    }
    relay.events.send(.upstreamEnded)
  }

  private static func answer(_ id: [UInt8], _ failure: HTTPFailure) -> [UInt8] {
    Answers.error(.internalError, "Latch: \(failure)", id: RequestID(written: id))
  }

  func hasEnded() -> Bool { false }

  func stop() { upstream.close() }

  func reasonOfEnd(closing stream: String) -> String {
    let reason = failure.withLock { $0 }
    return "the server `\(name)` is out of reach" + (reason.map { ": \($0)" } ?? "")
  }
}
