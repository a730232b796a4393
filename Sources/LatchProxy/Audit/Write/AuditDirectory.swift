import LatchLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where the files of the record lie: a directory a day, in one that only the user may enter.
struct AuditDirectory: Sendable {
  /// `audit`, below the state directory.
  let path: String

  init(state: String) throws(AuditError) {
    try Self.make(state, ancestors: true)
    path = "\(state)/audit"
    try Self.make(path)
  }

  /// Makes a new file for the day; its name is one that nobody can have foreseen.
  func file(of upstream: String, at time: UTCTime, synced: Bool) throws(AuditError) -> AuditFile {
    let day = "\(path)/\(time.date)"
    try Self.make(day)
    var system = SystemRandomNumberGenerator()
    let random = String(system.next() | 1 << 63, radix: 16)
    let clock = time.text.utf8.dropFirst(11).prefix(8).filter { $0 != 0x3A }
    let start = String(decoding: clock, as: UTF8.self)
    let file = try AuditFile(name: "\(time.date)/\(Self.safe(upstream))-\(start)-\(random).jsonl", in: path)
    if synced { for directory in [day, path] { try Self.sync(directory) } }
    return file
  }

  /// Takes away a file that nothing was recorded in.
  func remove(_ file: AuditFile) { unsafe unlink("\(path)/\(file.name)") }

  /// An upstream's name has no other characters by the policy's schema; a file's must not.
  private static func safe(_ name: String) -> String {
    let kept = name.utf8.prefix(64).map { byte -> UInt8 in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: byte
      default: 0x5F
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// Makes the directory, for its owner alone, if it is not there; one that others may write to is refused.
  private static func make(_ path: String, ancestors: Bool = false) throws(AuditError) {
    func failed(_ problem: String) -> AuditError { .directory(path: path, problem: problem) }
    guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else { throw failed("it is no absolute path") }
    if makeOne(path) { return }
    if errno == ENOENT, ancestors, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex {
      try make(String(path[..<slash]), ancestors: true)
      if makeOne(path) { return }
    }
    guard errno == EEXIST else { throw failed(describe(errno)) }
    try check(path)
  }

  /// Not left to the umask, which may take from the owner too.
  private static func makeOne(_ path: String) -> Bool { unsafe mkdir(path, 0o700) == 0 && chmod(path, 0o700) == 0 }

  private static func check(_ path: String) throws(AuditError) {
    func failed(_ problem: String) -> AuditError { .directory(path: path, problem: problem) }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw failed(describe(errno)) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw failed("it is not a directory") }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw failed("it belongs to another user") }
    // In a directory like `/tmp`, nobody can rename what is another's.
    guard status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0 else {
      throw failed("others may write to it; run `chmod go-w` on it")
    }
  }

  /// A new name is on the disk only when its directory is.
  private static func sync(_ path: String) throws(AuditError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .directory(path: path, problem: describe(errno)) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .directory(path: path, problem: describe(errno)) }
  }
}
