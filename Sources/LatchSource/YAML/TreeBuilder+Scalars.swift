extension TreeBuilder {
  /// Adds a scalar, resolved, as a value or as a key.
  mutating func addScalar(_ event: borrowing YAMLEvent, _ content: Range<Int>, _ value: Swift.Span<UInt8>) {
    let isKey = expectsKey
    countChild()
    let index = records.count
    var record = YAMLTree.Record(
      kind: .string, style: event.style, start: UInt32(content.lowerBound), end: UInt32(content.upperBound),
      next: UInt32(index + 1))
    keep(value, in: &record)
    record.kind = resolve(event, record, value)
    if isKey { checkKey(&record, value) }
    records.append(record)
    define(event.anchor, from: index, height: 0)
  }

  /// Points the record at what the scalar says: in the text if it stands there as it is, else in a copy.
  private mutating func keep(_ value: Swift.Span<UInt8>, in record: inout YAMLTree.Record) {
    let quote = record.style == .singleQuoted || record.style == .doubleQuoted ? 1 : 0
    let start = Int(record.start) + quote
    if start + value.count + quote == Int(record.end), isSame(value, at: start) {
      record.contentStart = UInt32(start)
      record.contentEnd = UInt32(start + value.count)
      return
    }
    record.isDecoded = true
    record.contentStart = UInt32(decoded.count)
    for offset in value.indices { decoded.append(value[offset]) }
    record.contentEnd = UInt32(decoded.count)
  }

  private func isSame(_ value: Swift.Span<UInt8>, at start: Int) -> Bool {
    let text = source.bytes.span
    for offset in value.indices where value[offset] != text[start + offset] { return false }
    return true
  }

  private mutating func resolve(
    _ event: borrowing YAMLEvent, _ record: YAMLTree.Record, _ value: Swift.Span<UInt8>
  ) -> YAMLTree.Record.Kind {
    if let tag = event.tag { return resolve(tag, event, value, at: place(of: record)) }
    guard event.style == .plain else { return .string }
    let reading = resolvePlain(value)
    if let other = readingInYAML11(value) {
      let place = place(of: record)
      found.append(.readOtherwise(other, source[place], reading, at: place))
    }
    if reading == .string { return .string }
    return kind(of: reading, value, at: place(of: record))
  }

  /// The kind of a reading; a number that JSON cannot hold is found.
  private mutating func kind(
    of reading: PlainReading, _ value: Swift.Span<UInt8>, at place: Span
  ) -> YAMLTree.Record.Kind {
    switch reading {
    case .null: return .null
    case .true: return .true
    case .false: return .false
    case .float: return .float
    case .string: return .string
    case .notFinite:
      found.append(.notFinite(source[place], at: place))
      return .null
    case .integer:
      guard value.count > 18, isPrefixed(value), prefixedInteger(copy(value)) == nil else { return .integer }
      found.append(.tooLarge(source[place], at: place))
      return .null
    }
  }

  private func isPrefixed(_ value: Swift.Span<UInt8>) -> Bool { value.count > 2 && numberBase(value[1]) != nil }

  private func copy(_ value: Swift.Span<UInt8>) -> ArraySlice<UInt8> { ArraySlice(value.indices.map { value[$0] }) }
}

/// Tags: only those of the core schema say anything here.
extension TreeBuilder {
  private mutating func resolve(
    _ tag: [UInt8], _ event: borrowing YAMLEvent, _ value: Swift.Span<UInt8>, at place: Span
  ) -> YAMLTree.Record.Kind {
    if tag == [UInt8(ascii: "!")] { return .string }
    guard let name = coreName(of: tag), !["seq", "map"].contains(name) else {
      reportTag(tag, event, of: "text")
      return .string
    }
    let reading = resolvePlain(value)
    switch (name, reading) {
    case ("str", _), ("merge", _): return .string
    case ("null", .null), ("bool", .true), ("bool", .false), ("int", .integer), ("float", .float),
      ("float", .notFinite):
      return kind(of: reading, value, at: place)
    case ("float", .integer): return kind(of: reading, value, at: place) == .integer ? .float : .null
    default:
      found.append(.unfitForTag("!!" + name, source[place], at: place))
      return .string
    }
  }

  /// Finds a tag on a collection that is not its own.
  mutating func checkCollectionTag(_ event: borrowing YAMLEvent, _ kind: YAMLTree.Record.Kind) {
    guard let tag = event.tag, tag != [UInt8(ascii: "!")] else { return }
    let name = coreName(of: tag)
    if name == (kind == .sequence ? "seq" : "map") { return }
    reportTag(tag, event, of: kind == .sequence ? "a list" : "a map")
  }

  private mutating func reportTag(_ tag: [UInt8], _ event: borrowing YAMLEvent, of what: String) {
    var start = event.start
    if source.bytes[start] == UInt8(ascii: "&") { start = endOfProperty(source.bytes, from: start) }
    while start < source.bytes.count, source.bytes[start] != UInt8(ascii: "!") { start += 1 }
    let place = span(start..<endOfProperty(source.bytes, from: min(start, source.bytes.count)))
    found.append(
      coreName(of: tag) == nil
        ? .unknownTag(source[place], at: place)
        : .tagOfOther(
          source[place], what, at: place))
  }

  private func coreName(of tag: [UInt8]) -> String? {
    let prefix = "tag:yaml.org,2002:"
    guard tag.starts(with: prefix.utf8) else { return nil }
    let name = String(decoding: tag.dropFirst(prefix.utf8.count), as: UTF8.self)
    return ["str", "int", "float", "bool", "null", "seq", "map", "merge"].contains(name) ? name : nil
  }
}
