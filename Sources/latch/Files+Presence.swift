#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Files {
  /// False only where it is certain that nothing has that path: what may not be looked at may be there.
  static func mayExist(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 || ![ENOENT, ENOTDIR].contains(errno)
  }

  /// The path from the root on.
  static func absolute(_ path: String) -> String { absolute(path, in: workingDirectory) }

  static func absolute(_ path: String, in directory: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : "\(directory)/\(path)"
  }
}
