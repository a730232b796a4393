import LatchJSON
import LatchPolicy

extension Session {
  /// Asks the server itself, page after page, what its tools are.
  mutating func walk(_ effects: inout Effects) {
    guard conversation.canAsk else { return }
    let id = ownID()
    catalogue.begin(id, at: now)
    ask(id, cursor: nil, &effects)
  }

  mutating func ownID() -> RequestID {
    ownRequests += 1
    return RequestID(own: "\(settings.ownIDs)-\(ownRequests)")
  }

  mutating func questionID() -> RequestID {
    ownRequests += 1
    return RequestID(own: "\(settings.questionIDs)-\(ownRequests)")
  }

  /// Whether an id is, or could be taken for, one of a request of the proxy's own.
  func isOurs(_ id: RequestID) -> Bool {
    !questions.isEmpty && questions[id] != nil || id.begins(with: settings.ownIDs)
      || id.begins(with: settings.questionIDs)
  }

  private func ask(_ id: RequestID, cursor: [UInt8]?, _ effects: inout Effects) {
    var parameters: [[UInt8]] = []
    if let cursor { parameters.append("\"cursor\":".utf8 + cursor) }
    if conversation.era == .stateless, let meta = conversation.meta {
      parameters.append("\"_meta\":{".utf8 + meta.copied + [0x7D])
    }
    var writer = MessageWriter()
    writer.raw("{\"jsonrpc\":\"2.0\",\"id\":")
    writer.raw(id.lexeme)
    writer.raw(",\"method\":\"tools/list\",\"params\":{")
    writer.raw(Array(parameters.joined(separator: [0x2C])))
    writer.raw("}}")
    effects.tellUpstream(writer.bytes)
  }

  /// A page of the proxy's own walk.
  mutating func walked(_ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects) {
    guard let page = ToolPage(passing.scan, in: line, limits: settings.limits) else {
      return stopWalk("its answer to `tools/list` cannot be used", &effects)
    }
    switch catalogue.add(page, at: now) {
    case .next(let cursor):
      let id = ownID()
      catalogue.goOn(as: id, at: now)
      ask(id, cursor: cursor, &effects)
    // Where no call waits, the next one that comes has a walk of its own.
    case .again: if holdsCalls { walk(&effects) } else { catalogue.fail() }
    case .refused(let reason): stopWalk(reason, &effects)
    case .done: release(&effects)
    case .doneOnce:
      release(&effects)
      catalogue.doubt()
    }
  }

  mutating func stopWalk(_ reason: String, _ effects: inout Effects) {
    catalogue.fail()
    effects.log.append("the server's tools cannot be verified: \(reason)")
    recordEvent(.toolsUnverified, reason, &effects)
    denyHeld("the server's tools cannot be verified (\(reason)), so the call was not made", &effects)
  }

  /// A page that the client asked for, without the tools that policy does not let it see.
  mutating func answerList(
    _ id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>, _ effects: inout Effects
  ) {
    guard passing.scan[.result] != nil else { return complete(id, passing, line, &effects) }
    guard let page = ToolPage(passing.scan, in: line, limits: settings.limits) else {
      effects.log.append("a list of the server's tools cannot be used")
      return replaceUnreadable(id, &effects)
    }
    catalogue.note(page)
    let names = Dictionary(grouping: page.entries, by: \.name)
    let kept = Set(page.entries.filter { names[$0.name]?.count == 1 && isVisible($0) }.map(\.name))
    let isFiltered = hidesTools || kept.count < page.entries.count
    let edits = page.edits(
      keeping: { kept.contains($0.name) }, isPrivate: conversation.era == .stateless && isFiltered, in: line)
    complete(id, passing, line, changed: edits, &effects)
  }

  private func isVisible(_ entry: ToolPage.Entry) -> Bool {
    guard catalogue.finding(entry) == .asLocked, entry.name.first != UInt8(ascii: "@") else { return false }
    if let standing = catalogue[entry.name], standing.finding != .asLocked { return false }
    return isListed(String(decoding: entry.name, as: UTF8.self))
  }

  /// Whether some other client could be shown more tools than this one.
  private var hidesTools: Bool {
    settings.upstream.tools.contains { tool in
      !tool.digests.isEmpty && !isListed(tool.name)
    }
  }
}
