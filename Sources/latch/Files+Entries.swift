import LatchCompiler

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Files {
  /// What a directory holds, links not followed; nothing if it cannot be read.
  static func entries(of path: String) -> [DirectoryEntry] {
    guard let directory = unsafe opendir(path.isEmpty ? "." : path) else { return [] }
    defer { unsafe closedir(directory) }
    var entries: [DirectoryEntry] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if [".", ".."].contains(name) { continue }
      entries.append(DirectoryEntry(name: name, kind: kind(of: "\(path.isEmpty ? "." : path)/\(name)")))
    }
    return entries
  }

  private static func kind(of path: String) -> DirectoryEntry.Kind {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return .other }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    case S_IFLNK: return .symbolicLink
    default: return .other
    }
  }
}
