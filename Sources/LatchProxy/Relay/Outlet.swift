import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One stream that several threads write whole messages to.
///
/// Whoever may wait for the reader calls `write`. Whoever may not (a thread that has to go on reading, or else the
/// reader never reads) calls `enqueue` and then `deliver`: a thread of its own does the waiting. What was enqueued is
/// written before anything that is written later. Who holds nothing that others need then calls `waitForRoom`.
final class Outlet: Sendable {
  private struct Queue {
    var bytes: [UInt8] = []
    var hasCourier = false
  }

  /// So much may wait for a reader before `waitForRoom` waits.
  private static let bound = 1 << 24

  private let descriptor: Int32
  private let queue = Mutex(Queue())
  private let writing = Mutex(true)

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Writes what was enqueued, then this; false if nobody reads any more.
  func write(_ bytes: Span<UInt8>) -> Bool {
    writing.withLock { isOpen in
      isOpen = isOpen && drain() && Descriptors.write(bytes, to: descriptor)
      return isOpen
    }
  }

  /// Puts whole messages in line without waiting for anything.
  func enqueue(_ bytes: [UInt8]) { queue.withLock { $0.bytes += bytes } }

  /// Sees to it that what was enqueued gets written, by a thread of its own.
  func deliver() {
    let isNeeded = queue.withLock { queue in
      let isNeeded = !queue.hasCourier && !queue.bytes.isEmpty
      if isNeeded { queue.hasCourier = true }
      return isNeeded
    }
    if isNeeded, !startThread({ self.carry() }) { carry() }
  }

  /// Returns when less is in line than may be; waits for the reader.
  func waitForRoom() {
    if queue.withLock({ $0.bytes.count > Self.bound }) { writing.withLock { $0 = $0 && drain() } }
  }

  /// Waits a while until what was enqueued is written.
  func settle(within milliseconds: Int) {
    let end = Descriptors.now() + milliseconds
    while queue.withLock({ $0.hasCourier || !$0.bytes.isEmpty }), Descriptors.now() < end { usleep(1000) }
  }

  private func carry() {
    writing.withLock { isOpen in
      repeat { isOpen = isOpen && drain() } while isOpen && !retire()
      if !isOpen { queue.withLock { $0 = Queue() } }
    }
  }

  /// The courier goes if there is nothing left to do.
  private func retire() -> Bool {
    queue.withLock { queue in
      queue.hasCourier = !queue.bytes.isEmpty
      return !queue.hasCourier
    }
  }

  /// Called with `writing` held.
  private func drain() -> Bool {
    while true {
      let waiting = queue.withLock { queue in
        let bytes = queue.bytes
        queue.bytes = []
        return bytes
      }
      if waiting.isEmpty { return true }
      if !Descriptors.write(waiting.span, to: descriptor) { return false }
    }
  }
}
