#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A moment by which something must have happened, on a clock that nobody can set.
package struct Deadline: Sendable {
  private var instant: ContinuousClock.Instant

  package init(in duration: Duration) { instant = ContinuousClock.now + duration }

  package var hasPassed: Bool { ContinuousClock.now >= instant }

  /// What `poll` wants: milliseconds left, at least 0 and at most a minute.
  package var milliseconds: Int32 {
    let left = ContinuousClock.now.duration(to: instant).components
    guard left.seconds >= 0 else { return 0 }
    return Int32(clamping: min(left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1, 60_000))
  }
}
