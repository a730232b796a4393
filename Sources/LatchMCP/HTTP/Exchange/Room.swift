import Synchronization

/// Room for so many bytes, which tasks share and wait for, each in its turn. For what needs more than there is, all of it
/// will do.
final class Room: Sendable {
  private struct Waiting {
    let number: Int
    let count: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var free: Int
    var waiting: [Waiting] = []
    var lastNumber = 0
    var isClosed = false

    /// Those whose turn it is.
    mutating func admitted() -> [Waiting] {
      var admitted: [Waiting] = []
      while let next = waiting.first, next.count <= free {
        free -= next.count
        admitted.append(waiting.removeFirst())
      }
      return admitted
    }
  }

  private let state: Mutex<State>
  private let size: Int

  init(for size: Int) {
    self.size = size
    state = Mutex(State(free: size))
  }

  var isWaitedFor: Bool { state.withLock { !$0.waiting.isEmpty } }

  /// Waits for the room; false if the task is cancelled before there is any. `leave` gives it back.
  func enter(_ count: Int) async -> Bool {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waiting = Waiting(number: number, count: min(count, size), continuation: continuation)
        if let isIn = begin(waiting) { continuation.resume(returning: isIn) }
      }
    } onCancel: {
      self.giveUp(number)
    }
  }

  func leave(_ count: Int) {
    let admitted = state.withLock { state in
      state.free += min(count, size)
      return state.admitted()
    }
    for each in admitted { each.continuation.resume(returning: true) }
  }

  /// Nobody waits any more.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for each in waiting { each.continuation.resume(returning: true) }
  }

  /// nil: it waits.
  private func begin(_ waiting: Waiting) -> Bool? {
    state.withLock { state in
      if state.isClosed { return true }
      // Whoever cancels later finds it waiting.
      if Task.isCancelled { return false }
      guard state.waiting.isEmpty, waiting.count <= state.free else {
        state.waiting.append(waiting)
        return nil
      }
      state.free -= waiting.count
      return true
    }
  }

  private func giveUp(_ number: Int) {
    let (given, admitted) = state.withLock { state in
      let index = state.waiting.firstIndex { $0.number == number }
      let given = index.map { state.waiting.remove(at: $0) }
      return (given, state.admitted())
    }
    given?.continuation.resume(returning: false)
    for each in admitted { each.continuation.resume(returning: true) }
  }
}

/// What one reader takes up of the room for all: nothing for as long as it has read little, then all that it may read, so
/// that nobody waits for room who holds some.
struct Share {
  /// So much each may read besides.
  static let free = 65_536

  private let room: Room
  private let watchdog: Watchdog?
  /// Time for the rest, once there is room.
  private let patience: Duration?
  private var held: Int?

  init(of room: Room, _ watchdog: Watchdog?, patience: Duration?) {
    self.room = room
    self.watchdog = watchdog
    self.patience = patience
  }

  /// To be called before more is read: so much is there, and it may become `most`.
  mutating func cover(_ count: Int, upTo most: Int) async throws(HTTPFailure) {
    guard count > Self.free, held == nil else { return }
    // That others read is no fault of this one's.
    watchdog?.allow(nil)
    guard await room.enter(most) else { throw .closed }
    held = most
    watchdog?.allow(patience)
  }

  mutating func release() {
    guard let held else { return }
    self.held = nil
    room.leave(held)
  }
}
