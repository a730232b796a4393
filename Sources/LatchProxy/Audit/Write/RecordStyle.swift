import LatchJSON
import LatchPolicy

/// What does not change from record to record, and how arguments are kept.
struct RecordStyle: Sendable {
  let settings: AuditSettings
  let key: InstallationKey
  /// nil where all is recorded as it is.
  let filter: Redactor?
  /// Members that stand in all records alike.
  private let parties: [UInt8]
  private var policy: (identity: PolicyIdentity, members: [UInt8])
  /// What the other side chose freely may hold a secret as arguments may.
  private var shown: KnownTexts
  private var rulings = KnownRulings()

  init(_ settings: AuditSettings, key: InstallationKey) {
    self.settings = settings
    self.key = key
    filter = settings.arguments == .full ? nil : Redactor(secrets: settings.secrets)
    var buffer = RecordBuffer()
    buffer.member("upstream", settings.upstream)
    buffer.member("client", settings.client)
    parties = buffer.bytes
    policy = (settings.policy, Self.members(of: settings.policy))
    shown = KnownTexts(filter)
  }

  private static func members(of policy: PolicyIdentity) -> [UInt8] {
    var buffer = RecordBuffer()
    buffer.policy(policy)
    return buffer.bytes
  }

  /// The first record of a file.
  func writeHeader(_ file: String, session: String, part: Int, continues: String?, to buffer: inout RecordBuffer) {
    buffer.member("format", "latch-audit")
    buffer.member("version", 1)
    buffer.member("latch", Proxy.version)
    buffer.member("file", file)
    buffer.member("session", session)
    buffer.member("part", part)
    if let continues { buffer.member("continues", continues) }
    buffer.raw(parties)
    if let project = settings.project { buffer.member("project", project) }
    buffer.policy(settings.policy)
    buffer.member("mode", settings.mode.rawValue)
    buffer.member("arguments", settings.arguments.rawValue)
    buffer.member("durability", settings.durability.rawValue)
    buffer.member("key", key.id)
  }

  mutating func write(_ record: AuditRecord, to buffer: inout RecordBuffer) {
    switch record {
    case .decision(let decision): write(decision, to: &buffer)
    case .outcome(let outcome): write(outcome, to: &buffer)
    case .event(let event): write(event, to: &buffer)
    }
  }

  private mutating func write(_ record: AuditDecision, to buffer: inout RecordBuffer) {
    buffer.member("call", record.call)
    if !isSame(record.policy, as: policy.identity) {
      // It changes when another policy is loaded, for good.
      policy = (record.policy, Self.members(of: record.policy))
      rulings.removeAll()
    }
    buffer.raw(policy.members)
    buffer.raw(parties)
    let ruling = rulings.find(record) ?? ruling(record)
    buffer.raw(ruling.members)
    let isWhole = writeArguments(record.arguments, to: &buffer)
    // What a schema says of arguments may repeat them.
    let saysArguments = record.decision.decidedBy == .invalidArguments && !isWhole
    if !saysArguments { buffer.raw(ruling.reason) }
    if let approval = record.approval { write(approval, to: &buffer) }
    if let trace = record.trace { write(trace, to: &buffer) }
  }

  private mutating func ruling(_ record: AuditDecision) -> KnownRulings.Ruling {
    let decision = record.decision
    var members = RecordBuffer()
    members.member("method", record.method)
    write("tool", shown: record.tool, to: &members)
    members.member("class", decision.actionClass?.rawValue)
    members.member("effect", decision.effect.rawValue)
    members.member("decided_by", decision.decidedBy.rawValue)
    members.member("rule", decision.rule)
    if !decision.also.isEmpty { writeList("also", decision.also, to: &members) }
    members.member("passed", record.passed)
    var reason = RecordBuffer()
    write("reason", shown: decision.reason, to: &reason)
    let ruling = KnownRulings.Ruling(record, members: members.bytes, reason: reason.bytes)
    rulings.keep(ruling)
    return ruling
  }

  private mutating func write(_ outcome: AuditOutcome, to buffer: inout RecordBuffer) {
    buffer.member("call", outcome.call)
    buffer.raw(parties)
    write("tool", shown: outcome.tool, to: &buffer)
    buffer.member("outcome", outcome.kind.rawValue)
    if let code = outcome.code { buffer.member("code", code) }
    buffer.member("duration_us", max(0, outcome.microseconds))
  }

  private mutating func write(_ event: AuditEvent, to buffer: inout RecordBuffer) {
    buffer.raw(parties)
    buffer.member("event", event.kind.rawValue)
    write("detail", shown: event.detail, to: &buffer)
    if let policy = event.policy { buffer.policy(policy) }
  }

  private func isSame(_ left: PolicyIdentity, as right: PolicyIdentity) -> Bool {
    LatchProxy.isSame(left.policy.utf8.span, right.policy.utf8.span)
      && LatchProxy.isSame(left.bundle.utf8.span, right.bundle.utf8.span)
  }

  private mutating func write(_ name: StaticString, shown text: String?, to buffer: inout RecordBuffer) {
    buffer.member(name)
    if let text { shown.write(text, to: &buffer) } else { buffer.raw("null") }
  }
}
