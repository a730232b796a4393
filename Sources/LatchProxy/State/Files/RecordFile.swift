#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A small file that always holds one record of one length, written over in place.
struct RecordFile: ~Copyable {
  static let length = 192
  let identity: FileIdentity
  private let descriptor: Int32
  private let path: String

  /// Opens the file of that name; nil if there is none.
  static func open(_ name: String, in directory: borrowing StateDirectory) throws(StateError) -> RecordFile? {
    guard let identity = try directory.identity(of: name) else { return nil }
    let path = directory.path(of: name)
    let descriptor = unsafe openat(directory.descriptor, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(path, errno: errno) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, FileIdentity(status) == identity else {
      close(descriptor)
      throw .unreachable(path: path, problem: "it was replaced while it was opened")
    }
    return RecordFile(identity: identity, descriptor: descriptor, path: path)
  }

  /// Makes the file whole and lasting, unless one of that name is there by then.
  static func create(
    _ name: String, _ record: [UInt8], in directory: borrowing StateDirectory
  ) throws(StateError) {
    let draft = "\(name).\(UInt64.random(in: .min ... .max))"
    let path = directory.path(of: name)
    let descriptor = unsafe openat(directory.descriptor, draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(path, errno: errno) }
    defer {
      close(descriptor)
      unsafe unlinkat(directory.descriptor, draft, 0)
    }
    guard write(record, to: descriptor), fsync(descriptor) == 0 else { throw .file(path, errno: errno) }
    let linked = unsafe linkat(directory.descriptor, draft, directory.descriptor, name, 0)
    guard linked == 0 || errno == EEXIST else { throw .file(path, errno: errno) }
    fsync(directory.descriptor)
  }

  deinit { close(descriptor) }

  func read() throws(StateError) -> [UInt8] {
    var record = [UInt8](repeating: 0, count: Self.length + 1)
    let count = unsafe record.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw .file(path, errno: errno) }
    return Array(record[..<count])
  }

  /// Writes what `change` makes of the record, while no other process does so.
  func update(_ change: ([UInt8]) throws(StateError) -> [UInt8]) throws(StateError) {
    try lock()
    defer { flock(descriptor, LOCK_UN) }
    guard Self.write(try change(read()), to: descriptor) else { throw .file(path, errno: errno) }
  }

  /// Others hold the lock for microseconds; one who holds it for a second means harm.
  private func lock() throws(StateError) {
    for _ in 0..<1000 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw .file(path, errno: errno) }
      usleep(1000)
    }
    throw .locked
  }

  private static func write(_ record: [UInt8], to descriptor: Int32) -> Bool {
    unsafe record.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) } == record.count
  }
}
