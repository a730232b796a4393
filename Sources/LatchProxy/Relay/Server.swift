import LatchLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The server as the relay knows it, however it is reached.
package protocol Server: Sendable {
  /// Takes whole lines over; it may wait for the server. False if nobody takes any more.
  func write(_ lines: Span<UInt8>) -> Bool
  /// Puts whole lines in order without waiting; `deliver` sees to it that they go.
  func enqueue(_ lines: [UInt8])
  func deliver()
  /// Waits for the server where too much is in line.
  func waitForRoom()
  /// Waits a while until what was enqueued is gone.
  func settle(within milliseconds: Int)
  /// Starts the threads that give the relay what the server says; false if there are none to be had.
  func start(for relay: Relay) -> Bool
  /// Whether it has ended, though others may still hold what it wrote to.
  func hasEnded() -> Bool
  /// Ends it, so that nothing is left behind.
  func stop()
  /// Why it says nothing more, for people.
  func reasonOfEnd(closing stream: String) -> String
}

/// How long, in milliseconds, things may take once the client is done: together well under two seconds.
enum Patience {
  static let heldCalls = 300
  /// For what a client wrote before it was gone, as long as nothing of it is read.
  static let unread = 500
  static let farewell = 700
  static let termination = 400
  static let lastWords = 200
  /// For the outcomes of calls to be written to the record together with what comes after them.
  static let record = 50
}

/// A program that speaks on its standard input and output.
struct LocalServer: Server {
  let name: String
  let child: ChildProcess
  private let outlet: Outlet

  init(_ name: String, _ child: ChildProcess) {
    self.name = name
    self.child = child
    outlet = Outlet(child.input)
  }

  func write(_ lines: Span<UInt8>) -> Bool { outlet.write(lines) }
  func enqueue(_ lines: [UInt8]) { outlet.enqueue(lines) }
  func deliver() { outlet.deliver() }
  func waitForRoom() { outlet.waitForRoom() }
  func settle(within milliseconds: Int) { outlet.settle(within: milliseconds) }

  func start(for relay: Relay) -> Bool {
    startThread { relay.carryLines(from: child.output) }
      && startThread { relay.diagnostics.echo(child.diagnostics, source: name) }
  }

  func hasEnded() -> Bool { child.ending() != nil }

  func stop() {
    child.endInput()
    child.stop(grace: Patience.farewell, patience: Patience.termination)
  }

  func reasonOfEnd(closing stream: String) -> String {
    let end = Descriptors.now() + Patience.lastWords
    while child.ending() == nil, Descriptors.now() < end { usleep(2000) }
    return switch child.ending() {
    case nil: "the server `\(name)` closed its \(stream)"
    case let code? where code < 0: "the server `\(name)` was ended by signal \(-code)"
    case let code?: "the server `\(name)` ended with exit code \(code)"
    }
  }
}
