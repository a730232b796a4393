import LatchLaunch
import LatchPolicy

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What `latch-self` protects, each as given and as its real path.
enum Paths {
  static func protected(
    _ references: References, _ protected: [ProtectedPath], _ launch: Launch, bundle: String, state: String
  ) -> ProjectPaths {
    var paths = ProjectPaths(
      projects: spellings(of: references.project), homes: spellings(of: references.home),
      alsoProtected: [absolute(bundle), state].compactMap(\.self).flatMap { spellings(of: $0) }
        + [("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", ".local/share")].flatMap { variable, fallback in
          spellings(of: ofUser(variable, else: fallback, references))
        },
      workingDirectories: spellings(of: workingDirectory(of: launch, references)))
    // `include:` follows no links.
    paths.alsoProtected += protected.filter { $0.pattern.isEmpty }.compactMap { place in
      (place.base == .project ? paths.projects : paths.homes).last.flatMap { linked("\($0)/\(place.path)") }
    }
    return paths
  }

  /// Where the upstream's program runs: its `cwd`, else where the client has started us.
  private static func workingDirectory(of launch: Launch, _ references: References) -> String? {
    guard case .stdio(_, _, _, let directory, _) = launch else { return nil }
    guard let directory else { return real(".") }
    // What cannot be resolved is said when the program is to be started.
    guard let place = try? references.resolve(directory) else { return nil }
    return place.utf8.first == slash ? place : real(".").map { "\($0)/\(place)" }
  }

  /// A directory of the user's own, after the XDG Base Directory Specification; nil without an absolute home.
  static func ofUser(_ variable: String, else fallback: String, _ references: References) -> String? {
    if let base = references.environment[variable], base.utf8.first == slash { return "\(base)/latch" }
    return references.home.map { "\($0)/\(fallback)/latch" }
  }

  private static func spellings(of path: String?) -> [String] {
    guard let path else { return [] }
    // What is not there yet may be made below a link.
    let bytes = Array(path.utf8)
    guard let real = FileLinks().realPath(of: bytes) ?? LinkWalk().destination(of: bytes),
      !real.elementsEqual(bytes)
    else { return [path] }
    return [path, String(decoding: real, as: UTF8.self)]
  }

  /// What a path without links but its last ones leads to, if there are any; as it is now, not when a call is judged.
  private static func linked(_ path: String) -> String? {
    let bytes = Array(path.utf8)
    guard let real = LinkWalk().destination(of: bytes), !real.elementsEqual(bytes) else { return nil }
    return String(decoding: real, as: UTF8.self)
  }

  /// A path that the client wrote relative to where it starts us.
  private static func absolute(_ path: String) -> String? {
    path.utf8.first == slash ? path : real(path)
  }

  static func real(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}

private let slash = UInt8(ascii: "/")
