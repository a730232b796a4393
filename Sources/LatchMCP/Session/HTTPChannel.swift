import LatchJSON
import LatchLaunch

/// Messages to and from a server over HTTP: bounded, and against a deadline. The connection ends with this object.
final class HTTPChannel {
  private let upstream: HTTPUpstream
  private let limits: SessionLimits
  private let end: Deadline
  private var messages = 0
  private var bytes = 0

  init(_ endpoint: HTTPEndpoint, limits: SessionLimits) throws(UpstreamError) {
    var bounds = HTTPLimits()
    bounds.answer = max(limits.start, limits.answer)
    bounds.message.bytes = limits.lineBytes
    do {
      upstream = try HTTPUpstream(endpoint, limits: bounds)
    } catch {
      throw .launch(error)
    }
    self.limits = limits
    end = Deadline(in: limits.session)
  }

  deinit { upstream.close() }

  func send(_ message: [UInt8]) { upstream.send(message) }

  func receive(for method: String, before deadline: Deadline) throws(UpstreamError) -> [UInt8] {
    while true {
      switch upstream.receive(within: .milliseconds(min(deadline.milliseconds, end.milliseconds))) {
      case .message(let message)?: return try counted(message)
      case .failed(_, let failure)?, .ended(let failure)?: throw .unanswered(method: method, failure)
      case .sessionLost?: throw .unanswered(method: method, .sessionLost)
      case .note?, .renewed?, .cancelled?, .toolsOutdated?, .announcementsLost?: continue
      case nil: if deadline.hasPassed || end.hasPassed { throw .timedOut(method: method, hint: nil) }
      }
    }
  }

  private func counted(_ message: [UInt8]) throws(UpstreamError) -> [UInt8] {
    messages += 1
    bytes += message.count
    guard messages <= limits.lines else { throw .tooMuch("over \(limits.lines) messages") }
    guard bytes <= limits.sessionBytes else { throw .tooMuch("over \(limits.sessionBytes) bytes") }
    return message
  }
}
