import LatchJSON
import LatchPolicy

/// What a request owes that is not denied, while it is seen to.
private struct Owed {
  var limits: [CountedLimit]
  /// nil where nobody is to be asked.
  var terms: ApprovalTerms?
  /// The rules that ask.
  var asking: [String]
  /// Why, for the person who is asked.
  var question: String

  init(_ decision: Decision, client: String?) {
    limits = decision.obligations.limits.map { CountedLimit($0, client: client) }
    let asks = decision.effect == .requireApproval
    terms = asks ? decision.obligations.approval ?? ApprovalTerms() : nil
    asking = asks ? [decision.rule].compactMap(\.self) + decision.also : []
    question = decision.question
  }

  /// Beyond these limits a person is asked instead.
  mutating func ask(insteadOf full: [LimitObligation], client: String?) {
    if asking.isEmpty, let limit = full.first { question = limit.question }
    for limit in full {
      let key = CountedLimit(limit, client: client).key
      for index in limits.indices where limits[index].key.utf8.elementsEqual(key.utf8) { limits[index].isWaived = true }
      terms = terms?.joined(with: limit.approval) ?? limit.approval
      if !asking.contains(where: { $0.utf8.elementsEqual(limit.rule.utf8) }) { asking.append(limit.rule) }
    }
  }
}

extension CountedLimit {
  /// All calls that the rule's limit counts together.
  fileprivate init(_ limit: LimitObligation, client: String?) {
    let scope = limit.limit.scope == .client ? " client=\(client ?? "")" : ""
    self.init(
      key: "\(limit.rule) over=\(limit.limit.over.rawValue)\(scope)", calls: limit.limit.calls, per: limit.limit.window)
  }
}

extension Session {
  /// Sees to what is owed; the request goes on only when all of it is there.
  mutating func fulfil(
    _ inquiry: Inquiry, _ decision: Decision, definition: String, _ passing: borrowing Passing, _ line: Span<UInt8>,
    _ effects: inout Effects
  ) -> Ruling {
    do {
      return try admit(inquiry, decision, definition: definition, passing, line, &effects)
    } catch {
      return deny(inquiry, decision.denied(error.problem), &effects)
    }
  }

  private mutating func admit(
    _ inquiry: Inquiry, _ decision: Decision, definition: String, _ passing: borrowing Passing, _ line: Span<UInt8>,
    _ effects: inout Effects
  ) throws(GateError) -> Ruling {
    var inquiry = inquiry
    var owed = Owed(decision, client: settings.client)
    // Every round settles an answer or waives a limit, and there are so many of them.
    for _ in 0...(owed.limits.count + 1) {
      var consent: NeededConsent?
      if let terms = owed.terms {
        let request = try approvalRequest(for: inquiry, decision, owed, terms, definition, passing, line)
        consent = NeededConsent(request, keys: settings.approvalKeys)
      }
      switch try settings.gate.admit(owed.limits, consent) {
      case .admitted(let given): return pass(inquiry, decision, approval: given.map(AuditApproval.init), &effects)
      case .over(let keys):
        let full = decision.obligations.limits.filter { limit in
          keys.contains { $0.utf8.elementsEqual(CountedLimit(limit, client: settings.client).key.utf8) }
        }
        if full.isEmpty || full.contains(where: { $0.limit.over == .deny }) {
          let limit = full.first { $0.limit.over == .deny }
          return deny(inquiry, decision.denied(limit?.reached ?? "a limit is reached"), &effects)
        }
        owed.ask(insteadOf: full, client: settings.client)
      case .untrusted(let record):
        let problem = "its approval `\(record.id)` was not given in a way that the policy takes"
        return deny(inquiry, decision.denied(problem), &effects)
      case .unapproved(let record):
        guard let consent else { return deny(inquiry, decision.denied("nobody may approve it"), &effects) }
        let wanted = try ask(inquiry, decision, consent.request, record, passing, &effects)
        guard case .approved = wanted else { return wanted.ruling ?? deny(inquiry, decision, &effects) }
        inquiry.answer = nil
      }
    }
    return deny(inquiry, decision.denied("its limits and approvals cannot be settled"), &effects)
  }

  /// As authors write it.
  static func duration(_ milliseconds: Int) -> String {
    for (unit, length) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
    where milliseconds.isMultiple(of: length) { return "\(milliseconds / length)\(unit)" }
    return "\(milliseconds)ms"
  }

  private func approvalRequest(
    for inquiry: Inquiry, _ decision: Decision, _ owed: Owed, _ terms: ApprovalTerms, _ definition: String,
    _ passing: borrowing Passing, _ line: Span<UInt8>
  ) throws(GateError) -> ApprovalRequest {
    guard let part = LinePart(passing.scan[.params], of: passing.scan, in: line, limits: settings.limits) else {
      throw GateError("its parameters can be read in two ways")
    }
    // What asked in no rule's place is named too, so that consent to one is none to another.
    let floor = [.rule, .guardrail].contains(decision.decidedBy) ? [] : ["(\(decision.decidedBy.rawValue))"]
    let rules = (owed.asking + floor).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    // The policy pins the definitions that it was written for; consent about another is about just that one.
    let pinned = inquiry.call.definition == .asLocked ? "" : " tool:\(definition)"
    let context = [
      Array(settings.identity.policy.utf8), project.digest.bytes, Array(settings.upstream.name.utf8),
      DigestBytes.field(settings.client.map { [$0] } ?? []), Array(definition.utf8),
      Array(inquiry.method.rawValue.utf8), DigestBytes.field(rules),
    ]
    return ApprovalRequest(
      project: project, projectPath: settings.projectPath, upstream: settings.upstream.name,
      client: settings.client, tool: inquiry.call.tool, rules: rules, reason: owed.question,
      arguments: shown(inquiry.arguments), call: CallDigest.of(part.document, in: context),
      policy: settings.identity.policy + pinned, ways: Set(terms.ways.map(ApprovalWay.init)), timeout: terms.timeout,
      lease: terms.lease)
  }

  /// The arguments as a person sees them: all of them, since whoever approves must know what.
  private func shown(_ arguments: AuditArguments) -> String {
    guard case .read(let document, let root) = arguments else { return "{}" }
    var writer = ArgumentWriter(document, redactor: nil)
    var buffer = RecordBuffer()
    writer.write(root, to: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }
}

extension LimitObligation {
  fileprivate var reached: String {
    "the limit of `\(rule)` is reached (\(limit.calls) calls in \(Session.duration(limit.window)))"
  }

  /// For the person who is asked about one call more.
  fileprivate var question: String {
    "The rule `\(rule)` lets \(limit.calls) calls through in \(Session.duration(limit.window)), and they were made."
  }
}

extension ApprovalWay {
  fileprivate init(_ way: ApprovalTerms.Way) {
    switch way {
    case .elicitation: self = .elicitation
    case .terminal: self = .terminal
    case .key: self = .key
    }
  }
}

extension AuditApproval {
  fileprivate init(_ consent: Admission.Consent) {
    switch consent {
    case .approval(let id, let way, let who):
      self.init(id: id, state: .given, way: Way(rawValue: way.rawValue), who: who)
    case .lease(let id, _, let who): self.init(id: id, state: .given, way: .lease, who: who)
    }
  }
}
