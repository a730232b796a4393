#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Files {
  /// So much is read of a file at once: more than any that Latch keeps records in.
  private static let longestTail = 1_073_741_824

  /// What stands in a file from `offset` on; nothing if it is no longer than that.
  static func tail(of path: String, from offset: Int) throws(Failure) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { close(descriptor) }
    let size = try requireRegular(descriptor, path: path) - offset
    guard size > 0 else { return [] }
    guard size <= longestTail else { throw Failure("`\(path)` is larger than 1 GiB") }
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(descriptor, buffer.baseAddress.map { unsafe $0 + done }, size - done, off_t(offset + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", path) }
      guard count > 0 else { break }
      done += count
    }
    return Array(bytes[..<done])
  }

  /// Does nothing for a while.
  static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}
