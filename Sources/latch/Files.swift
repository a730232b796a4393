#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The one door to files: whole reads with a bound, and writes that leave either the old file or the new one.
enum Files {
  /// Larger than anything that is read here.
  private static let limit = 268_435_456

  /// All bytes of what the command line names, which may be a pipe (`<(…)`); `-` is standard input.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    if path.utf8.elementsEqual("-".utf8) { return try contents(of: 0, path: "standard input") }
    guard let descriptor = try openIfPresent(path) else { throw Failure("`\(path)` does not exist") }
    defer { close(descriptor) }
    return try contents(of: descriptor, path: path)
  }

  /// All bytes of a file, or nil if there is no such file. Anything but a regular file is refused.
  static func readIfPresent(_ path: String) throws(Failure) -> [UInt8]? {
    // Without O_NONBLOCK a FIFO in the file's place would hold us for ever.
    guard let descriptor = try openIfPresent(path, O_NONBLOCK) else { return nil }
    defer { close(descriptor) }
    try requireRegular(descriptor, path: path)
    return try contents(of: descriptor, path: path)
  }

  private static func openIfPresent(_ path: String, _ flags: Int32 = 0) throws(Failure) -> Int32? {
    guard !path.utf8.contains(0) else { throw Failure("a path cannot hold a NUL character") }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | flags)
    if descriptor >= 0 { return descriptor }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw failure("read", path)
  }

  /// How long the file is.
  @discardableResult
  static func requireRegular(_ descriptor: Int32, path: String) throws(Failure) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Failure("cannot read `\(path)`: it is no regular file") }
    return Int(status.st_size)
  }

  private static func contents(of descriptor: Int32, path: String) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe systemRead(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", path) }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { throw Failure("`\(path)` is larger than 256 MiB") }
    }
  }

  /// Writes the file by rename if its bytes would change; tells whether it did.
  @discardableResult
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(Failure) -> Bool {
    if try readIfPresent(path) == bytes { return false }
    let directory = directory(of: path)
    try makeDirectory(directory)
    let temporary = "\(directory)/.\(name(of: path)).\(getpid()).new"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure("write", path) }
    let written = unsafe bytes.withUnsafeBytes { unsafe writeAll(descriptor, $0) }
    // Not left to the umask: a bundle that others may write is refused by the proxy.
    let isWhole = written && fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0
    let isClosed = close(descriptor) == 0
    guard isWhole, isClosed, unsafe rename(temporary, path) == 0 else {
      let failed = failure("write", path)
      unsafe unlink(temporary)
      throw failed
    }
    return true
  }

  static func makeDirectory(_ path: String, mode: mode_t = 0o755) throws(Failure) {
    if isDirectory(path) { return }
    let parent = directory(of: path)
    if !parent.utf8.elementsEqual(path.utf8) { try makeDirectory(parent, mode: mode) }
    if unsafe mkdir(path, mode) != 0, errno != EEXIST { throw failure("make", path) }
  }

  static func isDirectory(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

  static func isRegular(_ path: String) -> Bool { kind(of: path) == S_IFREG }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  static func isWritableByOwnerOnly(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & (S_IWGRP | S_IWOTH) == 0
      && (status.st_uid == geteuid() || status.st_uid == 0)
  }

  static func isExecutable(_ path: String) -> Bool { unsafe !isDirectory(path) && access(path, X_OK) == 0 }

  /// The path with links resolved, if it exists.
  static func realPath(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  /// The same, told apart from what cannot be looked at.
  static func realPathIfPresent(_ path: String) throws(Failure) -> String? {
    if let real = realPath(path) { return real }
    if errno == ENOENT || errno == ENOTDIR { return nil }
    throw failure("read", path)
  }

  static var workingDirectory: String { realPath(".") ?? "." }

  static func failure(_ verb: String, _ path: String) -> Failure {
    Failure("cannot \(verb) `\(path)`: \(lastSystemError())")
  }
}

/// Why the last call of the system has failed, in its own words.
func lastSystemError() -> String { unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown reason" }

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
  unsafe read(descriptor, bytes.baseAddress, bytes.count)
}

private func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
  var done = 0
  while done < bytes.count {
    let count = unsafe write(descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    done += count
  }
  return true
}

/// The directory that holds the path; `.` for a bare name.
func directory(of path: String) -> String {
  let parts = path.split(separator: "/", omittingEmptySubsequences: true)
  let head = parts.dropLast().joined(separator: "/")
  if path.utf8.first == UInt8(ascii: "/") { return "/" + head }
  return head.isEmpty ? "." : head
}

/// The last part of the path.
func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
