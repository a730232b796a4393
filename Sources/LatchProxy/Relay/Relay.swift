import LatchMCP
import Synchronization

/// Carries lines between a client and a started server, as the session says.
///
/// One thread reads the client, others what the server says; the calling thread waits for the end, and for held calls
/// that have waited long enough. Reading one side never waits for the other to be read, except where a server in the
/// same place would wait too.
final class Relay: Sendable {
  /// What the threads tell the one that waits.
  enum Event: UInt8, Sendable {
    case clientEnded, upstreamEnded, signalled, hungUp, waitingChanged, toldOfEnd
    /// Some child has ended.
    case childChanged
    /// The server takes nothing any more.
    case upstreamDeaf
    /// The client is gone; what it wrote may still be unread.
    case clientLeft
  }

  let upstream: any Server
  let limit: Int
  let session: Mutex<Session>
  let client = Outlet(1)
  let events: EventPipe
  let diagnostics: Diagnostics
  /// Counts what the thread that reads the client has done.
  let progress = Atomic<Int>(0)
  /// Reads the policy anew.
  let reload: @Sendable () throws(StartError) -> LoadedPolicy

  init(
    _ session: consuming Session, upstream: any Server, limit: Int, events: EventPipe, diagnostics: Diagnostics,
    reload: @escaping @Sendable () throws(StartError) -> LoadedPolicy
  ) {
    self.upstream = upstream
    self.limit = limit
    self.session = Mutex(session)
    self.events = events
    self.diagnostics = diagnostics
    self.reload = reload
  }

  /// Returns the exit code when all is over.
  func run() -> Int32 {
    guard startThread({ self.carryFromClient() }), upstream.start(for: self) else {
      diagnostics.write("the system gives no more threads")
      upstream.stop()
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
      progress.add(1, ordering: .relaxed)
      var run = ForwardRun()
      while let event = reader.next() {
        effects.clear()
        let (newDeadline, hasEnded) = session.withLock { session in
          switch event {
          case .line(let line):
            session.fromClient(reader.buffer.span.extracting(line), at: Descriptors.microseconds(), &effects)
          case .tooLong: session.clientLineTooLong(&effects)
          }
          return (session.deadline, session.ending != nil)
        }
        if effects.forwards, case .line(let line) = event {
          if let done = run.add(line) { tellUpstream(reader.buffer.span.extracting(done)) }
        }
        if !effects.toUpstream.isEmpty || !effects.toClient.isEmpty {
          if let done = run.end() { tellUpstream(reader.buffer.span.extracting(done)) }
          if !effects.toUpstream.isEmpty { tellUpstream(effects.toUpstream.span) }
          if !effects.toClient.isEmpty, !client.write(effects.toClient.span) { events.send(.clientEnded) }
          if hasEnded { events.send(.toldOfEnd) }
        }
        for line in effects.log { diagnostics.write(line) }
        if newDeadline != deadline, newDeadline != nil { events.send(.waitingChanged) }
        deadline = newDeadline
      }
      if let done = run.end() { tellUpstream(reader.buffer.span.extracting(done)) }
    }
    events.send(.clientEnded)
  }

  /// Carries what a server writes to a stream, until it ends.
  func carryLines(from output: Int32) {
    var reader = LineReader(limit: limit)
    var effects = Effects()
    while reader.fill(from: output) {
      var run = ForwardRun()
      while let event = reader.next() {
        effects.clear()
        session.withLock { session in
          switch event {
          case .line(let line):
            session.fromUpstream(reader.buffer.span.extracting(line), at: Descriptors.microseconds(), &effects)
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

  /// Carries one message of a server that does not speak in lines.
  func takeFromUpstream(_ message: [UInt8]) {
    change { session, effects in
      session.fromUpstream(message.span, at: Descriptors.microseconds(), &effects)
      if effects.forwards { effects.toClient = message + [0x0A] + effects.toClient }
    }
  }

  /// Changes the session, and does what it says.
  func change(_ body: (inout Session, inout Effects) -> Void) {
    var effects = Effects()
    session.withLock { session in
      body(&session, &effects)
      if !effects.toUpstream.isEmpty { upstream.enqueue(effects.toUpstream) }
    }
    if !effects.toUpstream.isEmpty { upstream.deliver() }
    if !effects.toClient.isEmpty { tellClient(effects.toClient.span) }
    for line in effects.log { diagnostics.write(line) }
  }

  private func tellUpstream(_ bytes: Span<UInt8>) {
    if !upstream.write(bytes) { events.send(.upstreamDeaf) }
    progress.add(1, ordering: .relaxed)
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
