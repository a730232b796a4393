import LatchJSON
import LatchPolicy

extension Session {
  /// `initialize`: passed on without the capabilities that policy does not let through.
  mutating func offerHandshake(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects
  ) {
    func refused(_ message: String) -> Message.Refusal {
      Message.Refusal(message: message, id: id)
    }
    guard !hasOfferedHandshake, openBatch == nil else {
      return refuse(refused("`initialize` comes once, and by itself"), &effects)
    }
    guard let place = passing.scan[.protocolVersion], place.kind == .string else {
      return refuse(Message.Refusal(code: .invalidParams, message: "`protocolVersion` is missing", id: id), &effects)
    }
    let revision = String(decoding: passing.scan.content(place, in: line), as: UTF8.self)
    guard Conversation.isKnownOrOlder(revision) else {
      let answer = Answers.error(
        .invalidParams, "Unsupported protocol version", id: id,
        data: Self.supported(Conversation.handshakeRevisions, not: revision))
      return deliver(answer, batch: nil, &effects)
    }
    if passing.scan[.capabilities]?.kind == .object, !canBeRead(passing.scan[.capabilities], passing, line) {
      return refuse(refused("`capabilities` can be read in two ways"), &effects)
    }
    hasOfferedHandshake = true
    conversation.canBeElicited = false
    conversation.era = .handshake
    conversation.meta = nil
    catalogue.fail()
    expect(id, .initialize)
    var edits = LineEdits()
    if let part = LinePart(passing.scan[.capabilities], of: passing.scan, in: line, limits: settings.limits) {
      capabilities.add(to: &edits, object: JSONDocument.root, of: part)
      conversation.canBeElicited = part.offersForms(JSONDocument.root)
    }
    pass(passing, line, edits, &effects)
  }

  private func pass(_ passing: borrowing Passing, _ line: Span<UInt8>, _ edits: LineEdits, _ effects: inout Effects) {
    if edits.isEmpty { return passing.toUpstream(line, &effects) }
    let edited = edits.applied(to: line)
    Passing(scan: passing.scan, isWhole: false).toUpstream(edited.span, &effects)
  }

  /// A stateless request: false, and answered, if nobody here knows its revision.
  mutating func acceptStateless(_ meta: StatelessMeta, _ id: RequestID, _ effects: inout Effects) -> Bool {
    guard Conversation.isKnownOrOlder(meta.revision) else {
      let answer = Answers.error(
        .unsupportedVersion, "Unsupported protocol version", id: id,
        data: Self.supported([Conversation.statelessRevision], not: meta.revision))
      deliver(answer, batch: openBatch, &effects)
      return false
    }
    if conversation.era == .undecided { conversation.era = .stateless }
    if conversation.era == .stateless { conversation.meta = meta }
    return true
  }

  private static func supported(_ revisions: [String], not requested: String) -> [UInt8] {
    var writer = MessageWriter()
    writer.raw("{\"supported\":[")
    for (index, revision) in revisions.enumerated() {
      if index > 0 { writer.raw(",") }
      writer.string(revision)
    }
    writer.raw("],\"requested\":")
    writer.string(requested)
    writer.raw("}")
    return writer.bytes
  }

  /// What the server tells models about itself is pinned as its tools are.
  private func dropChangedInstructions(of result: LinePart, _ edits: inout LineEdits, _ effects: inout Effects) {
    guard let place = result.document.member("instructions", of: JSONDocument.root) else { return }
    let isText = result.document.kind(place) == .string
    let digest = SHA256Digest.prefixed(of: result.document.content(place))
    if isText, let pinned = settings.upstream.instructions, pinned.utf8.elementsEqual(digest.utf8) { return }
    edits.drop({ $0 + 1 == place }, fromObject: JSONDocument.root, of: result)
    let problem = "the server's instructions are not those of the lock, and were left out; `latch sync` shows them"
    effects.log.append(problem)
    recordEvent(.dropped, problem, &effects)
  }

  /// The server's answer to `initialize` or `server/discover`: what it offers that policy does not let through is
  /// taken out, and from a revision that nobody here knows nothing goes on.
  mutating func answerHandshake(
    _ method: ClientRequest, _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>,
    _ effects: inout Effects
  ) {
    guard let result = LinePart(passing.scan[.result], of: passing.scan, in: line, limits: settings.limits)
    else {
      if passing.scan[.result] != nil { return replaceUnreadable(id, &effects) }
      if method == .initialize { hasOfferedHandshake = false }
      return complete(id, passing, line, &effects)
    }
    if result.hasTwins { return replaceUnreadable(id, &effects) }
    if method == .initialize {
      let revision = result.document.member("protocolVersion", of: JSONDocument.root).map(result.document.string) ?? ""
      guard Conversation.handshakeRevisions.contains(where: { $0.utf8.elementsEqual(revision.utf8) }) else {
        let reason = "the server speaks protocol version `\(revision)`, which this latch-proxy does not know"
        effects.log.append(reason)
        return upstreamEnded(reason, &effects)
      }
      conversation.revision = revision
    }
    var edits = LineEdits()
    if let offered = result.document.member("capabilities", of: JSONDocument.root) {
      capabilities.add(to: &edits, object: offered, of: result)
      conversation.announcesTools = result.announcesTools(offered)
    }
    dropChangedInstructions(of: result, &edits, &effects)
    complete(id, passing, line, changed: edits, &effects)
  }
}
