import LatchLaunch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The program that also reaches upstreams over HTTP. It lies beside this one: what nobody needs who starts programs on
/// this machine (TLS, HTTP) is neither in memory there nor within anyone's reach.
enum HTTPProgram {
  static let name = "latch-proxy-http"

  /// Goes on as that program, with the same words and streams; returns only if that is not possible.
  static func become(_ words: [String]) -> StartError {
    guard let own = ownPath, let slash = own.lastIndex(of: "/") else {
      return StartError("the upstream is reached over HTTP, and where `\(name)` is cannot be known")
    }
    let program = "\(own[...slash])\(name)"
    // A link back to this program would go round for ever.
    guard Paths.real(program).map({ !$0.utf8.elementsEqual(own.utf8) }) ?? true else {
      return StartError("the upstream is reached over HTTP, and `\(program)` is only another name of latch-proxy")
    }
    let texts = unsafe ([program] + words).map { unsafe strdup($0) } + [nil]
    unsafe execv(program, texts)
    let problem = describe(errno)
    unsafe texts.forEach { unsafe free($0) }
    return StartError(
      "the upstream is reached over HTTP, for which `\(program)` is needed, and it cannot be started: \(problem)")
  }

  /// Where the file of this process is, with all links followed.
  private static var ownPath: String? {
    #if canImport(Darwin)
      var size = UInt32(PATH_MAX)
      var path = [CChar](repeating: 0, count: Int(size))
      guard unsafe _NSGetExecutablePath(&path, &size) == 0 else { return nil }
      return Paths.real(unsafe String(cString: path))
    #else
      return Paths.real("/proc/self/exe")
    #endif
  }
}
