import NIOCore
import Synchronization

/// Cancels a task that takes too long. Whoever works moves the moment away; moving it costs next to nothing.
final class Watchdog: Sendable {
  private struct State {
    var task: Task<Void, Never>?
    var end: NIODeadline?
    var timer: Scheduled<Void>?
    /// When the timer looks next.
    var look = NIODeadline.distantFuture
    var hasBitten = false
    var isFinal = false
  }

  private let state = Mutex(State())
  private let loop: any EventLoop

  init(on loop: any EventLoop) { self.loop = loop }

  /// Whether it has ended its task.
  var hasBitten: Bool { state.withLock { $0.hasBitten } }

  func guards(_ task: Task<Void, Never>) {
    let isLate = state.withLock { state in
      state.task = task
      return state.hasBitten
    }
    if isLate { task.cancel() }
  }

  /// From now on the task may take so long; nil: as long as it likes.
  func allow(_ duration: Duration?) {
    state.withLock { state in
      guard !state.isFinal else { return }
      set(duration.map { .now() + TimeAmount($0) }, &state)
    }
  }

  /// The last word: nothing moves the moment any more.
  func end(within duration: Duration) {
    state.withLock { state in
      guard !state.isFinal else { return }
      set(.now() + TimeAmount(duration), &state)
      state.isFinal = true
    }
  }

  /// The task is over.
  func rest() {
    state.withLock { state in
      state.timer?.cancel()
      state.timer = nil
      state.task = nil
      state.isFinal = true
    }
  }

  private func set(_ end: NIODeadline?, _ state: inout State) {
    state.end = end
    guard let end, end < state.look else { return }
    arm(end, &state)
  }

  private func arm(_ end: NIODeadline, _ state: inout State) {
    state.timer?.cancel()
    state.look = end
    state.timer = loop.scheduleTask(deadline: end) { self.look() }
  }

  private func look() {
    let task: Task<Void, Never>? = state.withLock { state in
      state.look = .distantFuture
      guard let end = state.end, state.timer != nil else { return nil }
      if end > .now() {
        arm(end, &state)
        return nil
      }
      state.hasBitten = true
      return state.task
    }
    task?.cancel()
  }
}
