import LatchLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One file of the record, open for writing at its end as long as the value lives. Who writes holds the chain's lock.
final class AuditFile: Sendable {
  /// As anchors and the next file name it: relative to the directory `audit`.
  let name: String
  private let descriptor: Int32

  /// Makes a file that was not there before.
  init(name: String, in directory: String) throws(AuditError) {
    let path = "\(directory)/\(name)"
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .file(path: path, problem: describe(errno)) }
    // Not left to the umask, which may take from the owner too.
    guard fchmod(descriptor, 0o600) == 0 else {
      let problem = describe(errno)
      close(descriptor)
      throw .file(path: path, problem: problem)
    }
    self.name = name
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Writes a whole line at `end`, at once if the system does; nothing of it if it cannot.
  func append(_ line: Span<UInt8>, at end: Int) throws(AuditFailure) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_nlink > 0 else {
      throw AuditFailure(problem: "the file is gone", leavesRemains: true)
    }
    var done = 0
    while done < line.count {
      let count = unsafe line.extracting(done..<line.count).withUnsafeBytes { unsafe systemWrite(descriptor, $0) }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        let problem = describe(errno)
        throw AuditFailure(problem: problem, leavesRemains: done > 0 && !cut(to: end))
      }
    }
  }

  /// Takes away what stands behind `end`; false if the system refuses.
  private func cut(to end: Int) -> Bool {
    while ftruncate(descriptor, off_t(end)) != 0 { if errno != EINTR { return false } }
    return true
  }

  /// Returns when the disk has all that was written.
  func sync() throws(AuditFailure) {
    while Self.sync(descriptor) != 0 {
      if errno != EINTR { throw AuditFailure(problem: describe(errno), leavesRemains: false) }
    }
  }

  private static func sync(_ descriptor: Int32) -> Int32 {
    #if canImport(Darwin)
      fcntl(descriptor, F_FULLFSYNC)
    #else
      fdatasync(descriptor)
    #endif
  }
}

/// What the system would not do.
struct AuditFailure: Error {
  var problem: String
  /// A part of the line stands in the file and cannot be taken away: nothing more may be written behind it.
  var leavesRemains: Bool
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Darwin)
    unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
  #else
    unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
  #endif
}
