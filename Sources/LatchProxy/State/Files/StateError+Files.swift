#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension StateError {
  /// What a system call's error number means for a file.
  static func file(_ path: String, errno code: Int32) -> StateError {
    switch code {
    case ENOSPC, EDQUOT: .full
    case EROFS, EACCES, EPERM: .readOnly
    default: .unreachable(path: path, errno: code)
    }
  }

  static func unreachable(path: String, errno code: Int32) -> StateError {
    guard let text = unsafe strerror(code) else { return .unreachable(path: path, problem: "error \(code)") }
    return .unreachable(path: path, problem: unsafe String(cString: text))
  }
}
