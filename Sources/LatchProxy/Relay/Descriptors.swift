#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The system calls of the relay: the only unsafe code of this target besides `Threads.swift`.
enum Descriptors {
  /// Reads what is there into `buffer` from `start` on, waiting for at least a byte; 0 at the end, and on any error,
  /// which for a stream means the same.
  static func read(_ descriptor: Int32, into buffer: inout [UInt8], from start: Int) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe read(descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
      }
      if count >= 0 { return count }
      if errno == EAGAIN { waitFor(descriptor, POLLIN) } else if errno != EINTR { return 0 }
    }
  }

  private static func read(_ descriptor: Int32, _ space: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.read(descriptor, space.baseAddress, space.count)
    #else
      unsafe Glibc.read(descriptor, space.baseAddress, space.count)
    #endif
  }

  /// Writes all of the bytes; false if nobody reads them any more.
  static func write(_ bytes: Span<UInt8>, to descriptor: Int32) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      var rest = unsafe bytes[...]
      while unsafe !rest.isEmpty {
        let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
        let count = unsafe write(descriptor, part)
        if count >= 0 {
          unsafe rest = rest[(rest.startIndex + count)...]
        } else if errno == EAGAIN {
          waitFor(descriptor, POLLOUT)
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  private static func write(_ descriptor: Int32, _ part: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.write(descriptor, part.baseAddress, part.count)
    #else
      unsafe Glibc.write(descriptor, part.baseAddress, part.count)
    #endif
  }

  enum Wait { case readable, abandoned, timeOver }

  /// Waits until there is something to read, until nobody holds the other end of `watched` any more, or until the time
  /// is over; nil waits for ever.
  static func wait(for descriptor: Int32, within milliseconds: Int?, watching watched: Int32?) -> Wait {
    var entries = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
    if let watched { entries.append(pollfd(fd: watched, events: 0, revents: 0)) }
    let found = unsafe poll(&entries, nfds_t(entries.count), milliseconds.map { Int32(clamping: $0) } ?? -1)
    if found <= 0 { return .timeOver }
    return entries[0].revents != 0 ? .readable : .abandoned
  }

  /// Whether a few kilobytes can be written within the time without waiting for a reader.
  static func isWritable(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&entry, 1, milliseconds) > 0 && entry.revents & Int16(POLLOUT) != 0
  }

  /// For a descriptor that somebody made non-blocking: waits as a blocking one would have.
  private static func waitFor(_ descriptor: Int32, _ events: Int32) {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    _ = unsafe poll(&entry, 1, -1)
  }

  /// Where the first LF of the range is.
  static func firstLineFeed(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    unsafe bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, !range.isEmpty else { return nil }
      return unsafe memchr(start + range.lowerBound, 0x0A, range.count).map { unsafe start.distance(to: $0) }
    }
  }

  /// Microseconds on a clock that nobody sets.
  static func microseconds() -> Int {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }

  /// Milliseconds on a clock that nobody sets.
  static func now() -> Int {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
