import LatchMCP
import Synchronization

/// Carries lines between a client and a started server, as the session says.
///
/// One thread reads the client, one the server, one what the server complains of; the calling thread waits for the
/// end, and for held calls that have waited long enough. Reading one side never waits for the other to be read,
/// except where a server in the same place would wait too.
final class Relay: Sendable {
  /// What the threads tell the one that waits.
  enum Event: UInt8, Sendable { case clientEnded, upstreamEnded, signalled, waitingChanged, toldOfEnd }

  let child: ChildProcess
  let name: String
  let limit: Int
  let session: Mutex<Session>
  let client = Outlet(1)
  let upstream: Outlet
  let events: EventPipe
  let diagnostics: Diagnostics

  init(
    _ session: consuming Session, child: ChildProcess, name: String, limit: Int, events: EventPipe,
    diagnostics: Diagnostics
  ) {
    self.child = child
    self.name = name
    self.limit = limit
    self.session = Mutex(session)
    self.events = events
    self.diagnostics = diagnostics
    upstream = Outlet(child.input)
  }

  /// Returns the exit code when all is over.
  func run() -> Int32 {
    let started =
      startThread { self.carryFromClient() } && startThread { self.carryFromUpstream() }
      && startThread { self.diagnostics.echo(self.child.diagnostics, source: self.name) }
    guard started else {
      diagnostics.write("the system gives no more threads")
      child.stop(grace: 0, patience: 100)
      return 2
    }
    return supervise()
  }
}

extension Relay {
  private func carryFromClient() {
    var reader = LineReader(limit: limit)
    var effects = Effects()
    var deadline: Int?
    while reader.fill(from: 0) {
      var run = ForwardRun()
      while let event = reader.next() {
        effects.clear()
        let (newDeadline, hasEnded) = session.withLock { session in
          switch event {
          case .line(let line):
            session.fromClient(reader.buffer.span.extracting(line), at: Descriptors.now(), &effects)
          case .tooLong: session.clientLineTooLong(&effects)
          }
          return (session.deadline, session.ending != nil)
        }
        if effects.forwards, case .line(let line) = event {
          if let done = run.add(line) { _ = upstream.write(reader.buffer.span.extracting(done)) }
        }
        if !effects.toUpstream.isEmpty || !effects.toClient.isEmpty {
          if let done = run.end() { _ = upstream.write(reader.buffer.span.extracting(done)) }
          if !effects.toUpstream.isEmpty { _ = upstream.write(effects.toUpstream.span) }
          if !effects.toClient.isEmpty, !client.write(effects.toClient.span) { events.send(.clientEnded) }
          if hasEnded { events.send(.toldOfEnd) }
        }
        for line in effects.log { diagnostics.write(line) }
        if newDeadline != deadline, newDeadline != nil { events.send(.waitingChanged) }
        deadline = newDeadline
      }
      if let done = run.end() { _ = upstream.write(reader.buffer.span.extracting(done)) }
    }
    events.send(.clientEnded)
  }

  private func carryFromUpstream() {
    var reader = LineReader(limit: limit)
    var effects = Effects()
    while reader.fill(from: child.output) {
      var run = ForwardRun()
      while let event = reader.next() {
        effects.clear()
        session.withLock { session in
          switch event {
          case .line(let line):
            session.fromUpstream(reader.buffer.span.extracting(line), at: Descriptors.now(), &effects)
          case .tooLong: session.upstreamLineTooLong(&effects)
          }
          // In line before the session is free again: what it lets pass next must come after this.
          if !effects.toUpstream.isEmpty { upstream.enqueue(effects.toUpstream) }
        }
        if !effects.toUpstream.isEmpty { upstream.deliver() }
        if effects.forwards, case .line(let line) = event {
          if let done = run.add(line) { tellClient(reader.buffer.span.extracting(done)) }
        }
        if !effects.toClient.isEmpty {
          if let done = run.end() { tellClient(reader.buffer.span.extracting(done)) }
          tellClient(effects.toClient.span)
        }
        for line in effects.log { diagnostics.write(line) }
      }
      if let done = run.end() { tellClient(reader.buffer.span.extracting(done)) }
    }
    events.send(.upstreamEnded)
  }

  private func tellClient(_ bytes: Span<UInt8>) {
    if !client.write(bytes) { events.send(.clientEnded) }
  }
}

/// Lines that go on and stand one behind the other in the buffer, to be written at once.
struct ForwardRun {
  private var range = 0..<0

  /// Adds a line and its LF; what has to be written first because it does not stand right before it.
  mutating func add(_ line: Range<Int>) -> Range<Int>? {
    let end = line.upperBound + 1
    if range.upperBound == line.lowerBound, !range.isEmpty {
      range = range.lowerBound..<end
      return nil
    }
    let done = self.end()
    range = line.lowerBound..<end
    return done
  }

  /// What is still to be written.
  mutating func end() -> Range<Int>? {
    defer { range = 0..<0 }
    return range.isEmpty ? nil : range
  }
}
