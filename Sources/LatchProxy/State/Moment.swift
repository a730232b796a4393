#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A moment on two clocks: the one that people set and the one that nobody sets.
package struct Moment: Sendable, Equatable {
  /// Milliseconds since 1970.
  package var wall: Int
  /// Milliseconds since the machine was started, sleep included.
  package var uptime: Int

  package init(wall: Int, uptime: Int) {
    self.wall = wall
    self.uptime = uptime
  }

  package static func now() -> Moment {
    #if canImport(Darwin)
      Moment(wall: milliseconds(CLOCK_REALTIME), uptime: milliseconds(CLOCK_MONOTONIC))
    #else
      Moment(wall: milliseconds(CLOCK_REALTIME), uptime: milliseconds(CLOCK_BOOTTIME))
    #endif
  }

  private static func milliseconds(_ clock: clockid_t) -> Int {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
