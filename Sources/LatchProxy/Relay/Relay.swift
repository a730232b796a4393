import Synchronization

/// Carries lines between a client and a started server, as the session says.
///
/// One thread reads the client, others what the server says; the calling thread waits for the end, and for held calls
/// that have waited long enough. Reading one side never waits for the other to be read, except where a server in the
/// same place would wait too.
package final class Relay: Sendable {
  /// What the threads tell the one that waits.
  enum Event: UInt8, Sendable {
    case clientEnded, upstreamEnded, signalled, hungUp, waitingChanged, toldOfEnd
    /// Some child has ended.
    case childChanged
    /// The server takes nothing any more.
    case upstreamDeaf
    /// The client is gone; what it wrote may still be unread.
    case clientLeft
    /// Something was recorded that nobody waits for.
    case recordLeft
  }

  let upstream: any Server
  let limit: Int
  let session: Mutex<Session>
  let gate: LocalGate
  let client = Outlet(1)
  let events: EventPipe
  let diagnostics: Diagnostics
  /// Counts what the thread that reads the client has done.
  let progress = Atomic<Int>(0)
  /// Whether the thread that waits knows that something is left to be kept.
  let recordIsLeft = Atomic<Bool>(false)
  /// Reads the policy anew.
  let reload: @Sendable () throws(StartError) -> LoadedPolicy

  init(
    _ session: consuming Session, gate: LocalGate, upstream: any Server, limit: Int, events: EventPipe,
    diagnostics: Diagnostics,
    reload: @escaping @Sendable () throws(StartError) -> LoadedPolicy
  ) {
    self.upstream = upstream
    self.limit = limit
    self.session = Mutex(session)
    self.gate = gate
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
    var run = ForwardRun()
    var deadline: Int?
    while reader.fill(from: 0) {
      progress.add(1, ordering: .relaxed)
      while let event = reader.next() {
        effects.forwards = false
        let (newDeadline, hasEnded) = session.withLock { session in
          switch event {
          case .line(let line):
            session.fromClient(reader.buffer.span.extracting(line), at: Descriptors.microseconds(), &effects)
          case .tooLong(let beginning): session.clientLineTooLong(beginning.span, &effects)
          }
          return (session.deadline, session.ending != nil)
        }
        if effects.forwards, case .line(let line) = event { run.add(line) }
        // The rest can wait for the lines behind it, which are answered together.
        if !effects.toUpstream.isEmpty || effects.toClient.count > 65_536 {
          carryOn(&run, &effects, in: reader.buffer.span)
        }
        if hasEnded, !effects.toClient.isEmpty {
          carryOn(&run, &effects, in: reader.buffer.span)
          events.send(.toldOfEnd)
        }
        if newDeadline != deadline, newDeadline != nil { events.send(.waitingChanged) }
        deadline = newDeadline
      }
      carryOn(&run, &effects, in: reader.buffer.span)
    }
    events.send(.clientEnded)
  }

  /// Does what was decided about lines of the client's: what goes on of them stands in `buffer`.
  private func carryOn(_ run: inout ForwardRun, _ effects: inout Effects, in buffer: Span<UInt8>) {
    if let records = effects.records {
      do throws(GateError) {
        try gate.keep(records)
      } catch {
        takeBack(records, &run, &effects, in: buffer, because: error.problem)
      }
    }
    for lines in run.ranges { tellUpstream(buffer.extracting(lines)) }
    run.clear()
    if !effects.toUpstream.isEmpty { tellUpstream(effects.toUpstream.span) }
    if !effects.toClient.isEmpty { tellClient(effects.toClient.span) }
    noteRest(effects)
    effects.clear()
  }

  private func takeBack(
    _ records: ClosedRange<Int>, _ run: inout ForwardRun, _ effects: inout Effects, in buffer: Span<UInt8>,
    because problem: String
  ) {
    session.withLock { session in
      var rest: [UInt8] = []
      for lines in run.ranges {
        rest += session.withdraw(records, from: buffer.extracting(lines), because: problem, &effects)
      }
      run.clear()
      let others = effects.toUpstream
      effects.toUpstream = rest + session.withdraw(records, from: others.span, because: problem, &effects)
    }
  }

  /// Carries what a server writes to a stream, until it ends.
  func carryLines(from output: Int32) {
    var reader = LineReader(limit: limit)
    var effects = Effects()
    var run = ForwardRun()
    while reader.fill(from: output) {
      while let event = reader.next() {
        effects.forwards = false
        let (isEnqueued, isEarlier) = session.withLock { session in
          let deadline = session.deadline
          switch event {
          case .line(let line):
            session.fromUpstream(reader.buffer.span.extracting(line), at: Descriptors.microseconds(), &effects)
          case .tooLong(let beginning): session.upstreamLineTooLong(beginning.span, &effects)
          }
          return (enqueueForUpstream(&session, &effects), session.isDue(before: deadline))
        }
        if isEarlier { events.send(.waitingChanged) }
        if isEnqueued { deliverToUpstream() }
        if effects.forwards, case .line(let line) = event { run.add(line) }
        if !effects.toClient.isEmpty { carryOn(&run, &effects, from: reader.buffer.span) }
      }
      carryOn(&run, &effects, from: reader.buffer.span)
    }
    events.send(.upstreamEnded)
  }

  /// Does what was decided about lines of the server's.
  private func carryOn(_ run: inout ForwardRun, _ effects: inout Effects, from buffer: Span<UInt8>) {
    for lines in run.ranges { tellClient(buffer.extracting(lines)) }
    run.clear()
    if !effects.toClient.isEmpty { tellClient(effects.toClient.span) }
    noteRest(effects)
    effects.clear()
  }

  /// Changes the session, and does what it says; may wait for the client.
  func change(_ body: (inout Session, inout Effects) -> Void) {
    var effects = Effects()
    let (isEnqueued, isEarlier) = session.withLock { session in
      let deadline = session.deadline
      body(&session, &effects)
      return (enqueueForUpstream(&session, &effects), session.isDue(before: deadline))
    }
    if isEarlier { events.send(.waitingChanged) }
    if isEnqueued { deliverToUpstream() }
    if !effects.toClient.isEmpty { tellClient(effects.toClient.span) }
    noteRest(effects)
  }

  /// The same, but waits for nobody who might not read.
  func changeAtOnce(_ body: (inout Session, inout Effects) -> Void) {
    var effects = Effects()
    let isEnqueued = session.withLock { session in
      body(&session, &effects)
      let isEnqueued = enqueueForUpstream(&session, &effects)
      client.enqueue(effects.toClient)
      return isEnqueued
    }
    if isEnqueued { upstream.deliver() }
    client.deliver()
    noteRest(effects)
  }

  /// Called with the session held, so that what it lets pass next comes after this; whether there is something to be
  /// delivered, which is done with nothing held.
  private func enqueueForUpstream(_ session: inout Session, _ effects: inout Effects) -> Bool {
    if let records = effects.records {
      do throws(GateError) {
        try gate.keep(records)
      } catch {
        let lines = effects.toUpstream
        effects.toUpstream = session.withdraw(records, from: lines.span, because: error.problem, &effects)
      }
      effects.records = nil
    }
    guard !effects.toUpstream.isEmpty else { return false }
    upstream.enqueue(effects.toUpstream)
    effects.toUpstream = []
    return true
  }

  private func deliverToUpstream() {
    upstream.deliver()
    upstream.waitForRoom()
  }

  private func noteRest(_ effects: Effects) {
    for line in effects.log { diagnostics.write(line) }
    if effects.leavesRecord, !recordIsLeft.exchange(true, ordering: .relaxed) { events.send(.recordLeft) }
  }

  private func tellUpstream(_ bytes: Span<UInt8>) {
    if !upstream.write(bytes) { events.send(.upstreamDeaf) }
    progress.add(1, ordering: .relaxed)
  }

  private func tellClient(_ bytes: Span<UInt8>) {
    if !client.write(bytes) { events.send(.clientEnded) }
  }
}

/// Lines in a buffer that go on; those that stand one behind the other are written at once.
struct ForwardRun {
  private(set) var ranges: [Range<Int>] = []

  /// Adds a line and its LF.
  mutating func add(_ line: Range<Int>) {
    let end = line.upperBound + 1
    if let last = ranges.last, last.upperBound == line.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<end
    } else {
      ranges.append(line.lowerBound..<end)
    }
  }

  mutating func clear() { ranges.removeAll(keepingCapacity: true) }
}
