import LatchCompiler

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension Files {
  /// What a directory holds, links not followed. Where that cannot be told, an entry says so in the place of what may be
  /// there: a directory that cannot be read must not pass for one that holds nothing.
  static func entries(of path: String) -> [DirectoryEntry] {
    guard let directory = unsafe opendir(path.isEmpty ? "." : path) else { return [.unreadable(because: problem())] }
    defer { unsafe closedir(directory) }
    let descriptor = unsafe dirfd(directory)
    var entries: [DirectoryEntry] = []
    while true {
      // The end and a failure look alike but for this.
      errno = 0
      guard let found = unsafe readdir(directory) else { break }
      let entry = unsafe withUnsafePointer(to: &found.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe look(at: $0, in: descriptor) }
      }
      if let entry, ![".", ".."].contains(entry.name) { entries.append(entry) }
    }
    if errno != 0 { entries.append(.unreadable(because: problem())) }
    return entries
  }

  /// Nil for what is gone by now. It is looked up by its very bytes, which may be no UTF-8.
  private static func look(at name: UnsafePointer<CChar>, in directory: Int32) -> DirectoryEntry? {
    let text = unsafe String(cString: name)
    var status = stat()
    guard unsafe fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      return errno == ENOENT ? nil : DirectoryEntry(name: text, kind: .unreadable(problem()))
    }
    let kind: DirectoryEntry.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink(mayBeDirectory: unsafe mayLeadToDirectory(name, in: directory))
      default: .other
      }
    return DirectoryEntry(name: text, kind: kind)
  }

  /// False only where it is certain that a link leads to none.
  private static func mayLeadToDirectory(_ link: UnsafePointer<CChar>, in directory: Int32) -> Bool {
    var status = stat()
    guard unsafe fstatat(directory, link, &status, 0) == 0 else { return ![ENOENT, ENOTDIR, ELOOP].contains(errno) }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// What the system says of the last failure.
  private static func problem() -> String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "unknown reason"
  }
}
