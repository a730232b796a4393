import CLibYAML

// All that is unsafe in this target is in this file: libyaml's structs and what they point at.

/// Runs libyaml over a text from an offset on and gives every event to the receiver.
///
/// The text is valid UTF-8 already. libyaml counts code points; events come with byte offsets of the whole text. A text
/// without bytes has no events.
func parseEvents(
  of text: [UInt8], from base: Int, isASCII: Bool, into receiver: inout some YAMLEventReceiver
) -> YAMLSyntaxError? {
  let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  defer { unsafe parser.deallocate() }
  guard unsafe yaml_parser_initialize(parser) == 1 else { preconditionFailure("out of memory") }
  defer { unsafe yaml_parser_delete(parser) }
  return unsafe text.withUnsafeBufferPointer { bytes in
    let rest = unsafe UnsafeBufferPointer(rebasing: bytes[base...])
    guard let start = rest.baseAddress else { return nil }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, start, rest.count)
    var cursor = CodePointCursor(byte: base, isASCII: isASCII)
    return unsafe deliver(parser, text, &cursor, into: &receiver)
  }
}

private func deliver(
  _ parser: UnsafeMutablePointer<yaml_parser_t>, _ text: [UInt8], _ cursor: inout CodePointCursor,
  into receiver: inout some YAMLEventReceiver
) -> YAMLSyntaxError? {
  let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
  unsafe event.initialize(to: yaml_event_t())
  defer { unsafe event.deallocate() }
  while true {
    guard unsafe yaml_parser_parse(parser, event) == 1 else { return unsafe syntaxError(parser, text, &cursor) }
    defer { unsafe yaml_event_delete(event) }
    guard let kind = unsafe kind(of: event.pointee.type) else { return nil }
    let read = unsafe converted(event, kind, text, &cursor)
    var value = Swift.Span<UInt8>()
    if kind == .scalar {
      value = unsafe UnsafeBufferPointer(
        start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length
      ).span
    }
    guard receiver.receive(read, value: value), kind != .streamEnd else { return nil }
  }
}

private func converted(
  _ event: UnsafeMutablePointer<yaml_event_t>, _ kind: YAMLEvent.Kind, _ text: [UInt8], _ cursor: inout CodePointCursor
) -> YAMLEvent {
  var read = unsafe YAMLEvent(
    kind: kind, start: cursor.byteOffset(of: event.pointee.start_mark.index, in: text),
    end: cursor.byteOffset(of: event.pointee.end_mark.index, in: text), column: event.pointee.start_mark.column,
    isMultiline: event.pointee.start_mark.line != event.pointee.end_mark.line)
  switch kind {
  case .scalar:
    unsafe read.style = style(of: event.pointee.data.scalar.style)
    unsafe read.anchor = bytes(event.pointee.data.scalar.anchor)
    unsafe read.tag = bytes(event.pointee.data.scalar.tag)
  case .sequenceStart:
    let isFlow = unsafe event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    read.style = isFlow ? .flow : .block
    unsafe read.anchor = bytes(event.pointee.data.sequence_start.anchor)
    unsafe read.tag = bytes(event.pointee.data.sequence_start.tag)
  case .mappingStart:
    let isFlow = unsafe event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
    read.style = isFlow ? .flow : .block
    unsafe read.anchor = bytes(event.pointee.data.mapping_start.anchor)
    unsafe read.tag = bytes(event.pointee.data.mapping_start.tag)
  case .alias:
    unsafe read.anchor = bytes(event.pointee.data.alias.anchor)
  case .documentStart:
    let document = unsafe event.pointee.data.document_start
    read.isExplicit = unsafe document.implicit == 0
    read.hasDirectives =
      unsafe document.version_directive != nil || document.tag_directives.start != document.tag_directives.end
  case .documentEnd:
    read.isExplicit = unsafe event.pointee.data.document_end.implicit == 0
  case .streamStart, .streamEnd, .sequenceEnd, .mappingEnd:
    break
  }
  return read
}

private func kind(of type: yaml_event_type_t) -> YAMLEvent.Kind? {
  switch type {
  case YAML_STREAM_START_EVENT: .streamStart
  case YAML_STREAM_END_EVENT: .streamEnd
  case YAML_DOCUMENT_START_EVENT: .documentStart
  case YAML_DOCUMENT_END_EVENT: .documentEnd
  case YAML_ALIAS_EVENT: .alias
  case YAML_SCALAR_EVENT: .scalar
  case YAML_SEQUENCE_START_EVENT: .sequenceStart
  case YAML_SEQUENCE_END_EVENT: .sequenceEnd
  case YAML_MAPPING_START_EVENT: .mappingStart
  case YAML_MAPPING_END_EVENT: .mappingEnd
  default: nil
  }
}

private func style(of style: yaml_scalar_style_t) -> YAMLStyle {
  switch style {
  case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
  case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
  case YAML_LITERAL_SCALAR_STYLE: .literal
  case YAML_FOLDED_SCALAR_STYLE: .folded
  default: .plain
  }
}

/// The bytes of a C string; nil of none.
@inline(__always)
private func bytes(_ text: UnsafeMutablePointer<yaml_char_t>?) -> [UInt8]? {
  guard let text = unsafe text else { return nil }
  return unsafe copy(text)
}

private func copy(_ text: UnsafeMutablePointer<yaml_char_t>) -> [UInt8] {
  var next = unsafe text
  var copy: [UInt8] = []
  while unsafe next.pointee != 0 {
    unsafe copy.append(next.pointee)
    unsafe next += 1
  }
  return copy
}

private func syntaxError(
  _ parser: UnsafeMutablePointer<yaml_parser_t>, _ text: [UInt8], _ cursor: inout CodePointCursor
) -> YAMLSyntaxError {
  let parser = unsafe parser.pointee
  let context = unsafe parser.context.map { unsafe String(cString: $0) } ?? ""
  let offset = unsafe cursor.byteOffset(of: parser.problem_mark.index, in: text)
  return unsafe YAMLSyntaxError(
    problem: parser.problem.map { unsafe String(cString: $0) } ?? "it cannot be read",
    context: context, offset: offset,
    contextOffset: context.isEmpty ? nil : cursor.byteOffset(of: parser.context_mark.index, in: text))
}

/// Turns code points, in which libyaml counts, into bytes by going from the last place asked for.
private struct CodePointCursor {
  var byte: Int
  let base: Int
  let isASCII: Bool
  var index = 0

  init(byte: Int, isASCII: Bool) {
    self.byte = byte
    self.isASCII = isASCII
    base = byte
  }

  mutating func byteOffset(of wanted: Int, in text: [UInt8]) -> Int {
    if isASCII { return min(base + wanted, text.count) }
    let bytes = text.span
    while index < wanted, byte < bytes.count {
      byte += 1
      while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      index += 1
    }
    while index > wanted, byte > 0 {
      byte -= 1
      while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      index -= 1
    }
    return byte
  }
}
