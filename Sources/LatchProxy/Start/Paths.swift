import LatchMCP
import LatchPolicy

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What `latch-self` protects, each as given and as its real path.
enum Paths {
  static func protected(_ references: References, bundle: String) -> ProjectPaths {
    ProjectPaths(
      projects: spellings(of: references.project), homes: spellings(of: references.home),
      alsoProtected: spellings(of: absolute(bundle)))
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

  private static func real(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}
