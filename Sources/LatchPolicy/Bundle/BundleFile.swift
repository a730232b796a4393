#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The system's `read`, under a name that the function below does not hide.
private let readBytes = unsafe read

/// The file a bundle lies in: opened once, read into private memory, never opened again.
package enum BundleFile {
  package static let limit = 268_435_456

  /// The bytes of a regular file that only its owner (the user or root) can write.
  package static func read(path: String) throws(BundleError) -> [UInt8] {
    // Without O_NONBLOCK a FIFO put in the file's place would hold the proxy for ever.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    defer { close(descriptor) }
    return try contents(of: descriptor, size: try trustedSize(of: descriptor, path: path), path: path)
  }

  private static func trustedSize(of descriptor: Int32, path: String) throws(BundleError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .cannotOpen(path: path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else { throw .writableByOthers(path: path) }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .foreignOwner(path: path) }
    guard status.st_size <= limit else { throw .tooLarge(path: path) }
    return Int(status.st_size)
  }

  /// Reads to the end even where the file grew meanwhile: what was read is what is judged.
  private static func contents(of descriptor: Int32, size: Int, path: String) throws(BundleError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 1)
    var chunk = [UInt8](repeating: 0, count: max(4096, min(size + 1, 1 << 20)))
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe readBytes(descriptor, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return bytes }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .cannotOpen(path: path, errno: errno) }
      guard bytes.count + count <= limit else { throw .tooLarge(path: path) }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}
