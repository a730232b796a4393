import LatchJSON
import LatchPolicy

extension RecordStyle {
  /// True if all that the caller gave is in the record.
  func writeArguments(_ arguments: AuditArguments, to buffer: inout RecordBuffer) -> Bool {
    switch arguments {
    case .absent:
      buffer.member("recorded", "absent")
      return true
    case .unreadable(let bytes):
      buffer.member("recorded", "unreadable")
      writeDigest(of: bytes.span, to: &buffer)
      return false
    case .read(let document, let root):
      buffer.member("recorded", settings.arguments.rawValue)
      let paths = settings.arguments == .none ? nil : write(document, root, to: &buffer)
      let place = document.place(root)
      // A tree that was made and not read has no text; what stands for it is its plainest spelling.
      if place.isEmpty {
        writeDigest(of: plainText(of: document, root).span, to: &buffer)
      } else {
        writeDigest(of: document.storage.span.extracting(place), to: &buffer)
      }
      return paths?.count == 0
    }
  }

  private func write(_ document: JSONDocument, _ root: Int, to buffer: inout RecordBuffer) -> RedactedPaths {
    var writer = ArgumentWriter(document, redactor: filter)
    buffer.member("arguments")
    writer.write(root, to: &buffer)
    guard writer.paths.count > 0 else { return writer.paths }
    buffer.member("redacted")
    buffer.byte(0x5B)
    buffer.raw(writer.paths.list.bytes)
    buffer.byte(0x5D)
    if writer.paths.unlisted > 0 { buffer.member("redacted_unlisted", writer.paths.unlisted) }
    return writer.paths
  }

  private func plainText(of document: JSONDocument, _ root: Int) -> [UInt8] {
    var writer = ArgumentWriter(document, redactor: nil)
    var buffer = RecordBuffer()
    writer.write(root, to: &buffer)
    return buffer.bytes
  }

  private func writeDigest(of arguments: Span<UInt8>, to buffer: inout RecordBuffer) {
    buffer.member("bytes", arguments.count)
    buffer.member("hmac")
    buffer.digest(key.digest(arguments))
  }

  func writeList(_ name: StaticString, _ texts: [String], to buffer: inout RecordBuffer) {
    buffer.member(name)
    for (position, text) in texts.enumerated() {
      buffer.byte(position == 0 ? 0x5B : 0x2C)
      buffer.string(text)
    }
    buffer.byte(0x5D)
  }

  func write(_ approval: AuditApproval, to buffer: inout RecordBuffer) {
    buffer.member("approval")
    buffer.raw("{\"id\":")
    buffer.string(approval.id)
    buffer.member("state", approval.state.rawValue)
    if let way = approval.way { buffer.member("by", way.rawValue) }
    if let who = approval.who { buffer.member("who", who) }
    buffer.byte(0x7D)
  }

  func write(_ trace: TraceContext, to buffer: inout RecordBuffer) {
    buffer.member("trace")
    buffer.raw("{\"trace_id\":")
    buffer.string(trace.traceID)
    buffer.member("span_id", trace.spanID)
    buffer.member("flags", Int(trace.flags))
    buffer.byte(0x7D)
  }
}
