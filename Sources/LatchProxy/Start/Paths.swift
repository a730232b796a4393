import LatchMCP
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
      alsoProtected: spellings(of: absolute(bundle)) + spellings(of: state))
  }

  /// A directory of the user's own, after the XDG Base Directory Specification; nil without an absolute home.
  static func ofUser(_ variable: String, else fallback: String, _ references: References) -> String? {
    if let base = references.environment[variable], base.utf8.first == UInt8(ascii: "/") { return "\(base)/latch" }
    return references.home.map { "\($0)/\(fallback)/latch" }
  }

  private static func spellings(of path: String?) -> [String] {
    guard let path else { return [] }
    guard let real = real(path), !real.utf8.elementsEqual(path.utf8) else { return [path] }
    return [path, real]
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
