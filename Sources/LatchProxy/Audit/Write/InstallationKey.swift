import LatchLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The secret that arguments are digested with: equal arguments can be told in the record, and nobody without the key
/// can find out by trying which they were.
struct InstallationKey: Sendable {
  static let size = 32

  let digest: KeyedDigest
  /// Tells keys apart without saying anything of them: 16 hexadecimal digits.
  let id: String

  private init(_ bytes: [UInt8]) {
    digest = KeyedDigest(key: bytes)
    id = String(RecordDigest(of: (Array("latch-audit-key-v1\n".utf8) + bytes)[...]).hexadecimal.prefix(16))
  }

  /// Reads the key of the state directory, which exists, or makes it if there is none.
  init(state: String) throws(AuditError) {
    let path = "\(state)/audit.key"
    if let bytes = try Self.bytes(of: path) {
      self.init(bytes)
    } else {
      try Self.make(path)
      guard let bytes = try Self.bytes(of: path) else { throw .key(path: path, problem: "it vanished") }
      self.init(bytes)
    }
  }

  private static func bytes(of path: String) throws(AuditError) -> [UInt8]? {
    func failed(_ problem: String) -> AuditError { .key(path: path, problem: problem) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failed(describe(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failed(describe(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failed("it is not a regular file") }
    guard status.st_mode & 0o077 == 0 else { throw failed("others may read it; run `chmod 600` on it") }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw failed("it belongs to another user") }
    guard status.st_size == Self.size else { throw failed("it does not hold \(Self.size) bytes") }
    var bytes = [UInt8](repeating: 0, count: Self.size)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    guard count == Self.size else { throw failed("it cannot be read whole") }
    return bytes
  }

  /// Writes a key under a name of its own first: a key is there whole or not at all, and the first one stays.
  private static func make(_ path: String) throws(AuditError) {
    func failed(_ problem: String) -> AuditError { .key(path: path, problem: problem) }
    var system = SystemRandomNumberGenerator()
    let temporary = "\(path).\(String(system.next(), radix: 16))"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failed(describe(errno)) }
    defer { unsafe unlink(temporary) }
    let bytes = (0..<Self.size).map { _ in UInt8.random(in: .min ... .max, using: &system) }
    let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    let isWhole = count == Self.size && fchmod(descriptor, 0o600) == 0 && fsync(descriptor) == 0
    let problem = describe(errno)
    close(descriptor)
    guard isWhole else { throw failed(problem) }
    guard unsafe link(temporary, path) == 0 || errno == EEXIST else { throw failed(describe(errno)) }
  }
}
