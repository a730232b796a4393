package import LatchJSON
package import LatchLaunch

/// What a server says of itself.
package struct ServerHello: Sendable, Equatable {
  package var revision: ProtocolRevision
  package var name: String?
  package var version: String?
  package var instructions: String?
}

/// One conversation with a server, in one revision; it ends with this value.
package struct MCPSession: ~Copyable {
  private var channel: SessionChannel
  let limits: SessionLimits
  private var lastID = 0
  private var isModern = false

  /// Starts the server, or makes ready to connect to it; nothing has been said yet.
  package init(_ server: ServerAddress, limits: SessionLimits = SessionLimits()) throws(UpstreamError) {
    channel = try SessionChannel(server, limits: limits)
    self.limits = limits
  }

  package init(_ command: ProgramCommand, limits: SessionLimits = SessionLimits()) throws(UpstreamError) {
    try self.init(.program(command), limits: limits)
  }

  /// Opens the session as a client of that revision does; a server may settle on another one that has a handshake.
  package mutating func open(_ revision: ProtocolRevision) throws(UpstreamError) -> ServerHello {
    revision.hasHandshake ? try initialize(revision) : try discover(revision)
  }

  private mutating func initialize(_ asked: ProtocolRevision) throws(UpstreamError) -> ServerHello {
    let parameters: JSONValue = [
      "protocolVersion": .string(asked.rawValue), "capabilities": [:], "clientInfo": Self.clientInfo,
    ]
    let result = try request("initialize", parameters, within: limits.start)
    guard let offered = result["protocolVersion"]?.string else {
      throw .badAnswer(method: "initialize", problem: "it has no `protocolVersion`")
    }
    guard let revision = ProtocolRevision(rawValue: offered), revision.hasHandshake else {
      throw .unsupportedRevision(asked: asked, offered: offered)
    }
    try send(["jsonrpc": "2.0", "method": "notifications/initialized"], for: "notifications/initialized")
    return Self.hello(revision, result, about: result["serverInfo"])
  }

  private mutating func discover(_ revision: ProtocolRevision) throws(UpstreamError) -> ServerHello {
    isModern = true
    let result = try request("server/discover", [:], within: limits.start)
    let supported = (result["supportedVersions"]?.array ?? []).compactMap(\.string)
    guard supported.contains(where: { $0.utf8.elementsEqual(revision.rawValue.utf8) }) else {
      throw .unsupportedRevision(asked: revision, offered: supported.last ?? "")
    }
    return Self.hello(revision, result, about: result["_meta"]?["io.modelcontextprotocol/serverInfo"])
  }

  private static func hello(_ revision: ProtocolRevision, _ result: JSONValue, about server: JSONValue?) -> ServerHello
  {
    ServerHello(
      revision: revision, name: server?["name"]?.string, version: server?["version"]?.string,
      instructions: result["instructions"]?.string)
  }

  private static let clientInfo: JSONValue = ["name": "latch", "version": "0.1.0"]

  /// What a request of the stateless revision carries.
  private static let meta: JSONValue = [
    "io.modelcontextprotocol/protocolVersion": .string(ProtocolRevision.r2026July.rawValue),
    "io.modelcontextprotocol/clientCapabilities": [:], "io.modelcontextprotocol/clientInfo": clientInfo,
  ]

  /// Asks and waits for the answer to this very question; everything else that comes is answered or passed over.
  package mutating func request(
    _ method: String, _ parameters: JSONValue, within duration: Duration? = nil
  ) throws(UpstreamError) -> JSONValue {
    lastID += 1
    let deadline = Deadline(in: duration ?? limits.answer)
    var members = parameters.object ?? []
    if isModern { members.append(JSONValue.Member("_meta", Self.meta)) }
    let message: JSONValue = [
      "jsonrpc": "2.0", "id": .number(String(lastID)), "method": .string(method), "params": .object(members),
    ]
    try send(message, for: method, before: deadline)
    while true {
      let line = try receive(method, before: deadline)
      for message in line.array ?? [line] {
        if let result = try answer(in: message, to: method) { return result }
        try respond(to: message)
      }
    }
  }

  private mutating func receive(_ method: String, before deadline: Deadline) throws(UpstreamError) -> JSONValue {
    var problem: String?
    while true {
      do {
        let line = try channel.receive(for: method, before: deadline)
        do {
          return try JSONValue(parsing: line)
        } catch {
          if line.first == UInt8(ascii: "{") { problem = "a line of its was not read: \(error.message)" }
        }
      } catch {
        if case .timedOut = error, let problem { throw .timedOut(method: method, hint: problem) }
        throw error
      }
    }
  }

  /// The result, if the message is the answer to the last request.
  private func answer(in message: JSONValue, to method: String) throws(UpstreamError) -> JSONValue? {
    guard message["method"] == nil, message["id"] == .number(String(lastID)) else { return nil }
    if let error = message["error"] {
      let code = error["code"]?.integer ?? 0
      throw .refused(method: method, code: code, message: Self.shortened(error["message"]?.string ?? "no reason"))
    }
    guard let result = message["result"], result.object != nil else {
      throw .badAnswer(method: method, problem: "it is neither an error nor an object as result")
    }
    return result
  }

  /// A server may ask too: a ping is answered, all else this client does not offer.
  private mutating func respond(to message: JSONValue) throws(UpstreamError) {
    guard let method = message["method"]?.string, let id = message["id"] else { return }
    let answer: JSONValue =
      method.utf8.elementsEqual("ping".utf8)
      ? ["jsonrpc": "2.0", "id": id, "result": [:]]
      : ["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "not offered by this client"]]
    try send(answer, for: method)
  }

  private mutating func send(
    _ message: JSONValue, for method: String, before deadline: Deadline? = nil
  ) throws(UpstreamError) {
    // Only an id that a server chose can have no canonical form; such a question stays unanswered.
    guard let line = try? message.canonicalBytes() else { return }
    try channel.send(line, for: method, before: deadline ?? Deadline(in: limits.answer))
  }

  static func shortened(_ text: String) -> String {
    let clean = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) }
    return String(String.UnicodeScalarView(clean.prefix(300)))
  }
}
