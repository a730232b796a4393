import LatchJSON

/// What is known of the session on the server's side.
struct RemoteSession: Sendable {
  /// Where the conversation begins.
  private let home: HTTPAddress
  /// Where messages are posted to.
  var address: HTTPAddress
  /// The server speaks HTTP+SSE (2024-11-05): all it says comes on one stream.
  var isEventStream = false
  /// A secret: whoever knows it can take part in the session.
  private(set) var id: String?
  private(set) var revision: String?
  /// Counts sessions: what belongs to an older one is no longer of interest.
  var generation = 0
  /// What the client said, to be said again where the server has forgotten it.
  var initialize: OutgoingMessage?
  var initialized: OutgoingMessage?

  init(address: HTTPAddress) {
    home = address
    self.address = address
  }

  /// For messages and streams of the session.
  var fields: [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    if let id { fields.append(("Mcp-Session-Id", id)) }
    if let revision { fields.append(("MCP-Protocol-Version", revision)) }
    return fields
  }

  /// A new conversation with the same server.
  mutating func begin(with initialize: OutgoingMessage?) {
    self.initialize = initialize
    initialized = nil
    address = home
    isEventStream = false
    forget()
  }

  /// The server does not know the session any more.
  mutating func forget() {
    generation += 1
    clear()
  }

  /// Nothing is known of the session yet.
  mutating func clear() {
    id = nil
    revision = nil
  }

  /// Takes the id that the answer to `initialize` names.
  mutating func adopt(_ id: String?) throws(HTTPFailure) {
    guard let id else { return }
    guard HeaderText.isVisible(id, atMost: 4096) else { throw .notUnderstood("the id of its session cannot be used") }
    self.id = id
  }

  /// Takes the revision that the server settled on.
  mutating func settle(on answer: IncomingMessage, limits: JSONLimits) {
    guard let result = answer.document(.result, limits: limits),
      let version = result.member("protocolVersion", of: JSONDocument.root), result.kind(version) == .string
    else { return }
    let text = result.string(version)
    revision = HeaderText.isVisible(text, atMost: 64) ? text : nil
  }

  /// Only this revision has arrays of messages.
  var allowsArrays: Bool { revision.map { $0.utf8.elementsEqual("2025-03-26".utf8) } ?? false }
}
