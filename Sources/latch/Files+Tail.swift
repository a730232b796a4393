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
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw tailFailure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw tailFailure(path) }
    let size = Int(status.st_size) - offset
    guard size > 0 else { return [] }
    guard size <= longestTail else { throw Failure("`\(path)` is larger than 1 GiB") }
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(descriptor, buffer.baseAddress.map { unsafe $0 + done }, size - done, off_t(offset + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw tailFailure(path) }
      guard count > 0 else { break }
      done += count
    }
    return Array(bytes[..<done])
  }

  private static func tailFailure(_ path: String) -> Failure {
    let problem = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown reason"
    return Failure("cannot read `\(path)`: \(problem)")
  }

  /// Does nothing for a while.
  static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}
