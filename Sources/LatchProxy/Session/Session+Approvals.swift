import LatchJSON
import LatchPolicy

/// Whether a person has said yes, and else what becomes of the request.
enum Asked {
  case approved
  case ruled(Ruling)

  var ruling: Ruling? { if case .ruled(let ruling) = self { ruling } else { nil } }
}

extension Session {
  /// Longer than this no client waits for an answer (milliseconds); then the request is deferred.
  private static let longestQuestion = 45_000

  /// Asks a person, where that is allowed and possible, or takes the answer that there is.
  mutating func ask(
    _ inquiry: Inquiry, _ decision: Decision, _ request: ApprovalRequest, _ known: ApprovalRecord?,
    _ passing: borrowing Passing, _ effects: inout Effects
  ) throws(GateError) -> Asked {
    if let known, known.status == .denied { return .ruled(refuse(inquiry, decision, known, &effects)) }
    let canBeAsked =
      request.ways.contains(.elicitation) && canAskInClient(inquiry) && ApprovalQuestion.canShow(request)
    guard canBeAsked || request.ways != [.elicitation] else {
      let problem = "it needs an approval that only this client could ask a person for, and it cannot"
      return .ruled(deny(inquiry, decision, saying: decision.denied(problem).reason, &effects))
    }
    let record: ApprovalRecord
    if let known {
      record = known
    } else {
      record = try settings.gate.request(request)
      settings.gate.announce(record)
    }
    if let answer = inquiry.answer {
      guard answer.isTo(record) else { return .ruled(postpone(inquiry, decision, record, &effects)) }
      return try take(answer, inquiry, decision, record, &effects)
    }
    guard canBeAsked else { return .ruled(postpone(inquiry, decision, record, &effects)) }
    let question = ApprovalQuestion(record)
    note(inquiry, decision, passed: false, approval: AuditApproval(id: record.id, state: .asked), &effects)
    if conversation.era == .stateless { return .ruled(.answered(question.inputRequired(id: inquiry.id))) }
    let id = questionID()
    effects.tellClient(question.create(id: id, namesMode: conversation.namesElicitationMode))
    let patience = min(request.timeout, Self.longestQuestion) * 1000
    return .ruled(.waits(question: id, approval: record.id, deadline: now + patience))
  }

  /// What the person said.
  private mutating func take(
    _ answer: ConsentAnswer, _ inquiry: Inquiry, _ decision: Decision, _ record: ApprovalRecord,
    _ effects: inout Effects
  ) throws(GateError) -> Asked {
    switch answer.choice {
    case .once:
      try settings.gate.approve(record.id, lease: nil)
      return .approved
    case .lease:
      try settings.gate.approve(record.id, lease: record.request.lease ?? 0)
      return .approved
    case .deny:
      try settings.gate.deny(record.id)
      return .ruled(refuse(inquiry, decision, record, &effects))
    case .dismissed: return .ruled(postpone(inquiry, decision, record, &effects))
    }
  }

  private mutating func refuse(
    _ inquiry: Inquiry, _ decision: Decision, _ record: ApprovalRecord, _ effects: inout Effects
  ) -> Ruling {
    let reason = decision.denied("a person has refused to approve it (\(record.id))").reason
    return deny(
      inquiry, decision, saying: reason, approval: AuditApproval(id: record.id, state: .refused), &effects)
  }

  /// Not now: the same request goes on later, once a person has approved it.
  private mutating func postpone(
    _ inquiry: Inquiry, _ decision: Decision, _ record: ApprovalRecord, _ effects: inout Effects
  ) -> Ruling {
    let isOnlyAsked = record.request.ways == [.elicitation]
    let text =
      isOnlyAsked
      ? "\(decision.reason) Approval `\(record.id)` is needed; whoever makes the same call again is asked again."
      : "\(decision.reason) Approval `\(record.id)` is needed; a person can give it with Latch. "
        + "Then make the same call again."
    return deny(inquiry, decision, saying: text, approval: AuditApproval(id: record.id, state: .asked), &effects)
  }

  /// Whether the client can put a question to a person, now and about this request.
  private func canAskInClient(_ inquiry: Inquiry) -> Bool {
    guard inquiry.canWait else { return false }
    switch conversation.era {
    case .handshake:
      return conversation.isInitialized && conversation.canBeElicited && pending[inquiry.id]?.batch == nil
    case .stateless:
      return inquiry.method.mayAskBack && conversation.meta?.canBeElicited == true && !carriesState(inquiry)
    case .undecided: return false
    }
  }

  /// A server's own state would be lost if the request came back with ours.
  private func carriesState(_ inquiry: Inquiry) -> Bool { pending[inquiry.id]?.carriesState == true }
}

extension Session {
  /// The client answers a question of the proxy's own.
  mutating func answered(
    _ question: RequestID, of id: RequestID, _ passing: borrowing Passing, _ line: Span<UInt8>,
    _ effects: inout Effects
  ) {
    guard let index = held.firstIndex(where: { $0.id == id }), case .person(question, let approval) = held[index].cause
    else { return }
    let call = held.remove(at: index)
    let result = LinePart(passing.scan[.result], of: passing.scan, in: line, limits: settings.limits)
    let choice = result.map { ApprovalQuestion.choice($0.document.value()) } ?? .dismissed
    resume(call, answer: ConsentAnswer(proof: .approval(approval), choice: choice), &effects)
  }

  /// Nobody answered in time: the question is taken back, and the request is deferred.
  mutating func stopAsking(about call: Held, _ effects: inout Effects) {
    guard case .person(let question, let approval) = call.cause else { return }
    held.removeAll { $0.id == call.id }
    takeBack(question, &effects)
    resume(call, answer: ConsentAnswer(proof: .approval(approval), choice: .dismissed), &effects)
  }

  /// The client need not ask any more.
  mutating func takeBack(_ question: RequestID, _ effects: inout Effects) {
    questions[question] = nil
    var writer = MessageWriter()
    writer.raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":")
    writer.raw(question.lexeme)
    writer.raw("}}")
    effects.tellClient(writer.bytes)
  }
}
