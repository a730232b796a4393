import CLatchProcess

/// Lets one thread wait for all others and for signals, with a time limit.
struct EventPipe: Sendable {
  private let reading: Int32
  private let writing: Int32

  /// From now on SIGTERM, SIGINT and SIGHUP are events, and a closed stream is no signal. nil if the system refuses.
  init?() {
    var reading: Int32 = -1
    var writing: Int32 = -1
    guard unsafe latch_pipe(&reading, &writing) == 0,
      latch_report_signals(
        writing, Relay.Event.signalled.rawValue, Relay.Event.hungUp.rawValue, Relay.Event.childChanged.rawValue) == 0
    else { return nil }
    self.reading = reading
    self.writing = writing
  }

  func send(_ event: Relay.Event) { _ = Descriptors.write([event.rawValue].span, to: writing) }

  /// The next event, or nil when the time is over. That nobody holds the other end of `watched` any more is one,
  /// though what was written there has still to be read.
  func next(within milliseconds: Int?, watching watched: Int32?) -> Relay.Event? {
    switch Descriptors.wait(for: reading, within: milliseconds, watching: watched) {
    case .readable: break
    case .abandoned: return .clientLeft
    case .timeOver: return nil
    }
    var byte: [UInt8] = [0]
    guard Descriptors.read(reading, into: &byte, from: 0) == 1 else { return nil }
    return Relay.Event(rawValue: byte[0])
  }
}
