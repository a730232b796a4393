#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The longest first line that a secret may have.
private let longestSecret = 65_536

/// The first line of a file that only its owner may read; anything else is refused.
func firstLine(ofSecretFile path: String) throws(LaunchError) -> String {
  func refused(_ problem: String) -> LaunchError { .unreadableFile(path: path, problem: problem) }
  guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else {
    throw refused("write an absolute path, or one that begins with `~/`")
  }
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { throw refused(describe(errno)) }
  defer { close(descriptor) }
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else { throw refused(describe(errno)) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw refused("it is not a regular file") }
  guard status.st_mode & 0o077 == 0 else { throw refused("others may read it; run `chmod 600` on it") }
  guard status.st_uid == geteuid() || status.st_uid == 0 else { throw refused("it belongs to another user") }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while !bytes.contains(UInt8(ascii: "\n")) {
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { throw refused(describe(errno)) }
    guard count > 0 else { break }
    bytes += buffer[..<count]
    guard bytes.count <= longestSecret else { throw refused("its first line is longer than 64 KiB") }
  }
  guard let line = secretLine(of: bytes) else { throw refused("its first line is empty or not UTF-8 text") }
  return line
}

/// The first line without its end, if it says anything.
func secretLine(of bytes: [UInt8]) -> String? {
  var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
  if line.last == UInt8(ascii: "\r") { line.removeLast() }
  guard !line.isEmpty, !line.contains(0) else { return nil }
  return String(validating: line, as: UTF8.self)
}
