import LatchJSON
import LatchPolicy

/// When it has to be looked whether the server takes too long.
struct AnswerTimer: Sendable {
  /// No request has waited too long before; nil if none waits.
  private(set) var next: Int?
  /// When the server last said of its own accord that it is at work, or was answered a question.
  private(set) var lastHeard = Int.min
  /// Requests that were answered in the server's place, and until when their ids are not taken again: a late answer could
  /// be taken for that to another.
  private(set) var overdue: [RequestID: Int] = [:]

  @inline(__always)
  mutating func start(at now: Int, timeout: Int) { if next == nil { next = now + timeout } }

  mutating func heard(at now: Int) { lastHeard = now }

  func isDue(at now: Int) -> Bool { next.map { $0 <= now } ?? false }

  mutating func wait(until time: Int?) { next = time }

  /// When a request that went on at `since` has taken too long.
  func end(of since: Int, timeout: Int, longest: Int) -> Int {
    min(max(since, lastHeard) + timeout, since + longest)
  }

  mutating func lookOut(for id: RequestID, from now: Int, timeout: Int) {
    if overdue.count >= Session.mostPending { overdue = overdue.filter { $0.value > now } }
    if overdue.count < Session.mostPending { overdue[id] = now + timeout }
  }

  /// Whether an answer to the request is still looked out for.
  func isOverdue(_ id: RequestID, at now: Int) -> Bool { !overdue.isEmpty && overdue[id].map { $0 > now } ?? false }

  /// The answer has come, or will not come any more; whether it was looked out for.
  @discardableResult
  mutating func forget(_ id: RequestID) -> Bool { overdue.removeValue(forKey: id) != nil }
}

extension Session {
  /// Answers what the server has taken too long for, and tells it so.
  mutating func endOverdue(_ effects: inout Effects) {
    // Who waits for a person cannot be hurried.
    if asked.values.contains(true) { timer.heard(at: now) }
    let timeout = settings.upstream.timeout * 1000
    let longest = settings.upstream.longestTimeout * 1000
    let waiting = pending.filter { !$0.value.isHeld && !$0.value.isCancelled && !$0.value.method.waitsByDesign }
    let ends = waiting.mapValues { timer.end(of: $0.since, timeout: timeout, longest: longest) }
    timer.wait(until: ends.values.filter { $0 > now }.min() ?? (pending.isEmpty ? nil : now + timeout))
    let overdue = waiting.filter { ends[$0.key, default: 0] <= now }
    for (id, request) in overdue.sorted(by: { $0.value.since < $1.value.since }) { end(id, request, &effects) }
  }

  private mutating func end(_ id: RequestID, _ request: Pending, _ effects: inout Effects) {
    pending[id] = nil
    timer.lookOut(for: id, from: now, timeout: settings.upstream.timeout * 1000)
    if request.method == .initialize { hasOfferedHandshake = false }
    if let passed = request.passed { recordEnd(passed, .timedOut, &effects) }
    let problem = "the server did not answer within \(Self.duration(settings.upstream.timeout))"
    if request.method != .initialize, request.method != .discover {
      effects.tellUpstream(cancellation(of: id, problem))
    }
    let outcome = request.passed == nil ? "" : "; it may still do what it was asked"
    hand(Answers.error(.internalError, "Latch: \(problem)\(outcome)", id: id), to: request, &effects)
  }

  func cancellation(of id: RequestID, _ reason: String) -> [UInt8] {
    var writer = MessageWriter()
    writer.raw(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"#)
    writer.raw(id.lexeme)
    writer.raw(#","reason":"#)
    writer.string(reason)
    writer.raw("}}")
    return writer.bytes
  }
}
