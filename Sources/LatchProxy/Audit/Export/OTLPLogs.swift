/// Records as logs of OpenTelemetry: the body of an OTLP/HTTP request (`ExportLogsServiceRequest`) in JSON.
///
/// Arguments stay where they are; their keyed digest goes along. So do each record's number and hash, which anchor the
/// record on another machine.
package enum OTLPLogs {
  /// What stands before the first record.
  static func begin(_ version: String, to buffer: inout RecordBuffer) {
    buffer.raw(#"{"resourceLogs":[{"resource":{"attributes":["#)
    var attributes = Attributes()
    attributes.add("service.name", "latch-proxy", to: &buffer)
    attributes.add("service.version", version, to: &buffer)
    buffer.raw(#"]},"scopeLogs":[{"scope":{"name":"dev.latch.audit","version":"1"},"logRecords":["#)
  }

  /// What stands behind the last one.
  static let end = "]}]}]}"

  /// `file` is the name of the file that the record stands in.
  static func write(_ entry: AuditEntry, _ file: String, to buffer: inout RecordBuffer) {
    let nanoseconds = "\(entry.time.milliseconds)000000"
    let severity = Severity(of: entry)
    buffer.raw("{\"timeUnixNano\":\"\(nanoseconds)\",\"observedTimeUnixNano\":\"\(nanoseconds)\"")
    buffer.member("severityNumber", severity.rawValue)
    buffer.member("severityText", severity.text)
    buffer.member("eventName", "latch.audit.\(entry.kind.rawValue)")
    buffer.member("body")
    buffer.raw("{\"stringValue\":")
    buffer.string(clipped(body(of: entry)))
    buffer.raw("},\"attributes\":[")
    writeAttributes(of: entry, file, to: &buffer)
    buffer.byte(0x5D)
    writeTrace(of: entry, to: &buffer)
    buffer.byte(0x7D)
  }

  private static func body(of entry: AuditEntry) -> String {
    // What a schema says of arguments may repeat them.
    let saysArguments = entry.text("decided_by")?.utf8.elementsEqual("invalid_arguments".utf8) == true
    let reason = saysArguments ? "Denied: the arguments are not what the tool takes." : entry.text("reason")
    return reason ?? entry.text("detail") ?? entry.text("outcome") ?? entry.kind.rawValue
  }

  /// What a client made up may be as long as a message; a collector that refused it would never get further.
  private static func clipped(_ text: String) -> String {
    guard text.utf8.count > longestText else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestText))) + "…"
  }

  private static let longestText = 4096

  private static func writeAttributes(of entry: AuditEntry, _ file: String, to buffer: inout RecordBuffer) {
    var attributes = Attributes()
    attributes.add("latch.audit.file", file, to: &buffer)
    attributes.add("latch.audit.seq", entry.seq, to: &buffer)
    attributes.add("latch.audit.head", entry.head, to: &buffer)
    for (name, member) in texts {
      if let text = entry.text(member) { attributes.add(name, clipped(text), to: &buffer) }
    }
    for (name, member) in numbers {
      if let number = entry.number(member) { attributes.add(name, number, to: &buffer) }
    }
    if let passed = entry.truth("passed") { attributes.add("latch.passed", passed, to: &buffer) }
    for name in ["id", "state", "by"] {
      if let text = entry.text(name, in: "approval") { attributes.add("latch.approval.\(name)", text, to: &buffer) }
    }
  }

  /// The names that OpenTelemetry gives to what MCP has too; the rest are Latch's own.
  private static let texts = [
    ("mcp.method.name", "method"), ("gen_ai.tool.name", "tool"), ("latch.upstream", "upstream"),
    ("latch.client", "client"), ("latch.session", "session"), ("latch.bundle", "bundle"), ("latch.policy", "policy"),
    ("latch.class", "class"), ("latch.effect", "effect"), ("latch.decided_by", "decided_by"), ("latch.rule", "rule"),
    ("latch.outcome", "outcome"), ("latch.event", "event"), ("latch.arguments.hmac", "hmac"),
  ]

  private static let numbers = [
    ("latch.call", "call"), ("latch.arguments.bytes", "bytes"), ("latch.duration_us", "duration_us"),
    ("latch.error.code", "code"),
  ]

  private static func writeTrace(of entry: AuditEntry, to buffer: inout RecordBuffer) {
    guard let trace = entry.text("trace_id", in: "trace"), let span = entry.text("span_id", in: "trace"),
      let flags = entry.text("flags", in: "trace").flatMap(Int.init)
    else { return }
    buffer.member("flags", flags)
    buffer.member("traceId", trace)
    buffer.member("spanId", span)
  }
}

/// The numbers of OpenTelemetry's log data model.
private enum Severity: Int {
  case info = 9
  case warn = 13

  var text: String { self == .info ? "INFO" : "WARN" }

  init(of entry: AuditEntry) {
    switch entry.kind {
    case .file, .end: self = .info
    case .decision: self = entry.text("effect") == "allow" ? .info : .warn
    case .outcome: self = entry.text("outcome") == "result" ? .info : .warn
    case .event: self = entry.text("event") == "policy_loaded" ? .info : .warn
    }
  }
}

/// Key and value, with commas between.
private struct Attributes {
  private var isFirst = true

  mutating func add(_ key: String, _ text: String, to buffer: inout RecordBuffer) {
    begin(key, "stringValue", &buffer)
    buffer.string(text)
    buffer.raw("}}")
  }

  /// A 64-bit number is a string in the JSON of Protocol Buffers.
  mutating func add(_ key: String, _ number: Int, to buffer: inout RecordBuffer) {
    begin(key, "intValue", &buffer)
    buffer.raw("\"\(number)\"}}")
  }

  mutating func add(_ key: String, _ truth: Bool, to buffer: inout RecordBuffer) {
    begin(key, "boolValue", &buffer)
    buffer.raw(truth ? "true}}" : "false}}")
  }

  private mutating func begin(_ key: String, _ type: String, _ buffer: inout RecordBuffer) {
    if !isFirst { buffer.byte(0x2C) }
    isFirst = false
    buffer.raw("{\"key\":")
    buffer.string(key)
    buffer.raw(",\"value\":{\"\(type)\":")
  }
}
