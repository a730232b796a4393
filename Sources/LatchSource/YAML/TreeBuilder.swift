/// Makes records from events, and finds what may not be in a policy's tree.
///
/// Aliases are copied at once; merge keys, doubled keys and keys that are no text wait for `TreeTidying`.
struct TreeBuilder {
  let source: Source
  let limits: YAMLLimits
  var records: [YAMLTree.Record] = []
  var decoded: [UInt8] = []
  var aliases: [Int: Span] = [:]
  var found: [Diagnostic] = []
  var unreadKeys: [Spanned<String>] = []
  /// Whether something is left for `TreeTidying`.
  var needsTidying = false
  /// The open collections, outermost first. A block mapping that is the root stays open to the end.
  private(set) var open: [Open] = []
  private var anchors: [[UInt8]: Anchor] = [:]
  /// The names of anchors and the places of aliases as they came, each with the number of records there were then.
  private var anchorsDefined: [(name: [UInt8], records: Int)] = []
  private var aliasesUsed: [Int] = []
  private var aliasedNodes = 0
  private var documents = 0
  /// Where the text became too deep to be read on.
  private(set) var brokenAt: Int?
  /// Whether a top-level entry has begun since the reading began or went on.
  private var hasCurrentEntry = false
  /// Whether the next mapping goes on with the root.
  private var isResuming = false

  /// A collection whose end is still to come.
  struct Open {
    let index: Int
    var children = 0
    /// The index of the child that was begun last.
    var lastChild = 0
    /// Of a mapping: the index of the key that was begun last.
    var lastKey = 0
    /// How many levels are below it.
    var height = 0
    var anchor: [UInt8]?
    let isBlock: Bool
    let isMapping: Bool
  }

  private struct Anchor {
    let range: Range<Int>
    let height: Int
  }

  init(source: Source, limits: YAMLLimits) {
    self.source = source
    self.limits = limits
  }

  /// Takes an event; false if nothing that follows can be read.
  mutating func add(_ event: borrowing YAMLEvent, content: Range<Int>, value: Swift.Span<UInt8>) -> Bool {
    switch event.kind {
    case .streamStart, .streamEnd, .documentEnd: return true
    case .documentStart: return startDocument(event)
    case .mappingStart where isResuming && event.style == .block: isResuming = false
    case _ where isResuming: return false
    case .scalar: addScalar(event, content, value)
    case .alias: addAlias(event)
    case .sequenceStart: return openCollection(.sequence, event, content)
    case .mappingStart: return openCollection(.mapping, event, content)
    case .sequenceEnd, .mappingEnd: closeCollection(event)
    }
    return true
  }

  private mutating func startDocument(_ event: borrowing YAMLEvent) -> Bool {
    documents += 1
    guard documents > 1 else { return true }
    found.append(.severalDocuments(at: span(max(event.start, event.end - 3)..<event.end)))
    return false
  }

  /// Counts a child of the innermost collection, which is about to be appended.
  mutating func countChild() {
    guard let innermost = open.indices.last else { return }
    if open[innermost].children.isMultiple(of: 2) {
      open[innermost].lastKey = records.count
      hasCurrentEntry = hasCurrentEntry || innermost == 0
    }
    open[innermost].children += 1
    open[innermost].lastChild = records.count
  }

  /// Whether the next node is a mapping's key.
  var expectsKey: Bool {
    guard let innermost = open.indices.last else { return false }
    return open[innermost].isMapping && open[innermost].children.isMultiple(of: 2)
  }

  private mutating func openCollection(
    _ kind: YAMLTree.Record.Kind, _ event: borrowing YAMLEvent, _ content: Range<Int>
  ) -> Bool {
    guard open.count < limits.depth else {
      let end = min(content.lowerBound + 1, source.bytes.count)
      found.append(.tooDeep(limits.depth, at: span(content.lowerBound..<end)))
      brokenAt = content.lowerBound
      return false
    }
    checkCollectionTag(event, kind)
    let isKey = expectsKey
    countChild()
    if isKey { found.append(.collectionAsKey(at: span(content.lowerBound..<content.lowerBound + 1))) }
    needsTidying = needsTidying || isKey
    let start = UInt32(content.lowerBound)
    open.append(
      Open(index: records.count, anchor: event.anchor, isBlock: event.style == .block, isMapping: kind == .mapping))
    records.append(
      YAMLTree.Record(
        kind: kind, style: event.style, isDropped: isKey, start: start, end: UInt32(content.upperBound), next: 0))
    return true
  }

  private mutating func closeCollection(_ event: borrowing YAMLEvent) {
    if open.count == 1, isRootResumable { return }
    close(end: event.start < event.end ? event.end : nil)
  }

  /// Ends the innermost collection: at a bracket, or where its last child ends.
  private mutating func close(end: Int?) {
    guard let closed = open.popLast() else { return }
    let isMapping = closed.isMapping
    let lastEnd = closed.children > 0 ? Int(records[closed.lastChild].end) : Int(records[closed.index].end)
    let isBracket = !closed.isBlock && end != nil
    records[closed.index].end = UInt32(isBracket ? end ?? lastEnd : max(lastEnd, Int(records[closed.index].start)))
    records[closed.index].count = UInt32(isMapping ? closed.children / 2 : closed.children)
    records[closed.index].next = UInt32(records.count)
    if isMapping { checkKeys(of: closed.index) }
    define(closed.anchor, from: closed.index, height: closed.height + 1)
    raiseHeight(to: closed.height + 1)
  }

  private mutating func raiseHeight(to height: Int) {
    guard let outer = open.indices.last else { return }
    open[outer].height = max(open[outer].height, height)
  }

  /// Remembers what an anchor names: the node from an index to the end of the records.
  mutating func define(_ anchor: [UInt8]?, from index: Int, height: Int) {
    guard let anchor else { return }
    anchors[anchor] = Anchor(range: index..<records.count, height: height)
    anchorsDefined.append((anchor, records.count))
  }

  private mutating func addAlias(_ event: borrowing YAMLEvent) {
    let place = span(event.start..<event.end)
    let isKey = expectsKey
    countChild()
    guard let anchor = event.anchor.flatMap({ anchors[$0] }) else {
      if unreadKeys.isEmpty { found.append(.unknownAlias(at: place, in: source)) }
      return addNull(at: event.start..<event.end)
    }
    guard aliasedNodes + anchor.range.count <= limits.aliasedNodes else {
      if aliasedNodes <= limits.aliasedNodes { found.append(.tooManyAliasedNodes(limits.aliasedNodes, at: place)) }
      aliasedNodes = limits.aliasedNodes + 1
      return addNull(at: event.start..<event.end)
    }
    guard open.count + anchor.height <= limits.depth else {
      found.append(.tooDeep(limits.depth, at: place))
      return addNull(at: event.start..<event.end)
    }
    aliasedNodes += anchor.range.count
    raiseHeight(to: anchor.height)
    let index = records.count
    copy(anchor.range, usedAt: place)
    if isKey { checkAliasedKey(at: index, place) }
  }

  private mutating func copy(_ range: Range<Int>, usedAt place: Span) {
    let shift = records.count - range.lowerBound
    note(place)
    for index in range {
      var record = records[index]
      record.next += UInt32(shift)
      if index == range.lowerBound { record.isAliasRoot = true }
      if record.isAliasRoot, index > range.lowerBound, let inner = aliases[index] { note(inner) }
      records.append(record)
    }
  }

  /// Remembers where the alias is written that brings the next record.
  private mutating func note(_ place: Span) {
    aliases[records.count] = place
    aliasesUsed.append(records.count)
  }

  private mutating func addNull(at range: Range<Int>) {
    records.append(
      YAMLTree.Record(
        kind: .null, style: .plain, start: UInt32(range.lowerBound), end: UInt32(range.upperBound),
        next: UInt32(records.count + 1)))
  }

  func span(_ range: Range<Int>) -> Span { Span(file: source.file, range) }
}

/// Breaking off at a syntax error and going on at a later top-level key.
extension TreeBuilder {
  /// Whether the text is a block mapping, of which later entries can be read on their own.
  private var isRootResumable: Bool {
    !open.isEmpty && open[0].isBlock && open[0].isMapping
  }

  /// Where the top-level entry that is being read begins.
  var currentEntry: Int? {
    guard isRootResumable, hasCurrentEntry, let root = open.first else { return nil }
    return Int(records[root.lastKey].start)
  }

  /// Forgets what a mistake at an offset has broken, and makes ready for later entries.
  mutating func breakOff(at offset: Int) {
    (documents, brokenAt) = (0, nil)
    defer { hasCurrentEntry = false }
    guard isRootResumable, var root = open.first else {
      (open, records, isResuming) = ([], [], false)
      return forget()
    }
    let isWhole = open.count == 1 && isWhole(root, before: offset)
    isResuming = true
    defer { open = [root] }
    guard hasCurrentEntry, !isWhole else { return }
    unreadKeys.append(Spanned(text(of: records[root.lastKey]), place(of: records[root.lastKey])))
    records.removeLast(records.count - root.lastKey)
    root.children -= root.children.isMultiple(of: 2) ? 2 : 1
    root.lastChild = root.index
    forget()
  }

  /// Whether the root's last entry ended on a line before the mistake's.
  private func isWhole(_ root: Open, before offset: Int) -> Bool {
    guard root.children > 0, root.children.isMultiple(of: 2) else { return false }
    return source.lineIndex(of: Int(records[root.lastChild].end)) < source.lineIndex(of: offset)
  }

  /// Forgets what anchors and aliases say of records that are gone; of what is left there may be much, so that nothing
  /// is looked at twice.
  private mutating func forget() {
    while let last = anchorsDefined.last, last.records > records.count {
      anchorsDefined.removeLast()
      if anchors[last.name].map({ $0.range.upperBound > records.count }) == true { anchors[last.name] = nil }
    }
    while let last = aliasesUsed.last, last >= records.count { aliases[aliasesUsed.removeLast()] = nil }
  }

  /// Ends what is open, at the end of the text.
  mutating func finish() {
    while !open.isEmpty { close(end: nil) }
  }

  func place(of record: YAMLTree.Record) -> Span { span(Int(record.start)..<Int(record.end)) }

  func bytes(of record: YAMLTree.Record) -> ArraySlice<UInt8> {
    let range = Int(record.contentStart)..<Int(record.contentEnd)
    return record.isDecoded ? decoded[range] : source.bytes[range]
  }

  func text(of record: YAMLTree.Record) -> String { String(decoding: bytes(of: record), as: UTF8.self) }
}
