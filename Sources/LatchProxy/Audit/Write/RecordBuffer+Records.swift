import Crypto
import LatchJSON
import LatchPolicy

extension RecordBuffer {
  /// What every record begins with; the caller adds members, then `end`.
  mutating func begin(_ kind: String, seq: Int, prev: RecordDigest?, at time: UTCTime) {
    clear()
    raw("{\"seq\":")
    number(seq)
    member("prev")
    if let prev { digest(prev) } else { raw("null") }
    member("kind", kind)
    member("time")
    self.time(time)
  }

  mutating func end() { byte(0x7D) }

  mutating func policy(_ policy: PolicyIdentity) {
    member("bundle", policy.bundle)
    member("policy", policy.policy)
  }
}

/// What does not change from record to record, and how arguments are kept.
struct RecordStyle: Sendable {
  let settings: AuditSettings
  let key: InstallationKey
  let redactor: Redactor

  init(_ settings: AuditSettings, key: InstallationKey) {
    self.settings = settings
    self.key = key
    redactor = Redactor(secrets: settings.secrets)
  }

  /// nil where all is recorded as it is.
  private var filter: Redactor? { settings.arguments == .full ? nil : redactor }

  /// The first record of a file.
  func writeHeader(_ file: String, session: String, part: Int, continues: String?, to buffer: inout RecordBuffer) {
    buffer.member("format", "latch-audit")
    buffer.member("version", 1)
    buffer.member("latch", Proxy.version)
    buffer.member("file", file)
    buffer.member("session", session)
    buffer.member("part", part)
    if let continues { buffer.member("continues", continues) }
    writeParties(to: &buffer)
    if let project = settings.project { buffer.member("project", project) }
    buffer.policy(settings.policy)
    buffer.member("mode", settings.mode.rawValue)
    buffer.member("arguments", settings.arguments.rawValue)
    buffer.member("durability", settings.durability.rawValue)
    buffer.member("key", key.id)
  }

  func write(_ record: AuditRecord, to buffer: inout RecordBuffer) {
    switch record {
    case .decision(let decision): write(decision, to: &buffer)
    case .outcome(let outcome): write(outcome, to: &buffer)
    case .event(let event): write(event, to: &buffer)
    }
  }

  private func write(_ record: AuditDecision, to buffer: inout RecordBuffer) {
    let decision = record.decision
    buffer.member("call", record.call)
    buffer.policy(record.policy)
    writeParties(to: &buffer)
    buffer.member("method", record.method)
    buffer.member("tool", record.tool.map(shown))
    buffer.member("class", decision.actionClass?.rawValue)
    buffer.member("effect", decision.effect.rawValue)
    buffer.member("decided_by", decision.decidedBy.rawValue)
    buffer.member("rule", decision.rule)
    if !decision.also.isEmpty { writeList("also", decision.also, to: &buffer) }
    buffer.member("passed", record.passed)
    let isWhole = writeArguments(record.arguments, to: &buffer)
    // What a schema says of arguments may repeat them.
    let saysArguments = decision.decidedBy == .invalidArguments && !isWhole
    if !saysArguments { buffer.member("reason", shown(decision.reason)) }
    if let approval = record.approval { write(approval, to: &buffer) }
    if let trace = record.trace { write(trace, to: &buffer) }
  }

  private func write(_ outcome: AuditOutcome, to buffer: inout RecordBuffer) {
    buffer.member("call", outcome.call)
    writeParties(to: &buffer)
    buffer.member("tool", outcome.tool.map(shown))
    buffer.member("outcome", outcome.kind.rawValue)
    if let code = outcome.code { buffer.member("code", code) }
    buffer.member("duration_us", max(0, outcome.microseconds))
  }

  private func write(_ event: AuditEvent, to buffer: inout RecordBuffer) {
    writeParties(to: &buffer)
    buffer.member("event", event.kind.rawValue)
    buffer.member("detail", shown(event.detail))
    if let policy = event.policy { buffer.policy(policy) }
  }

  private func writeParties(to buffer: inout RecordBuffer) {
    buffer.member("upstream", settings.upstream)
    buffer.member("client", settings.client)
  }

  /// What the other side chose freely may hold a secret as arguments may.
  private func shown(_ text: String) -> String { filter?.hides(text) == true ? Redactor.marker : text }
}

extension RecordStyle {
  /// True if all that the caller gave is in the record.
  private func writeArguments(_ arguments: AuditArguments, to buffer: inout RecordBuffer) -> Bool {
    switch arguments {
    case .absent:
      buffer.member("recorded", "absent")
      return true
    case .unreadable(let bytes):
      buffer.member("recorded", "unreadable")
      writeDigest(of: bytes[...], to: &buffer)
      return false
    case .read(let document, let root):
      buffer.member("recorded", settings.arguments.rawValue)
      let paths = settings.arguments == .none ? nil : write(document, root, to: &buffer)
      let place = document.place(root)
      // A tree that was made and not read has no text; what stands for it is its plainest spelling.
      if place.isEmpty {
        writeDigest(of: plainText(of: document, root)[...], to: &buffer)
      } else {
        writeDigest(of: document.storage[place], to: &buffer)
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

  private func writeDigest(of arguments: ArraySlice<UInt8>, to buffer: inout RecordBuffer) {
    buffer.member("bytes", arguments.count)
    buffer.member("hmac")
    buffer.digest(RecordDigest(of: arguments, key: key.key))
  }

  private func writeList(_ name: StaticString, _ texts: [String], to buffer: inout RecordBuffer) {
    buffer.member(name)
    for (position, text) in texts.enumerated() {
      buffer.byte(position == 0 ? 0x5B : 0x2C)
      buffer.string(text)
    }
    buffer.byte(0x5D)
  }

  private func write(_ approval: AuditApproval, to buffer: inout RecordBuffer) {
    buffer.member("approval")
    buffer.raw("{\"id\":")
    buffer.string(approval.id)
    buffer.member("state", approval.state.rawValue)
    if let way = approval.way { buffer.member("by", way.rawValue) }
    if let who = approval.who { buffer.member("who", who) }
    buffer.byte(0x7D)
  }

  private func write(_ trace: TraceContext, to buffer: inout RecordBuffer) {
    buffer.member("trace")
    buffer.raw("{\"trace_id\":")
    buffer.string(trace.traceID)
    buffer.member("span_id", trace.spanID)
    buffer.member("flags", Int(trace.flags))
    buffer.byte(0x7D)
  }
}
