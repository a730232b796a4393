import LatchCompiler
import LatchPolicy
import LatchSource
import LatchTestSupport

/// What the tests tell the compiler: few clients, so that fixtures do not change with the table of clients.
let testSettings = CompilerSettings(
  clients: ["claude-code", "cursor", "vscode"],
  protectedPaths: [ProtectedPath(.home, ".cursor/mcp.json", kind: .client)], compiler: "latch test")

extension ProjectFiles {
  /// A project of one file, for tests that show its text.
  init(_ text: String, lock: String? = nil) {
    self.init(
      root: ProjectFile(path: "latch.yaml", bytes: Array(text.utf8)),
      lock: lock.map { ProjectFile(path: "latch.lock", bytes: Array($0.utf8)) })
  }

  /// Files by path, found as the command line finds them.
  init(_ files: [String: [UInt8]]) throws {
    let root = ProjectFile(path: "latch.yaml", bytes: files["latch.yaml"] ?? [])
    let includes = findIncludes(in: root) { listing(of: $0, in: Array(files.keys)) }
    self.init(
      root: root, included: includes.paths.map { ProjectFile(path: $0, bytes: files[$0] ?? []) },
      lock: files["latch.lock"].map { ProjectFile(path: "latch.lock", bytes: $0) }, found: includes.found)
  }

  init(_ fixture: Fixture) throws {
    try self.init(Dictionary(uniqueKeysWithValues: fixture.files.map { ($0, try fixture.bytes($0)) }))
  }
}

/// What a directory holds, given the paths of all files; one with a file `.unreadable` cannot be read.
func listing(of directory: String, in files: [String]) -> [DirectoryEntry] {
  let prefix = directory.isEmpty ? "" : directory + "/"
  let below = files.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
  if below.contains(".unreadable") { return [.unreadable(because: "Permission denied")] }
  let names = Set(below.map { $0.prefix { $0 != "/" } })
  return names.sorted().map { name in
    DirectoryEntry(name: String(name), kind: below.contains(name) ? .file : .directory)
  }
}

/// What the user sees of a project's findings.
func report(_ files: ProjectFiles) -> String {
  TextRenderer().render(check(files, settings: testSettings).found, in: files.sources)
}

/// What is found in the text of a latch.yaml.
func found(in text: String, lock: String? = nil) -> [Diagnostic] {
  check(ProjectFiles(text, lock: lock), settings: testSettings).found
}
