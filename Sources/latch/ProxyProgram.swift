import Foundation

/// Where latch-proxy is.
enum ProxyProgram {
  /// The given path, else the program beside this one; absolute, since clients do not share the shell's `PATH`.
  static func find(option: String?) throws(Failure) -> String {
    if let option {
      guard let path = Files.realPath(option), Files.isExecutable(path) else {
        throw Failure("`\(option)` is no program; say with `--proxy` where latch-proxy is")
      }
      return path
    }
    let here = Foundation.Bundle.main.executablePath.flatMap(Files.realPath)
    let beside = here.map { "\(directory(of: $0))/latch-proxy" }
    guard let beside, Files.isExecutable(beside) else {
      throw Failure("latch-proxy is not beside latch; say with `--proxy PATH` where it is")
    }
    return beside
  }
}
