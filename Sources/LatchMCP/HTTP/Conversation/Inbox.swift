import Dispatch
import Synchronization

/// Hands events from asynchronous work to a thread that waits for them. Messages need room before they are added; other
/// events are few.
final class Inbox: Sendable {
  fileprivate struct Entry {
    var event: HTTPEvent
    /// What is free again once it has been taken.
    var weight: Int
  }

  fileprivate struct State {
    var entries: [Entry] = []
    /// Entries before this have been taken.
    var next = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)
  private let room: Room

  /// What an event takes up besides its text.
  private static let least = 64

  /// `bound`: bytes of messages that may lie here.
  init(bound: Int) { room = Room(for: bound) }

  /// Waits until a message of so many bytes may be added, or nobody reads any more; false if the task is cancelled first.
  func enter(_ count: Int) async -> Bool { await room.enter(count + Self.least) }

  /// The message for which there is room is not added after all.
  func leave(_ count: Int) { room.leave(count + Self.least) }

  /// Adds a message for which there is room: `count` is what `enter` was told.
  func add(_ message: [UInt8], for count: Int) { append(.message(message), weight: count + Self.least) }

  /// Adds an event without waiting.
  func add(_ event: HTTPEvent) { append(event, weight: 0) }

  private func append(_ event: HTTPEvent, weight: Int) {
    let isAdded = state.withLock { state in
      guard !state.isClosed else { return false }
      state.entries.append(Entry(event: event, weight: weight))
      return true
    }
    if isAdded { arrived.signal() }
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
    let entry = state.withLock { $0.removeFirst() }
    if let entry { room.leave(entry.weight) }
    // Whoever asks again after the end must not wait for ever.
    if entry == nil { arrived.signal() }
    return entry?.event
  }

  /// What lies here can still be taken.
  func close() {
    state.withLock { $0.isClosed = true }
    room.close()
    arrived.signal()
  }
}

extension Inbox.State {
  fileprivate mutating func removeFirst() -> Inbox.Entry? {
    guard next < entries.count else { return nil }
    let entry = entries[next]
    // What has been taken is not kept until the others have been.
    entries[next] = Inbox.Entry(event: .note(""), weight: 0)
    next += 1
    if next == entries.count {
      entries.removeAll(keepingCapacity: entries.count < 1024)
      next = 0
    } else if next > 1024 {
      entries.removeFirst(next)
      next = 0
    }
    return entry
  }
}

extension Duration {
  var wholeMilliseconds: Int {
    Int(clamping: components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
