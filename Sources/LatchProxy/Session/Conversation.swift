import LatchJSON

/// Which revision is spoken, as far as the client's and the server's messages have said.
struct Conversation: Sendable {
  /// The handshake revisions begin with `initialize`; 2026-07-28 has no session at all.
  enum Era: Sendable { case undecided, handshake, stateless }

  static let handshakeRevisions = ["2024-10-07", "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
  static let statelessRevision = "2026-07-28"
  private static let batchRevision = "2025-03-26"

  var era = Era.undecided
  /// What the server's answer to `initialize` says.
  var revision: String?
  /// Whether the client has said `notifications/initialized`.
  var isInitialized = false
  /// Whether the client said at `initialize` that it puts forms to a person.
  var canBeElicited = false
  /// Whether the server said that it announces changes of its tools.
  var announcesTools = false
  /// Of the client's newest stateless request.
  var meta: StatelessMeta?

  var allowsBatches: Bool { era == .handshake && revision == Self.batchRevision }

  /// From 2025-11-25 on an error whose request could not be read has no id; before, JSON-RPC wants null.
  var omitsUnknownID: Bool {
    era == .stateless || revision == Self.handshakeRevisions.last
  }

  /// From 2025-11-25 on an elicitation says that it is a form.
  var namesElicitationMode: Bool { revision == Self.handshakeRevisions.last }

  /// Whether the proxy may ask the server something of its own.
  var canAsk: Bool { era == .handshake ? isInitialized : meta != nil }

  /// A date, and not after the newest revision known here: what later ones mean nobody knows yet.
  static func isKnownOrOlder(_ revision: String) -> Bool {
    let pattern = "dddd-dd-dd".utf8
    guard revision.utf8.count == pattern.count else { return false }
    let isDate = zip(revision.utf8, pattern).allSatisfy { byte, wanted in
      wanted == UInt8(ascii: "-") ? byte == wanted : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return isDate && !statelessRevision.utf8.lexicographicallyPrecedes(revision.utf8)
  }
}

/// What `_meta` of a stateless request says about its sender.
struct StatelessMeta: Sendable {
  static let prefix = "io.modelcontextprotocol/"

  let revision: String
  /// The members that every request needs, as they were written, for requests of our own.
  var copied: [UInt8]
  /// What takes capabilities away that policy does not let through.
  let edits: LineEdits
  /// Whether the client puts forms to a person.
  let canBeElicited: Bool

  /// nil if the message is not of a stateless revision.
  init?(
    _ scan: borrowing MessageScan, in line: Span<UInt8>, filter: CapabilityFilter, limits: JSONLimits
  ) {
    guard let part = LinePart(scan[.meta], of: scan, in: line, limits: limits) else { return nil }
    func member(_ name: String) -> Int? { part.document.member(Self.prefix + name, of: JSONDocument.root) }
    guard let version = member("protocolVersion"), part.document.kind(version) == .string else { return nil }
    revision = part.document.string(version)
    var edits = LineEdits()
    let capabilities = member("clientCapabilities")
    if let capabilities { filter.add(to: &edits, object: capabilities, of: part) }
    canBeElicited = capabilities.map { part.offersForms($0) } ?? false
    self.edits = edits
    let texts = ["protocolVersion", "clientCapabilities", "clientInfo"].compactMap { name in
      member(name).map { copy(part.place($0 - 1).lowerBound..<part.place($0).upperBound, of: line) }
    }
    copied = Array(texts.joined(separator: [0x2C]))
  }
}
