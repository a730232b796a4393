import LatchJSON
import LatchPolicy

extension Session {
  mutating func nextNumber() -> Int {
    judged += 1
    return judged
  }

  /// The number by which the decision is kept.
  func record(
    _ inquiry: Inquiry, _ decision: Decision, passed: Bool, _ approval: AuditApproval?
  ) throws(GateError) -> Int {
    try settings.gate.record(
      .decision(
        AuditDecision(
          call: inquiry.number, policy: settings.identity, method: inquiry.method.rawValue, tool: inquiry.call.tool,
          decision: decision, passed: passed, arguments: inquiry.arguments, approval: approval, trace: inquiry.trace)))
  }

  /// Records what stops a request: that it cannot be recorded does not let it go.
  func note(
    _ inquiry: Inquiry, _ decision: Decision, passed: Bool, approval: AuditApproval? = nil, _ effects: inout Effects
  ) {
    do {
      effects.keep(try record(inquiry, decision, passed: passed, approval))
    } catch {
      effects.log.append("a denial is not in the record: \(error.problem)")
    }
  }

  /// Records that a call whose tool was never verified was not made.
  mutating func recordRefusal(of call: Held, _ reason: String, _ effects: inout Effects) {
    guard let scan = rescan(call.line.span), let place = scan[.name] else { return }
    let tool = String(decoding: scan.content(place, in: call.line), as: UTF8.self)
    let inquiry = Inquiry(
      id: call.id, method: .toolsCall, call: Call(tool: tool, client: settings.client),
      arguments: scan[.arguments].map { .unreadable(copy($0.range, of: call.line.span)) } ?? .absent,
      number: nextNumber(), canWait: false)
    note(inquiry, Decision(.deny, by: .changedTool, saying: "Denied: \(reason)."), passed: false, &effects)
  }

  /// Records how a request that went on has ended.
  func recordEnd(_ passed: Passed, _ kind: AuditOutcome.Kind, code: Int? = nil, _ effects: inout Effects) {
    let outcome = AuditOutcome(
      call: passed.number, tool: passed.tool, kind: kind, code: code, microseconds: now - passed.at)
    if tryRecording(.outcome(outcome), &effects) != nil { effects.leavesRecord = true }
  }

  /// The same, as the server's answer says.
  func recordEnd(
    _ passed: Passed, _ line: Span<UInt8>, _ scan: borrowing MessageScan, _ effects: inout Effects
  ) {
    guard scan[.error] != nil else {
      return recordEnd(passed, scan.resultSaysError ? .toolError : .result, &effects)
    }
    let part = LinePart(scan[.error], of: scan, in: line, limits: settings.limits)
    let code = part.flatMap { part in
      part.document.member("code", of: JSONDocument.root).flatMap { Int(part.document.string($0)) }
    }
    recordEnd(passed, .error, code: code, &effects)
  }

  /// Records something else that a reader of the record has to know.
  func recordEvent(_ kind: AuditEvent.Kind, _ detail: String, policy: PolicyIdentity? = nil, _ effects: inout Effects) {
    let event = AuditEvent(kind, detail: detail, policy: policy)
    if let record = tryRecording(.event(event), &effects) { effects.keep(record) }
  }

  private func tryRecording(_ record: AuditRecord, _ effects: inout Effects) -> Int? {
    do {
      return try settings.gate.record(record)
    } catch {
      effects.log.append("not in the record: \(error.problem)")
      return nil
    }
  }

  /// Where the request says that it belongs in a trace.
  func trace(_ passing: borrowing Passing, _ line: Span<UInt8>) -> TraceContext? {
    guard let part = LinePart(passing.scan[.meta], of: passing.scan, in: line, limits: settings.limits),
      let parent = part.document.member("traceparent", of: JSONDocument.root), part.document.kind(parent) == .string
    else { return nil }
    return TraceContext(traceparent: part.document.string(parent))
  }
}
