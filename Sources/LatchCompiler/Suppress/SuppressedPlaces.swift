import LatchSource

/// What the comments of a text are about.
struct SuppressedPlaces {
  private let source: Source
  /// Of a line that holds nothing but a comment: the next one that holds more.
  private var next: [Int: Int] = [:]
  /// Of a line on which an element or entry begins: where the last of those ends that begin there.
  private var ends: [Int: Int] = [:]

  init(_ text: YAMLNode) {
    source = text.tree.source
    findNextLines(of: text.tree.comments)
    for (key, value) in text.entries {
      if !sections.contains(key.text) { note(key.span.joined(with: value.span)) }
      noteItems(of: value)
    }
    for element in text.elements { note(element) }
  }

  /// The comment's own line, or the next one that holds more, and all of what begins there.
  subscript(comment: Span) -> Span {
    let own = source.lineIndex(of: comment.start)
    let line = next[own] ?? own
    let start = source.lineRange(line).lowerBound
    return Span(file: source.file, start: start, end: max(endOfLine(line), endOfItem(at: line)))
  }

  /// With the line break: what is missing may be missed at the end of a line.
  private func endOfLine(_ line: Int) -> Int {
    line + 1 < source.lineStarts.count ? Int(source.lineStarts[line + 1]) : source.bytes.count + 1
  }

  /// An element's first line may hold its dash alone.
  private func endOfItem(at line: Int) -> Int {
    if let end = ends[line] { return end }
    let text = source.bytes[source.lineRange(line)].drop(while: isSpace)
    guard text.first == UInt8(ascii: "-"), text.dropFirst().first.map(isSpace) ?? true else { return 0 }
    let below = line + 1
    return ends[next[below] ?? below] ?? 0
  }

  /// Found from the end of the text: many comments may stand below each other.
  private mutating func findNextLines(of comments: [Span]) {
    let alone = Set(comments.filter(isAlone).map { source.lineIndex(of: $0.start) })
    for line in alone.sorted(by: >) {
      var below = line + 1
      while below < source.lineStarts.count, !alone.contains(below), isBlank(source.lineRange(below)) { below += 1 }
      next[line] = next[below] ?? below
    }
  }

  private func isAlone(_ comment: Span) -> Bool {
    let line = source.lineRange(source.lineIndex(of: comment.start))
    return isBlank(line.lowerBound..<comment.start)
  }

  private func isBlank(_ range: Range<Int>) -> Bool { source.bytes[range].allSatisfy(isSpace) }
}

// MARK: Elements and entries

extension SuppressedPlaces {
  private mutating func noteItems(of node: YAMLNode) {
    // What an alias brings stands where it was written, and is looked through there.
    guard node.span == node.definition else { return }
    for element in node.elements { note(element) }
    for (key, value) in node.entries {
      note(key.span.joined(with: value.span))
      noteItems(of: value)
    }
  }

  private mutating func note(_ element: YAMLNode) {
    note(element.span)
    noteItems(of: element)
  }

  private mutating func note(_ item: Span) {
    let line = source.lineIndex(of: item.start)
    ends[line] = max(ends[line] ?? 0, item.end)
  }
}

/// Lists and maps to which rules and upstreams are added for as long as there is a policy: who writes a comment above
/// one of them cannot have thought of what will stand in it, so that it is about the line alone.
private let sections: Set = ["rules", "guardrails", "upstreams", "tests", "values"]

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
