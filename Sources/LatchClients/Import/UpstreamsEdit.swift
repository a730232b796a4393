package import LatchSource

/// Why upstreams cannot be added to a file without a person.
package enum UpstreamsEditError: Error, Equatable, Sendable {
  case notAMapping
  /// `upstreams: { … }` or an alias: not a place where lines can be added.
  case notABlock
  case clash([String])
}

extension ImportPlan {
  /// The edit that adds the upstreams to a policy file: after the last one there, or as a section at the end. Nothing
  /// that stands in the file changes, comments least of all.
  package func edit(of source: Source, read root: YAMLNode) throws(UpstreamsEditError) -> Edit? {
    guard !upstreams.isEmpty else { return nil }
    guard root.isMapping || root.isNull else { throw .notAMapping }
    guard let entry = root.entry("upstreams") else { return append(to: source, "\n" + yaml) }
    let present = entry.value.entries.map(\.key.text)
    let clashes = upstreams.map(\.name).filter { name in present.contains { $0.utf8.elementsEqual(name.utf8) } }
    guard clashes.isEmpty else { throw .clash(clashes) }
    if entry.value.isNull, entry.value.span.isEmpty {
      return insert(after: entry.key.span.end, in: source, indent: 2)
    }
    if entry.value.isMapping, present.isEmpty {
      let colon = source.bytes[entry.key.span.end...].firstIndex(of: UInt8(ascii: ":")) ?? entry.key.span.end
      let text = "\n" + upstreams.map { $0.yaml(indent: 2) }.joined()
      return Edit(Span(file: source.file, start: colon + 1, end: entry.value.span.end), String(text.dropLast()))
    }
    guard entry.value.isMapping, entry.value.style == .block, let last = entry.value.entries.last else {
      throw .notABlock
    }
    let indent = source.position(of: last.key.span.start).column - 1
    return insert(after: max(last.value.span.end, last.key.span.end), in: source, indent: indent)
  }

  private func append(to source: Source, _ text: String) -> Edit {
    let end = source.whole.ending
    let needsLineEnd = !source.bytes.isEmpty && source.bytes.last != UInt8(ascii: "\n")
    return Edit(end, (needsLineEnd ? "\n" : "") + text)
  }

  /// New lines after the one that holds the byte before `offset`.
  private func insert(after offset: Int, in source: Source, indent: Int) -> Edit {
    let text = upstreams.map { $0.yaml(indent: indent) }.joined()
    let line = source.lineRange(source.lineIndex(of: max(offset - 1, 0)))
    guard let feed = source.bytes[line.lowerBound...].firstIndex(of: UInt8(ascii: "\n")) else {
      return append(to: source, text)
    }
    return Edit(Span(file: source.file, start: feed + 1, end: feed + 1), text)
  }
}
