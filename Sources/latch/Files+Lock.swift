#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What only one process does at a time: the file is locked as long as this lives, and stays when it is gone.
final class FileLock {
  private let descriptor: Int32

  /// nil if another holds it.
  init?(_ path: String) throws(Failure) {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Files.failure("lock", path) }
    self.descriptor = descriptor
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 { return nil }
  }

  deinit { close(descriptor) }
}
