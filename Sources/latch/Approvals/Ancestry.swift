import LatchClients

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The programs that this one was started by.
enum Ancestry {
  /// Refuses to go on under a client or a proxy: there it may be an agent that types.
  static func requirePerson() throws(Failure) {
    var id = getppid()
    for _ in 0..<most {
      guard id > 0 else { return }
      guard let (program, parent) = RunningProgram.seen(as: id) else {
        throw Failure("it cannot be seen what started this (process \(id)), so it may have been an agent")
      }
      if let name = steering(program) {
        throw Failure(
          "this runs under \(name) (process \(id)), where an agent may have typed it; use a terminal of your own")
      }
      id = parent
    }
    throw Failure("this was started through more than \(most) programs, so it may have been by an agent")
  }

  private static let most = 256

  private static func steering(_ program: RunningProgram) -> String? {
    ["latch-proxy", "latch-proxy-http"].first(where: program.isCalled) ?? program.client?.name
  }
}

extension RunningProgram {
  #if canImport(Darwin)
    /// The program that runs as a process, and the process that started it.
    fileprivate static func seen(as id: pid_t) -> (program: RunningProgram, parent: pid_t)? {
      var facts = proc_bsdshortinfo()
      let size = Int32(MemoryLayout<proc_bsdshortinfo>.size)
      guard unsafe proc_pidinfo(id, PROC_PIDT_SHORTBSDINFO, 0, &facts, size) == size else { return nil }
      let name = unsafe withUnsafeBytes(of: &facts.pbsi_comm) { unsafe text(Array($0)) }
      var path = [UInt8](repeating: 0, count: 4 * Int(MAXPATHLEN))
      let length = unsafe proc_pidpath(id, &path, UInt32(path.count))
      let program = RunningProgram(
        path: length > 0 ? text(path) : nil, name: name, arguments: argumentsOfProcess(id))
      return (program, pid_t(facts.pbsi_ppid))
    }

    /// What `KERN_PROCARGS2` gives: the number of arguments, the program's path, then the arguments.
    private static func argumentsOfProcess(_ id: pid_t) -> [String] {
      var query = [CTL_KERN, KERN_PROCARGS2, id]
      var size = 0
      guard unsafe sysctl(&query, 3, nil, &size, nil, 0) == 0, size > 4 else { return [] }
      var bytes = [UInt8](repeating: 0, count: size)
      guard unsafe sysctl(&query, 3, &bytes, &size, nil, 0) == 0, size > 4 else { return [] }
      let count = bytes[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
      let texts = bytes[4..<min(size, bytes.count)].drop { $0 != 0 }.drop { $0 == 0 }
      return texts.split(separator: 0, maxSplits: count).prefix(count).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
  #else
    /// The program that runs as a process, and the process that started it.
    fileprivate static func seen(as id: pid_t) -> (program: RunningProgram, parent: pid_t)? {
      // `ID (NAME) STATE PARENT …`, and the name may hold anything.
      guard let facts = contents(of: "/proc/\(id)/stat"), let start = facts.firstIndex(of: UInt8(ascii: "(")),
        let end = facts.lastIndex(of: UInt8(ascii: ")")), start < end
      else { return nil }
      let rest = facts[(end + 1)...].split(separator: UInt8(ascii: " "))
      guard rest.count > 1, let parent = pid_t(String(decoding: rest[1], as: UTF8.self)) else { return nil }
      let words = contents(of: "/proc/\(id)/cmdline")?.split(separator: 0) ?? []
      let program = RunningProgram(
        path: target(ofLink: "/proc/\(id)/exe"), name: String(decoding: facts[(start + 1)..<end], as: UTF8.self),
        arguments: words.map { String(decoding: $0, as: UTF8.self) })
      return (program, parent)
    }

    private static func contents(of path: String) -> [UInt8]? { (try? Files.readIfPresent(path)) ?? nil }

    private static func target(ofLink path: String) -> String? {
      var bytes = [CChar](repeating: 0, count: 4096)
      let count = unsafe readlink(path, &bytes, bytes.count)
      guard count > 0 else { return nil }
      let target = String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      let removed = " (deleted)"
      return target.hasSuffix(removed) ? String(target.dropLast(removed.count)) : target
    }
  #endif
}
