import LatchClients
import LatchCompiler
import LatchPolicy
import LatchSource

/// A project's files as they were read, and how the compiler is to take them.
struct LoadedProject {
  let project: Project
  let files: ProjectFiles

  init(_ project: Project) throws(Failure) {
    self.project = project
    let root = ProjectFile(path: "latch.yaml", bytes: try project.read("latch.yaml"))
    let includes = findIncludes(in: root) { Files.entries(of: project.path($0)) }
    var included: [ProjectFile] = []
    for path in includes.paths { included.append(ProjectFile(path: path, bytes: try project.read(path))) }
    let lock = try project.readIfPresent("latch.lock").map { ProjectFile(path: "latch.lock", bytes: $0) }
    files = ProjectFiles(root: root, included: included, lock: lock, found: includes.found)
  }

  var settings: CompilerSettings { .standard }

  /// What the lock holds, if there is one that can be read.
  var lock: LockFile? {
    files.lock.flatMap { readLock(Source(path: $0.path, bytes: $0.bytes)).accepted }
  }
}

extension CompilerSettings {
  /// The clients and the files of theirs that this release knows, the same on every machine.
  static let standard = CompilerSettings(
    clients: Client.all.map(\.id), protectedPaths: clientFiles, compiler: "latch \(Latch.version)")

  private static var clientFiles: [ProtectedPath] {
    Client.all.flatMap { client in
      let home = Set(client.linuxPaths + client.macPaths).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return client.projectPaths.map { ProtectedPath(.project, $0, kind: .client) }
        + home.map { ProtectedPath(.home, $0, kind: .client) }
    }
  }
}
