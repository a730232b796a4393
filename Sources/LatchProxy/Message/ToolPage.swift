import LatchJSON
import LatchPolicy

/// One page of `tools/list` as the server sent it.
struct ToolPage {
  struct Entry {
    let name: [UInt8]
    let digest: String
    let place: Range<Int>
  }

  /// In the server's order.
  let entries: [Entry]
  /// The `nextCursor` as it was written; nil on the last page.
  let cursor: [UInt8]?
  private let part: LinePart
  private let tools: Int

  /// nil if it cannot be relied on: no list of named objects, or one with two readings.
  init?(_ scan: borrowing MessageScan, in line: Span<UInt8>, limits: JSONLimits) {
    guard let part = LinePart(scan[.result], of: scan, in: line, limits: limits), !part.hasTwins,
      let tools = part.document.member("tools", of: JSONDocument.root), part.document.kind(tools) == .array
    else { return nil }
    var entries: [Entry] = []
    for index in part.document.children(of: tools) {
      guard let name = part.document.member("name", of: index), part.document.kind(name) == .string,
        let digest = try? ToolDigest.of(part.document.value(at: index))
      else { return nil }
      entries.append(Entry(name: Array(part.document.content(name)), digest: digest, place: part.place(index)))
    }
    self.entries = entries
    self.part = part
    self.tools = tools
    switch part.document.member("nextCursor", of: JSONDocument.root) {
    case nil: cursor = nil
    case let index? where part.document.kind(index) == .string: cursor = part.text(index, in: line)
    case let index? where part.document.kind(index) == .null: cursor = nil
    default: return nil
    }
  }

  /// The changes that leave only the tools of which `isKept` is true. Where the list may differ from what another
  /// client would get, a shared cache must not keep it (`cacheScope`, 2026-07-28).
  func edits(keeping isKept: (Entry) -> Bool, isPrivate: Bool, in line: Span<UInt8>) -> LineEdits {
    var edits = LineEdits()
    let kept = entries.filter(isKept)
    if kept.count < entries.count {
      let texts = kept.map { copy($0.place, of: line) }
      edits.replace(part.place(tools), with: [0x5B] + Array(texts.joined(separator: [0x2C])) + [0x5D])
    }
    if isPrivate { makePrivate(&edits) }
    return edits
  }

  private func makePrivate(_ edits: inout LineEdits) {
    let value = Array("\"private\"".utf8)
    if let scope = part.document.member("cacheScope", of: JSONDocument.root) {
      if part.document.kind(scope) != .string || part.document.string(scope) != "private" {
        edits.replace(part.place(scope), with: value)
      }
    } else {
      let start = part.place(JSONDocument.root).lowerBound + 1
      edits.replace(start..<start, with: Array("\"cacheScope\":".utf8) + value + [0x2C])
    }
  }
}
