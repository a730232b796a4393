package import LatchLaunch

/// A server over HTTP, ready to be spoken to: its references are filled in.
package struct HTTPEndpoint: Sendable {
  package enum Transport: Sendable {
    /// One address for all (2025-03-26 and later).
    case streamable
    /// A stream and an address to post to (2024-11-05).
    case eventStream
    /// The first, and the second where a server refuses the first.
    case inferred

    /// As a bundle names it; nil if it is no transport over HTTP.
    package init?(named name: String) {
      switch name.utf8 {
      case let name where name.elementsEqual("http".utf8): self = .inferred
      case let name where name.elementsEqual("sse".utf8): self = .eventStream
      default: return nil
      }
    }
  }

  package let address: HTTPAddress
  package let transport: Transport
  /// Sent with every request to this origin, and to no other.
  package let fields: [(name: String, value: String)]
  /// As the project writes them, for whoever is to look after refused credentials.
  package let references: [String]

  /// Refuses a URL with two readings, plain `http` beyond this machine unless `isInsecure`, and headers that are not
  /// the project's to set.
  package init(
    url: String, transport: Transport, fields: [(name: String, value: String)] = [], references: [String] = [],
    isInsecure: Bool = false
  ) throws(LaunchError) {
    guard let address = HTTPAddress(url) else {
      throw .unsuitableAddress("it is no `http` or `https` URL without credentials and fragment")
    }
    guard address.origin.isSecure || address.origin.isLoopback || isInsecure else {
      throw .unsuitableAddress("plain `http` leaves this machine unencrypted; use `https`")
    }
    for field in fields {
      guard HeaderText.isToken(field.name), !Self.isReserved(field.name) else {
        throw .unsuitableHeader(name: field.name, problem: "is no header that may be set")
      }
      guard HeaderText.isValue(field.value) else {
        throw .unsuitableHeader(name: field.name, problem: "has a value with a control character")
      }
    }
    self.address = address
    self.transport = transport
    self.fields = fields
    self.references = references
  }

  private static let reserved = [
    "accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "expect", "host",
    "keep-alive", "last-event-id", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  private static func isReserved(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.utf8.starts(with: "mcp-".utf8) || name.utf8.starts(with: "proxy-".utf8)
      || reserved.contains { $0.utf8.elementsEqual(name.utf8) }
  }
}

/// How a project says that a server over HTTP is reached; references are still as written.
package struct EndpointPlan: Sendable, Equatable {
  package var transport: HTTPEndpoint.Transport
  package var url: String
  package var headers: [LaunchPlan.Binding]
  package var isInsecure: Bool

  package init(transport: HTTPEndpoint.Transport, url: String, headers: [LaunchPlan.Binding], isInsecure: Bool) {
    self.transport = transport
    self.url = url
    self.headers = headers
    self.isInsecure = isInsecure
  }

  /// The endpoint with its references filled in; nothing has been started but the programs that print secrets.
  package func resolved(with references: References) throws(LaunchError) -> HTTPEndpoint {
    var fields: [(name: String, value: String)] = []
    for header in headers { fields.append((header.name, try references.resolve(header.value, of: header.name))) }
    var names: [String] = []
    for header in headers { names += try header.value.references }
    return try HTTPEndpoint(
      url: url, transport: transport, fields: fields, references: names, isInsecure: isInsecure)
  }
}

extension LaunchPlan.Value {
  /// Where the value comes from, as the project writes it.
  fileprivate var references: [String] {
    get throws(LaunchError) {
      guard case .text(let text) = self else {
        guard case .output(let words) = self else { return [] }
        return ["{ command: \(words.first ?? "") }"]
      }
      return try ReferenceText(parsing: text).parts.compactMap { part in
        switch part {
        case .environment(let name, _): "${env:\(name)}"
        case .file(let path): "${file:\(path)}"
        case .literal, .project, .home: nil
        }
      }
    }
  }
}
