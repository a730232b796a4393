/// One server as a client's configuration has it, in the client's own spelling.
package struct ImportedServer: Sendable, Equatable {
  /// A variable or header.
  package struct Setting: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package enum Transport: Sendable, Equatable {
    case stdio(command: String, arguments: [String], environment: [Setting], directory: String?)
    case http(isSSE: Bool, url: String, headers: [Setting])
  }

  package var name: String
  package var transport: Transport
  package var isEnabled = true
  /// What else the entry holds.
  package var unread: [Unread] = []
}

/// What a client's configuration holds.
package struct ImportedConfiguration: Sendable, Equatable {
  package var servers: [ImportedServer] = []
  /// Ids that the client asks the person for, with what it shows when asking.
  package var prompts: [ImportedServer.Setting] = []
  /// What was left out or looked odd, a sentence each.
  package var notes: [String] = []
}

/// Why a file is no client configuration.
package enum ConfigurationError: Error, Equatable, Sendable {
  case notJSON(message: String, offset: Int)
  case unknownShape(keys: [String])
}
