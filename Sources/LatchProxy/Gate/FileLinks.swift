#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Links as the file system has them now.
package struct FileLinks: Sendable {
  package init() {}

  /// The real path of the longest ancestor that exists, and what follows it as it stands.
  ///
  /// A link that leads to nothing is none: whoever writes to it makes what it leads to.
  package func realPath(of path: [UInt8]) -> [UInt8]? {
    var ancestor = path
    while true {
      if let real = Self.real(ancestor) {
        // The root is nothing but the slash that begins what follows it.
        if ancestor.count == 1 { return path }
        return (real.count == 1 ? [] : real) + path[ancestor.count...]
      }
      guard !Self.exists(ancestor), let end = ancestor.lastIndex(of: slash) else { return nil }
      ancestor = end == 0 ? (ancestor.count > 1 ? [slash] : []) : Array(ancestor[..<end])
      if ancestor.isEmpty { return nil }
    }
  }

  private static func real(_ path: [UInt8]) -> [UInt8]? {
    let text = path.map { CChar(bitPattern: $0) } + [0]
    guard let found = unsafe realpath(text, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe Array(UnsafeBufferPointer(start: found, count: strlen(found))).map { UInt8(bitPattern: $0) }
  }

  /// Whether there is something of that name, or it cannot be known.
  private static func exists(_ path: [UInt8]) -> Bool {
    let text = path.map { CChar(bitPattern: $0) } + [0]
    var status = stat()
    return unsafe lstat(text, &status) == 0 || errno != ENOENT && errno != ENOTDIR
  }
}

private let slash = UInt8(ascii: "/")
