/// Reads a YAML text into a tree, and finds everything in it that a policy may not hold.
///
/// There is a value whenever anything could be read: after a syntax error the later top-level entries are read still,
/// and the tree says what is missing (`isPartial`, `unreadKeys`). A text without content is a null whose tree
/// `isEmpty`.
package func read(_ source: Source, limits: YAMLLimits = YAMLLimits()) -> Outcome<YAMLNode> {
  guard source.bytes.count <= limits.bytes else {
    return Outcome(nil, [.fileTooLarge(source.bytes.count, limit: limits.bytes, in: source)])
  }
  let encoding = checkEncoding(source)
  guard encoding.isReadable else { return Outcome(nil, encoding.found) }
  var reading = Reading(source: source, limits: limits, start: encoding.start)
  reading.run(isASCII: encoding.isASCII)
  return reading.outcome()
}

/// One text being read, piece by piece where syntax errors break it.
private struct Reading: YAMLEventReceiver {
  let source: Source
  let start: Int
  var checks: SyntaxChecks
  var builder: TreeBuilder
  var syntaxErrors: [Diagnostic] = []
  /// Whether a part of the text could not be read.
  var isPartial = false
  /// The quoted text read last: if it went over lines, a later error may be its missing quote.
  var lastQuoted: Range<Int>?

  init(source: Source, limits: YAMLLimits, start: Int) {
    self.source = source
    self.start = start
    checks = SyntaxChecks(source: source, from: start)
    builder = TreeBuilder(source: source, limits: limits)
    builder.records.reserveCapacity(source.bytes.count / 8)
  }

  mutating func receive(_ event: borrowing YAMLEvent, value: Swift.Span<UInt8>) -> Bool {
    let content = contentPlace(of: event, in: source.bytes)
    checks.see(event, content: content, value: value)
    if event.isMultiline, event.style == .doubleQuoted || event.style == .singleQuoted { lastQuoted = content }
    return builder.add(event, content: content, value: value)
  }

  mutating func run(isASCII: Bool) {
    var base = start
    // Each piece may be read to its end before it breaks: a bound on the sum keeps the whole linear.
    var budget = 4 * source.bytes.count + 65_536
    while true {
      let error = parseEvents(of: source.bytes, from: base, isASCII: isASCII, into: &self)
      guard let broken = error?.offset ?? builder.brokenAt else { return }
      if let error { report(error) }
      isPartial = true
      budget -= broken - base + 256
      let entry = max(builder.currentEntry ?? base, base)
      builder.breakOff(at: broken)
      guard budget > 0, let next = nextTopLevelKey(in: source, after: entry) else { return }
      base = next
      checks.skip(to: base)
      lastQuoted = nil
    }
  }

  /// Reports a syntax error, unless it only follows from what the checks found just before it.
  private mutating func report(_ error: YAMLSyntaxError) {
    if checks.foundDeepBlankLine(rightBefore: error.offset) { return }
    let quoted = lastQuoted.flatMap { isRightBefore(error.offset, $0) ? $0 : nil }
    if let quoted { checks.forget(within: quoted) }
    syntaxErrors.append(.syntax(error, in: source, after: quoted))
  }

  /// Whether an error stands on the line on which text in quotes ended.
  private func isRightBefore(_ offset: Int, _ quoted: Range<Int>) -> Bool {
    offset >= quoted.upperBound && source.lineIndex(of: offset) == source.lineIndex(of: quoted.upperBound - 1)
  }

  consuming func outcome() -> Outcome<YAMLNode> {
    builder.finish()
    var found = syntaxErrors + checks.found + builder.found
    guard !builder.records.isEmpty else {
      if isPartial || found.hasErrors { return Outcome(nil, found.sortedAndUnique) }
      let end = UInt32(start)
      let null = YAMLTree.Record(kind: .null, style: .plain, start: end, end: end, next: 1)
      return Outcome(
        YAMLTree(source: source, records: [null], comments: checks.comments, isEmpty: true).root, found.sortedAndUnique)
    }
    var (records, aliases) = (builder.records, builder.aliases)
    if builder.needsTidying {
      let tidy = TreeTidying(builder)
      (records, aliases) = (tidy.records, tidy.aliases)
      found += tidy.found
    }
    let tree = YAMLTree(
      source: source, records: records, decoded: builder.decoded, aliases: aliases, comments: checks.comments,
      unreadKeys: builder.unreadKeys, isPartial: isPartial,
      isEmpty: records.count == 1 && records[0].kind == .null && records[0].start == records[0].end)
    return Outcome(tree.root, found.sortedAndUnique)
  }
}

/// Where the next line after an offset begins that looks like a key of the root mapping.
private func nextTopLevelKey(in source: Source, after offset: Int) -> Int? {
  var line = source.lineIndex(of: offset) + 1
  while line < source.lineStarts.count {
    let range = source.lineRange(line)
    if isTopLevelKey(source.bytes[range]) { return range.lowerBound }
    line += 1
  }
  return nil
}

private func isTopLevelKey(_ line: ArraySlice<UInt8>) -> Bool {
  var rest = line
  let quote = rest.first.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") ? $0 : nil }
  if quote != nil { rest = rest.dropFirst() }
  let name = rest.prefix { byte in
    isDigit(byte | 0x20, base: 16) || (0x61...0x7A).contains(byte | 0x20) || "_-.".utf8.contains(byte)
  }
  rest = rest.dropFirst(name.count)
  if let quote {
    guard rest.first == quote else { return false }
    rest = rest.dropFirst()
  }
  guard let first = name.first, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else { return false }
  rest = rest.drop { $0 == 0x20 }
  guard rest.first == UInt8(ascii: ":") else { return false }
  return rest.dropFirst().first.map { $0 == 0x20 || $0 == 0x09 } ?? true
}
