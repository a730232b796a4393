import Dispatch
import LatchJSON
package import LatchLaunch

/// A server over HTTP, to its owner a peer that takes and gives one message at a time.
///
/// For owners that wait in threads of their own: nothing here needs them to be asynchronous, and there is no other
/// thread before the first of these is made. It is for its owner to call `close` in the end.
package final class HTTPUpstream: Sendable {
  private let inbox: Inbox
  private let backlog: Backlog
  private let orders: AsyncStream<HTTPConversation.Order>.Continuation
  private let limits: HTTPLimits
  private let isOver = DispatchSemaphore(value: 0)

  /// Nothing is sent before the owner sends something. Proxies and authorities come from `environment`.
  package init(
    _ endpoint: HTTPEndpoint, limits: HTTPLimits = HTTPLimits(), environment: ProcessEnvironment = .current()
  ) throws(LaunchError) {
    let link = try HTTPLink(endpoint, limits: limits, environment: environment)
    self.limits = limits
    inbox = Inbox(bound: limits.message.bytes)
    backlog = Backlog(bound: limits.queuedBytes)
    let (stream, continuation) = AsyncStream.makeStream(of: HTTPConversation.Order.self)
    orders = continuation
    let conversation = HTTPConversation(endpoint, link: link, inbox: inbox, backlog: backlog, limits: limits)
    let isOver = isOver
    Task {
      await conversation.run(stream)
      isOver.signal()
    }
  }

  /// Takes a message over: one JSON-RPC request, notification or answer, decided already. It never waits; what cannot
  /// be sent becomes an event like everything else.
  package func send(_ message: [UInt8]) {
    guard let message = OutgoingMessage(message, limits: limits.message) else {
      return inbox.add(.note("did not send what is no message"))
    }
    guard backlog.add(message.bytes.count) else {
      guard case .request = message.shape, let id = message.id else {
        return inbox.add(.note("did not send a notification or an answer: \(HTTPFailure.backlog)"))
      }
      return inbox.add(.failed(id: id, .backlog))
    }
    orders.yield(.send(message))
  }

  /// The owner knows of the new session: it takes no tool for verified. Calls that it sends from now on pass.
  package func confirmRenewal(of session: Int) { orders.yield(.confirmRenewal(session)) }

  /// Waits for the next event; nil when the time is over, or after the end.
  package func receive(within duration: Duration? = nil) -> HTTPEvent? { inbox.take(within: duration) }

  /// Whether all that was sent has been answered or, if it has no answer, has gone.
  package var isIdle: Bool { backlog.isEmpty }

  /// Ends the session and lets go of all connections, in the background if that takes longer. May be called again.
  package func close(within duration: Duration = .milliseconds(1_200)) {
    orders.finish()
    guard isOver.wait(timeout: .now() + .milliseconds(duration.wholeMilliseconds)) == .success else { return }
    isOver.signal()
  }

  deinit { orders.finish() }
}
