import Dispatch
import Synchronization

/// Hands events from asynchronous work to a thread that waits for them; a full one makes the senders of messages wait.
final class Inbox: Sendable {
  fileprivate struct State {
    var events: [HTTPEvent] = []
    /// Events before this have been taken.
    var next = 0
    var bytes = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)
  private let bound: Int

  /// `bound`: bytes of messages that may lie here before senders wait.
  init(bound: Int) { self.bound = bound }

  /// Adds an event without waiting: for those that are few, and for messages that the sender waits after.
  func add(_ event: HTTPEvent) {
    let isAdded = state.withLock { state in
      guard !state.isClosed else { return false }
      state.events.append(event)
      state.bytes += event.weight
      return true
    }
    if isAdded { arrived.signal() }
  }

  /// Returns when there is room again, or nobody reads any more.
  func settle() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.isClosed || state.bytes <= bound { return true }
        state.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  /// The next event; nil when the time is over or the inbox is closed and empty.
  func take(within duration: Duration?) -> HTTPEvent? {
    let outcome: DispatchTimeoutResult
    if let duration {
      outcome = arrived.wait(timeout: .now() + .milliseconds(duration.wholeMilliseconds))
    } else {
      arrived.wait()
      outcome = .success
    }
    guard outcome == .success else { return nil }
    let (event, waiting) = state.withLock { $0.removeFirst(bound: bound) }
    for continuation in waiting { continuation.resume() }
    // Whoever asks again after the end must not wait for ever.
    if event == nil { arrived.signal() }
    return event
  }

  /// What lies here can still be taken.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
    arrived.signal()
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }
}

extension Inbox.State {
  fileprivate mutating func removeFirst(bound: Int) -> (HTTPEvent?, [CheckedContinuation<Void, Never>]) {
    guard next < events.count else { return (nil, []) }
    let event = events[next]
    next += 1
    bytes -= event.weight
    if next == events.count {
      events.removeAll(keepingCapacity: events.count < 1024)
      next = 0
    } else if next > 1024 {
      events.removeFirst(next)
      next = 0
    }
    guard bytes <= bound, !waiting.isEmpty else { return (event, []) }
    defer { waiting = [] }
    return (event, waiting)
  }
}

extension HTTPEvent {
  /// How much of the bound it takes up.
  fileprivate var weight: Int {
    switch self {
    case .message(let bytes): bytes.count + 64
    default: 64
    }
  }
}

extension Duration {
  var wholeMilliseconds: Int {
    Int(clamping: components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
