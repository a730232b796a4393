/// What YAML 1.2 forbids and libyaml lets pass, found in the text between and under the events; and the comments, which
/// libyaml never tells of.
struct SyntaxChecks {
  let source: Source
  private var findings: RevocableFindings
  private(set) var comments: [Span] = []
  /// Everything before this offset has been looked at.
  private var scanned: Int
  /// The columns of the open block collections.
  private var columns: [Int] = []
  private var flowDepth = 0
  private var flowStart = 0
  private var flowColumn = 0
  private var lastDocumentEndsBare = false

  init(source: Source, from offset: Int) {
    self.source = source
    findings = RevocableFindings(source)
    scanned = offset
  }

  var found: [Diagnostic] { findings.kept }

  /// Looks at the text up to and under an event.
  mutating func see(_ event: borrowing YAMLEvent, content: Range<Int>, value: Swift.Span<UInt8>) {
    switch event.kind {
    case .scalar: seeScalar(event, content, value)
    case .alias: pass(event.start..<event.end)
    case .sequenceStart, .mappingStart:
      if event.style == .flow { openFlow(event, content) } else { columns.append(column(event, content)) }
    case .sequenceEnd, .mappingEnd:
      if flowDepth > 0 { closeFlow(event) } else { _ = columns.popLast() }
    case .documentStart: seeDocumentStart(event)
    case .documentEnd:
      lastDocumentEndsBare = !event.isExplicit
      if event.isExplicit { pass(event.start..<event.end) }
    case .streamStart: break
    case .streamEnd: scanGap(to: source.bytes.count)
    }
  }

  /// Goes on at an offset where a new block begins; what lies before could not be read.
  mutating func skip(to offset: Int) {
    scanned = offset
    columns = []
    flowDepth = 0
  }

  /// Whether the last finding is a blank line too deep, with nothing but space between it and an offset: libyaml takes
  /// the text after such a line for something else.
  func foundDeepBlankLine(rightBefore offset: Int) -> Bool {
    guard let last = findings.last, last.code == deepBlankLineCode, let end = last.span?.end, end <= offset else {
      return false
    }
    return source.bytes[end..<offset].allSatisfy(isBlankOrBreak)
  }

  /// Takes back findings in text that was not meant to be read so.
  mutating func forget(within range: Range<Int>) {
    findings.revoke(within: range)
  }

  private mutating func pass(_ token: Range<Int>) {
    scanGap(to: token.lowerBound)
    scanned = max(scanned, token.upperBound)
  }

  private mutating func seeScalar(
    _ event: borrowing YAMLEvent, _ content: Range<Int>, _ value: Swift.Span<UInt8>
  ) {
    scanGap(to: content.lowerBound)
    scanned = max(scanned, content.upperBound)
    switch event.style {
    case .literal, .folded: checkBlockScalar(content)
    case .singleQuoted, .doubleQuoted:
      if event.isMultiline, flowDepth == 0 { checkContinuation(content, isFlow: false) }
    case .plain:
      if flowDepth > 0, value.count == 1, value[0] == UInt8(ascii: "-") {
        findings.append(.dashInFlow(at: span(content)))
      }
    case .block, .flow: break
    }
  }

  /// A flow collection without a bracket (`[a: b]`) takes no text of its own.
  private mutating func openFlow(_ event: borrowing YAMLEvent, _ content: Range<Int>) {
    let first = content.isEmpty ? 0 : source.bytes[content.lowerBound]
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      pass(content.lowerBound..<content.lowerBound + 1)
    }
    if flowDepth == 0 {
      (flowStart, flowColumn) = (content.lowerBound, event.column + content.lowerBound - event.start)
    }
    flowDepth += 1
  }

  private mutating func closeFlow(_ event: borrowing YAMLEvent) {
    if event.end > event.start { pass(event.start..<event.end) }
    flowDepth -= 1
    // Columns that grow like offsets tell that no line ended between.
    guard flowDepth == 0, event.column - flowColumn != event.start - flowStart else { return }
    checkContinuation(flowStart..<event.end, isFlow: true)
  }

  /// Where a block collection stands: the column of its first key or dash, which a tag before it hides.
  private func column(_ event: borrowing YAMLEvent, _ content: Range<Int>) -> Int {
    guard content.lowerBound > event.start else { return event.column }
    let line = source.lineRange(source.lineIndex(of: content.lowerBound))
    return content.lowerBound - line.lowerBound
  }

  private mutating func seeDocumentStart(_ event: borrowing YAMLEvent) {
    guard event.isExplicit || event.hasDirectives else { return }
    if event.hasDirectives, lastDocumentEndsBare { findings.append(.lateDirective(at: directive(event))) }
    pass(event.start..<event.start)
    scanGap(to: event.end, isDirectives: true)
  }

  /// The first `%` line at or before a document's `---`.
  private func directive(_ event: borrowing YAMLEvent) -> Span {
    let line = source.lineRange(source.lineIndex(of: event.start))
    return span(line)
  }

  func span(_ range: Range<Int>) -> Span { Span(file: source.file, range) }
}

extension SyntaxChecks {
  /// Reads what stands between values: indicators, tags, anchors and comments.
  private mutating func scanGap(to end: Int, isDirectives: Bool = false) {
    let end = min(end, source.bytes.count)
    var offset = indicator(from: scanned, to: end)
    guard offset < end else {
      scanned = max(scanned, offset)
      return
    }
    let text = source.bytes
    while offset < end {
      switch text[offset] {
      case UInt8(ascii: "#"): offset = comment(at: offset)
      case UInt8(ascii: "!"), UInt8(ascii: "&"), UInt8(ascii: "*"):
        offset = endOfWord(after: offset)
      case UInt8(ascii: "%") where isDirectives && !isVersionDirective(at: offset):
        while offset < end, !isBlankOrBreak(text[offset]) || text[offset] == 0x20 && !isComment(after: offset) {
          offset += 1
        }
      default: offset += 1
      }
    }
    scanned = max(scanned, offset)
  }

  /// The first byte of a gap that may be more than space and punctuation: nearly every gap has none.
  private func indicator(from start: Int, to end: Int) -> Int {
    let text = source.bytes.span
    var offset = start
    while offset < end {
      switch text[offset] {
      case UInt8(ascii: "#"), UInt8(ascii: "!"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "%"): return offset
      default: offset += 1
      }
    }
    return offset
  }

  private func isComment(after offset: Int) -> Bool {
    offset + 1 < source.bytes.count && source.bytes[offset + 1] == UInt8(ascii: "#")
  }

  private func isVersionDirective(at offset: Int) -> Bool {
    source.bytes[offset...].starts(with: "%YAML".utf8)
  }

  private func endOfWord(after offset: Int) -> Int {
    var end = offset
    while end < source.bytes.count, !isBlankOrBreak(source.bytes[end]) { end += 1 }
    return end
  }

  /// Notes the comment at an offset and says where its line ends.
  private mutating func comment(at offset: Int) -> Int {
    let text = source.bytes
    var end = offset
    while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
    if offset > 0, !isBlankOrBreak(text[offset - 1]), !isAfterMark(offset) {
      findings.append(.commentWithoutSpace(at: span(offset..<end), fix: span(offset..<offset)))
    }
    comments.append(span(offset..<end))
    return end
  }

  private func isAfterMark(_ offset: Int) -> Bool {
    offset == 3 && source.bytes.starts(with: [0xEF, 0xBB, 0xBF])
  }

  /// Every further line of a value that goes over lines must be indented deeper than the block it stands in.
  ///
  /// A line of closing brackets alone may stand out: strictly it may not, but everybody writes it, and nobody could
  /// read it otherwise.
  private mutating func checkContinuation(_ content: Range<Int>, isFlow: Bool) {
    let least = (columns.last ?? -1) + 1
    guard least > 0 else { return }
    var line = source.lineIndex(of: content.lowerBound) + 1
    while line < source.lineStarts.count, Int(source.lineStarts[line]) < content.upperBound {
      defer { line += 1 }
      let range = source.lineRange(line)
      let indent = range.prefix { source.bytes[$0] == 0x20 }.count
      let first = range.first { source.bytes[$0] != 0x20 && source.bytes[$0] != 0x09 }
      guard indent < least, let first else { continue }
      if isFlow, "]}#".utf8.contains(source.bytes[first]) { continue }
      findings.append(
        .shallowLine(
          at: span(first..<max(first, min(range.upperBound, content.upperBound))), least: least,
          hasTab: first > range.lowerBound + indent, isFlow: isFlow))
      return
    }
  }

  /// Looks at a block scalar's first line and at the blank lines before its text.
  private mutating func checkBlockScalar(_ content: Range<Int>) {
    let header = source.lineIndex(of: content.lowerBound)
    let headerLine = source.lineRange(header)
    if let hash = source.bytes[content.lowerBound..<headerLine.upperBound].firstIndex(of: UInt8(ascii: "#")) {
      _ = comment(at: hash)
    }
    let marks = source.bytes[content.lowerBound..<headerLine.upperBound].prefix { !isBlankOrBreak($0) }
    guard !marks.contains(where: { isDigit($0, base: 10) }) else { return }
    var deepest: Range<Int> = headerLine.upperBound..<headerLine.upperBound
    for line in header + 1..<max(header + 1, source.lineStarts.count) {
      let range = source.lineRange(line)
      let indent = range.prefix { source.bytes[$0] == 0x20 }.count
      if indent < range.count {
        if indent > (columns.last ?? -1), indent < deepest.count { findings.append(.deepBlankLine(at: span(deepest))) }
        return
      }
      if range.count > deepest.count { deepest = range }
    }
  }
}

/// Space, tab, or the end of a line.
func isBlankOrBreak(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
