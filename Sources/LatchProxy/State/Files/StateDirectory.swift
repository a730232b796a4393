#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The directory that holds the state, and for no eyes but its owner's.
///
/// Files in it are asked after, but the database is never opened and closed here: that would take away the locks which
/// SQLite holds on it in this process.
struct StateDirectory: ~Copyable {
  /// The real path.
  let path: String
  let descriptor: Int32

  static let database = "state.db"
  static let counter = "state.counter"

  /// Makes the directory if it is not there; one that others can enter or that is another's is refused.
  init(_ path: String) throws(StateError) {
    guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else {
      throw .unreachable(path: path, problem: "the path is not absolute")
    }
    try makeDirectories(path)
    guard let real = real(path) else { throw .unreachable(path: path, errno: errno) }
    let descriptor = unsafe open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreachable(path: path, errno: errno) }
    do throws(StateError) {
      try requirePrivate(status(of: descriptor, path: real), path: real, type: S_IFDIR)
    } catch {
      close(descriptor)
      throw error
    }
    self.path = real
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  func path(of name: String) -> String { "\(path)/\(name)" }

  /// Which file has the name now, or nil if none has. One that others can open, or that is none, is refused.
  func identity(of name: String) throws(StateError) -> FileIdentity? {
    var found = stat()
    if unsafe fstatat(descriptor, name, &found, AT_SYMLINK_NOFOLLOW) != 0 {
      let code = errno
      if code == ENOENT { return nil }
      throw .unreachable(path: path(of: name), errno: code)
    }
    try requirePrivate(found, path: path(of: name), type: S_IFREG)
    return FileIdentity(found)
  }

  /// Makes an empty file, unless one is there.
  func createEmpty(_ name: String) throws(StateError) {
    let made = unsafe openat(descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let code = errno
    guard made >= 0 || code == EEXIST else { throw .file(path(of: name), errno: code) }
    if made >= 0 { close(made) }
  }
}

/// A file, whatever it is called.
struct FileIdentity: Sendable, Equatable {
  private let device: UInt64
  private let inode: UInt64

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }
}

private func makeDirectories(_ path: String) throws(StateError) {
  var prefix = ""
  for name in path.split(separator: "/") {
    prefix += "/\(name)"
    if unsafe mkdir(prefix, 0o700) == 0 || errno == EEXIST { continue }
    let code = errno
    // A directory that we may not write to may well be there.
    guard unsafe access(prefix, F_OK) != 0 else { continue }
    throw .file(prefix, errno: code)
  }
}

private func status(of descriptor: Int32, path: String) throws(StateError) -> stat {
  var found = stat()
  guard unsafe fstat(descriptor, &found) == 0 else { throw .unreachable(path: path, errno: errno) }
  return found
}

private func requirePrivate(_ status: stat, path: @autoclosure () -> String, type: mode_t) throws(StateError) {
  guard status.st_mode & S_IFMT == type else {
    throw .unreachable(path: path(), problem: type == S_IFDIR ? "it is not a directory" : "it is not a regular file")
  }
  guard status.st_uid == geteuid() else { throw .foreignOwner(path: path()) }
  guard status.st_mode & 0o077 == 0 else { throw .accessibleByOthers(path: path()) }
}

private func real(_ path: String) -> String? {
  guard let found = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(found) }
  return unsafe String(cString: found)
}
