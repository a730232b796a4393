import LatchLaunch
import LatchMCP

/// The user's home directory, if it is known: absolute, no final slash.
var homeDirectory: String? {
  ProcessEnvironment.current()["HOME"].flatMap { home in
    let trimmed = home.count > 1 && home.hasSuffix("/") ? String(home.dropLast()) : home
    return trimmed.utf8.first == UInt8(ascii: "/") ? trimmed : nil
  }
}

/// Where Latch keeps what is the user's and not a project's, after the XDG base directories.
enum UserDirectories {
  static func configuration() throws(Failure) -> String { try directory("XDG_CONFIG_HOME", else: ".config") }

  static func data() throws(Failure) -> String { try directory("XDG_DATA_HOME", else: ".local/share") }

  static func state() throws(Failure) -> String { try directory("XDG_STATE_HOME", else: ".local/state") }

  private static func directory(_ variable: String, else fallback: String) throws(Failure) -> String {
    if let base = ProcessEnvironment.current()[variable], base.utf8.first == UInt8(ascii: "/") {
      return "\(base)/latch"
    }
    guard let home = homeDirectory else { throw Failure("the variable `HOME` is not set to an absolute path") }
    return "\(home)/\(fallback)/latch"
  }
}

/// The rest of the path, if it lies below the directory.
func relativePath(of path: String, below directory: String) -> String? {
  path.utf8.starts(with: "\(directory)/".utf8)
    ? String(decoding: path.utf8.dropFirst(directory.utf8.count + 1), as: UTF8.self) : nil
}
