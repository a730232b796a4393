import LatchLaunch
import LatchPolicy

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What `latch-self` protects, each as given and as its real path.
enum Paths {
  static func protected(_ references: References, bundle: String, state: String) -> ProjectPaths {
    ProjectPaths(
      projects: spellings(of: references.project), homes: spellings(of: references.home),
      alsoProtected: [absolute(bundle), state].compactMap(\.self).flatMap { spellings(of: $0) }
        + [("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", ".local/share")].flatMap { variable, fallback in
          spellings(of: ofUser(variable, else: fallback, references))
        })
  }

  /// A directory of the user's own, after the XDG Base Directory Specification; nil without an absolute home.
  static func ofUser(_ variable: String, else fallback: String, _ references: References) -> String? {
    if let base = references.environment[variable], base.utf8.first == UInt8(ascii: "/") { return "\(base)/latch" }
    return references.home.map { "\($0)/\(fallback)/latch" }
  }

  private static func spellings(of path: String?) -> [String] {
    guard let path else { return [] }
    // What is not there yet may be made below a link.
    let bytes = Array(path.utf8)
    guard let real = FileLinks().realPath(of: bytes.span), !real.elementsEqual(bytes) else { return [path] }
    return [path, String(decoding: real, as: UTF8.self)]
  }

  /// A path that the client wrote relative to where it starts us.
  private static func absolute(_ path: String) -> String? {
    path.utf8.first == UInt8(ascii: "/") ? path : real(path)
  }

  static func real(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}
