package import LatchPolicy
package import LatchSource

/// A file of a project: its path relative to the project, `/` between segments, and what is in it.
package struct ProjectFile: Sendable, Equatable {
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Everything that a compilation reads, and nothing of where it lies on the machine.
package struct ProjectFiles: Sendable {
  /// `latch.yaml`.
  package var root: ProjectFile
  /// What its `include:` names; `findIncludes` says which.
  package var included: [ProjectFile]
  /// `latch.lock`, if there is one.
  package var lock: ProjectFile?
  /// What finding the files found.
  package var found: [Diagnostic]

  package init(
    root: ProjectFile, included: [ProjectFile] = [], lock: ProjectFile? = nil, found: [Diagnostic] = []
  ) {
    self.root = root
    self.included = included
    self.lock = lock
    self.found = found
  }

  /// The texts in the order in which they are reported: `latch.yaml`, the included files by path, the lock.
  ///
  /// A diagnostic's span names its file by the index here.
  package var sources: [Source] {
    let files =
      [root] + included.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) } + [lock].compactMap(\.self)
    return files.enumerated().map { Source(path: $1.path, bytes: $1.bytes, file: Int32($0)) }
  }
}

/// What the compiler is told by the program that runs it.
package struct CompilerSettings: Sendable {
  /// Ids of the clients that Latch knows; rules may name them and those of `clients:`.
  package var clients: [String]
  /// The known clients' configuration files, which `latch-self` protects.
  package var protectedPaths: [ProtectedPath]
  /// What the bundle says made it: `latch 0.1.0`.
  package var compiler: String
  /// Whether comments suppress warnings.
  package var honoursSuppressions = true

  package init(clients: [String], protectedPaths: [ProtectedPath] = [], compiler: String) {
    self.clients = clients
    self.protectedPaths = protectedPaths
    self.compiler = compiler
  }
}
