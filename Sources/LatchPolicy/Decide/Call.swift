package import LatchJSON

/// What is asked of a policy.
package struct Call: Sendable {
  package var tool: String
  /// The arguments as read; nil where the call has none (judged as `{}`).
  package var arguments: JSONDocument?
  /// The index in `arguments` of the arguments themselves (a whole message may have been read).
  package var root: Int
  /// What `--client` says; a client's own words never decide.
  package var client: String?
  /// Whether the tool's definition is now the locked one.
  package var definition: DefinitionState

  package init(
    tool: String, arguments: JSONDocument? = nil, root: Int = JSONDocument.root, client: String? = nil,
    definition: DefinitionState = .asLocked
  ) {
    self.tool = tool
    self.arguments = arguments
    self.root = root
    self.client = client
    self.definition = definition
  }
}

package enum DefinitionState: Sendable, Equatable { case asLocked, changed }

/// Directories that `latch-self` speaks of: absolute, each as given and as its real path; none where unknown.
package struct ProjectPaths: Sendable, Equatable {
  package var projects: [String]
  package var homes: [String]
  /// What else is Latch's own: the bundle's file, the state directory, the audit's; and what protected files lead to
  /// that are links.
  package var alsoProtected: [String]
  /// Where the upstream's program runs, from which it reads relative paths.
  package var workingDirectories: [String]

  package init(
    projects: [String] = [], homes: [String] = [], alsoProtected: [String] = [], workingDirectories: [String] = []
  ) {
    self.projects = projects
    self.homes = homes
    self.alsoProtected = alsoProtected
    self.workingDirectories = workingDirectories
  }
}
