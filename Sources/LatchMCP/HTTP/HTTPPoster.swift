import Dispatch
package import LatchLaunch
import Synchronization

/// What a server answered.
package struct HTTPAnswer: Sendable, Equatable {
  package var status: Int
  /// When the server may be asked again, as it says so.
  package var retryAfter: String?
  /// Its beginning: nobody reads more.
  package var body: [UInt8]

  package init(status: Int, retryAfter: String? = nil, body: [UInt8] = []) {
    self.status = status
    self.retryAfter = retryAfter
    self.body = body
  }
}

/// Posts bodies to a server that speaks something else than MCP.
///
/// For owners that wait in threads of their own. Nothing is sent twice, and a redirection is an answer like any other:
/// nobody is followed.
package final class HTTPPoster: Sendable {
  /// So much is read of an answer.
  private static let longestAnswer = 65_536

  private let address: HTTPAddress
  private let link: HTTPLink
  private let secrets: Secrets
  private let patience: Duration

  /// Proxies and authorities come from `environment`.
  package init(
    _ endpoint: HTTPEndpoint, patience: Duration, environment: ProcessEnvironment = .current()
  ) throws(LaunchError) {
    var limits = HTTPLimits()
    limits.connect = min(limits.connect, patience)
    link = try HTTPLink(endpoint, limits: limits, environment: environment)
    address = endpoint.address
    var secrets = Secrets(endpoint)
    address.query.map { secrets.add($0) }
    self.secrets = secrets
    self.patience = patience
  }

  deinit {
    let link = link
    Task { await link.shutDown() }
  }

  /// Waits for the answer, no longer than the poster's patience lasts.
  package func post(_ body: [UInt8], type: String) throws(HTTPFailure) -> HTTPAnswer {
    let request = HTTPRequest(
      method: .post, address: address, fields: [("Content-Type", type)], body: body, patience: patience)
    let slot = Slot()
    let task = Task { [link] in slot.fill(await Self.answer(to: request, over: link)) }
    guard let result = slot.result(within: patience) else {
      task.cancel()
      throw .timedOut("answer")
    }
    return try result.get()
  }

  /// Words of the server for people: short, on one line, and without what was sent to it in confidence.
  package func cleaned(_ text: String) -> String { secrets.cleaned(text) }

  private static func answer(to request: HTTPRequest, over link: HTTPLink) async -> Result<HTTPAnswer, HTTPFailure> {
    do throws(HTTPFailure) {
      let reply = try await link.answer(to: request)
      let body = await reply.body.beginning(upTo: longestAnswer)
      return .success(HTTPAnswer(status: reply.status, retryAfter: reply.retryAfter, body: body))
    } catch {
      return .failure(error)
    }
  }
}

/// Where one thread waits for what a task finds out.
private final class Slot: Sendable {
  private let result = Mutex<Result<HTTPAnswer, HTTPFailure>?>(nil)
  private let isFilled = DispatchSemaphore(value: 0)

  func fill(_ result: Result<HTTPAnswer, HTTPFailure>) {
    self.result.withLock { $0 = result }
    isFilled.signal()
  }

  func result(within duration: Duration) -> Result<HTTPAnswer, HTTPFailure>? {
    _ = isFilled.wait(timeout: .now() + .milliseconds(duration.wholeMilliseconds))
    return result.withLock { $0 }
  }
}
