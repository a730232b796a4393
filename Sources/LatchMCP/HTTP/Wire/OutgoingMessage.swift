import LatchJSON

/// A message on its way to the server, with all of it that decides how it travels.
struct OutgoingMessage: Sendable {
  enum Shape: Sendable, Equatable {
    case request(MessageKey)
    case notification
    /// To the server's request with this id.
    case response(MessageKey)
  }

  /// The methods that travel in ways of their own.
  enum Method: String, Sendable, CaseIterable {
    case initialize
    case initialized = "notifications/initialized"
    case cancelled = "notifications/cancelled"
    case toolsList = "tools/list"
    case toolsCall = "tools/call"
    case resourcesRead = "resources/read"
    case promptsGet = "prompts/get"
    case tasksGet = "tasks/get"
    case tasksUpdate = "tasks/update"
    case tasksCancel = "tasks/cancel"
    case listen = "subscriptions/listen"
  }

  let bytes: [UInt8]
  /// What is sent in its place: the same with the id that the server knows.
  var replacement: [UInt8]?
  let scan: MessageScan
  let shape: Shape
  /// nil for an answer, and for every other method.
  let method: Method?
  /// What `_meta` says of the revision; nil in a conversation that began with a handshake.
  let statelessRevision: String?

  /// nil if the text is no message that can be sent.
  init?(_ bytes: [UInt8], limits: JSONLimits) {
    guard let scan = try? MessageScan(bytes, limits: limits), scan.kind == .object else { return nil }
    self.bytes = bytes
    self.scan = scan
    let key = MessageKey(scan[.id], of: scan, in: bytes)
    if let method = scan[.method] {
      guard method.kind == .string, scan[.id] == nil || key != nil else { return nil }
      shape = key.map(Shape.request) ?? .notification
    } else {
      guard let key else { return nil }
      shape = .response(key)
    }
    let known = Method.allCases.first { scan.holds(scan[.method], $0.rawValue, in: bytes) }
    method = known
    statelessRevision = known == .initialize ? nil : Self.revision(scan, in: bytes, limits: limits)
  }

  private static func revision(_ scan: borrowing MessageScan, in bytes: [UInt8], limits: JSONLimits) -> String? {
    guard let place = scan[.meta], let meta = try? scan.document(place, in: bytes, limits: limits),
      let index = meta.member("io.modelcontextprotocol/protocolVersion", of: JSONDocument.root),
      meta.kind(index) == .string
    else { return nil }
    return meta.string(index)
  }

  /// The id as its sender wrote it.
  var id: [UInt8]? { scan[.id].map { Array(bytes[$0.range]) } }

  /// The name of the method; empty for an answer.
  var methodName: [UInt8] { scan[.method].map { scan.content($0, in: bytes) } ?? [] }

  /// The request that a cancellation speaks of.
  var cancelledKey: MessageKey? { MessageKey(scan[.requestId], of: scan, in: bytes) }

  /// What a parameter says, if it is a text.
  func text(_ parameter: MessageScan.Parameter) -> [UInt8]? {
    guard let place = scan[parameter], place.kind == .string else { return nil }
    return scan.content(place, in: bytes)
  }
}
