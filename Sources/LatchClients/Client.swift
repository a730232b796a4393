/// A program that starts MCP servers, and where it keeps the list of them.
package struct Client: Sendable, Equatable {
  /// What its configuration is written in; `application` is a client that keeps it in no file.
  package enum Format: String, Sendable { case json, jsonc, yaml, toml, application }

  /// What rules and `--client` call it.
  package var id: String
  package var name: String
  package var format: Format
  /// The key that holds the servers.
  package var rootKey: String
  /// Relative to the project's directory; the first is the one to write.
  package var projectPaths: [String]
  /// Relative to the home directory on Linux; the first is the one to write.
  package var linuxPaths: [String]
  /// Relative to the home directory on macOS; the first is the one to write.
  package var macPaths: [String]

  init(
    _ id: String, _ name: String, _ format: Format, root rootKey: String, project: [String] = [], home: [String] = [],
    linux: [String] = [], mac: [String] = []
  ) {
    self.id = id
    self.name = name
    self.format = format
    self.rootKey = rootKey
    projectPaths = project
    linuxPaths = linux + home
    macPaths = mac + home
  }

  /// The user's own files on the system this was built for, relative to the home directory.
  package var homePaths: [String] {
    #if os(macOS)
      macPaths
    #else
      linuxPaths
    #endif
  }

  /// The client called `id`, byte for byte.
  package static func named(_ id: String) -> Client? { all.first { $0.id.utf8.elementsEqual(id.utf8) } }
}
