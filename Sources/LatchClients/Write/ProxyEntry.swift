/// One upstream as a client is to start it: the proxy in its place.
package struct ProxyEntry: Sendable, Equatable {
  /// The upstream's own name, so that what the client's user has said of it stays true.
  package var name: String
  /// Absolute.
  package var proxy: String
  package var bundle: ClientPath
  package var project: ClientPath?
  /// `bundle:sha256:…`.
  package var pin: String?
  /// Variables that the proxy reads for the upstream, sorted; the client has to pass them on.
  package var variables: [String]

  package init(
    name: String, proxy: String, bundle: ClientPath, project: ClientPath?, pin: String?, variables: [String]
  ) {
    self.name = name
    self.proxy = proxy
    self.bundle = bundle
    self.project = project
    self.pin = pin
    self.variables = variables
  }
}

/// A path as a client's file holds it.
package enum ClientPath: Sendable, Equatable {
  case absolute(String)
  /// Relative to the project, whose own path is the second; empty for the project itself.
  case inProject(String, project: String)
}
