/// An upstream as it is to stand in `latch.yaml`: names valid, references in Latch's spelling, no secret in it.
package struct UpstreamDraft: Sendable, Equatable {
  package enum Transport: Sendable, Equatable {
    case stdio(command: String, arguments: [String], environment: [ImportedServer.Setting], directory: String?)
    case http(isSSE: Bool, url: String, headers: [ImportedServer.Setting])
  }

  package var name: String
  package var transport: Transport
  package var isEnabled: Bool
  /// Whether `args` hold references, which show in the process list.
  package var secretInArguments: Bool
}

/// What an import adds to a project, and what is to be told about it.
package struct ImportPlan: Sendable, Equatable {
  /// A variable that must be set where the client starts.
  package struct Export: Sendable, Equatable {
    package var variable: String
    /// Where the value was found, for instance ``env.TOKEN of `github` ``.
    package var origin: String
    /// Whether the client's file holds the value as it is.
    package var wasLiteral: Bool
  }

  package var upstreams: [UpstreamDraft] = []
  package var exports: [Export] = []
  package var notes: [String] = []
}
