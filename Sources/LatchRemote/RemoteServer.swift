import LatchJSON
import LatchLaunch
import LatchMCP
import LatchPolicy
import LatchProxy
import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A server over HTTP.
final class RemoteServer: Server {
  let name: String
  private let upstream: HTTPUpstream
  private let failure = Mutex<HTTPFailure?>(nil)

  init(_ upstream: UpstreamPolicy, _ endpoint: HTTPEndpoint, limits message: JSONLimits) throws(LaunchError) {
    name = upstream.name
    var limits = HTTPLimits()
    limits.message = message
    // The session ends what takes too long, and knows what the server waits for: it comes first.
    limits.request = .milliseconds(upstream.longestTimeout) + .seconds(5)
    self.upstream = try HTTPUpstream(endpoint, limits: limits)
  }

  func write(_ lines: Span<UInt8>) -> Bool {
    var start = 0
    for index in lines.indices where lines[index] == 0x0A {
      if index > start { upstream.send(array(lines.extracting(start..<index))) }
      start = index + 1
    }
    return true
  }

  func enqueue(_ lines: [UInt8]) { _ = write(lines.span) }
  func deliver() {}
  func waitForRoom() {}
  func settle(within milliseconds: Int) {}

  func start(for relay: Relay) -> Bool { startThread { self.carry(to: relay) } }

  /// Hands on what the server says until it says nothing more.
  private func carry(to relay: Relay) {
    conversation: while let event = upstream.receive() {
      switch event {
      case .message(let message): relay.takeFromUpstream(message)
      case .failed(let id, let failure): relay.upstreamFails(id, because: "\(failure)")
      case .cancelled(let id): relay.upstreamForgets(id)
      case .sessionLost: relay.upstreamForgetsSession()
      // Since the loss no call goes on before the tools are verified, which they can be in the new session only.
      case .renewed(let session, _): upstream.confirmRenewal(of: session)
      case .toolsOutdated: relay.upstreamRestarts()
      case .announcementsLost: relay.upstreamMayHaveChanged()
      case .note(let text): relay.report(text)
      case .ended(let reason):
        failure.withLock { $0 = reason }
        break conversation
      }
    }
    relay.upstreamHasEnded()
  }

  func hasEnded() -> Bool { false }

  /// What was asked right before the end is still asked, as a program is still let read what was written to it.
  func stop() {
    let end = ContinuousClock.now + .milliseconds(700)
    while !upstream.isIdle, ContinuousClock.now < end { usleep(2000) }
    upstream.close(within: .milliseconds(600))
  }

  func reasonOfEnd(closing stream: String) -> String {
    let reason = failure.withLock { $0 }
    return "the server `\(name)` is out of reach" + (reason.map { ": \($0)" } ?? "")
  }
}

private func array(_ bytes: Span<UInt8>) -> [UInt8] { unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) } }
