import LatchJSON
import LatchPolicy

extension Verdict {
  /// The contract of `eval --json`.
  var json: JSONValue {
    [
      "effect": .string(decision.effect.rawValue), "decided_by": .string(decision.decidedBy.rawValue),
      "rule": .text(decision.rule), "also": .array(decision.also.map(JSONValue.string)),
      "class": .text(decision.actionClass?.rawValue), "reason": .string(decision.reason),
      "obligations": decision.obligations.json, "trace": .array(entries.map(Self.json)),
    ]
  }

  private static func json(_ entry: TraceEntry) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("rule", .string(entry.rule)), .init("place", .text(entry.place)),
      .init("guardrail", .bool(entry.isGuardrail)), .init("matched", .bool(entry.matched)),
      .init("specificity", .array(entry.specificity.map { .number(String($0)) })),
      .init("effect", .string(entry.effect.rawValue)), .init("conditions", .array(entry.matchers.map(json))),
    ]
    if let speaker = entry.silencedBy { members.append(.init("silenced_by", .string(speaker))) }
    return .object(members)
  }

  private static func json(_ question: TraceEntry.Question) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("path", .string(question.path)), .init("matcher", .string(question.matcher)),
      .init("place", .text(question.place)), .init("held", .bool(question.held == .yes)),
      .init("under", .array(question.under.map { .string($0.rawValue) })),
    ]
    if question.held == .unreadable { members.append(.init("unreadable", true)) }
    return .object(members)
  }
}

extension JSONValue {
  /// null where there is no text.
  static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  static func count(_ number: Int) -> JSONValue { .number(String(number)) }
}

extension Obligations {
  fileprivate var json: JSONValue {
    [
      "limits": .array(limits.map(\.json)), "approval": approval?.json ?? .null,
      "resolves_links": .bool(resolvesLinks),
    ]
  }
}

extension LimitObligation {
  fileprivate var json: JSONValue {
    [
      "rule": .string(rule), "calls": .count(limit.calls), "per": .string(duration(limit.window)),
      "over": .string(limit.over.rawValue), "scope": .string(limit.scope.rawValue),
    ]
  }
}

extension ApprovalTerms {
  fileprivate var json: JSONValue {
    [
      "by": .array(ways.map { .string($0.rawValue) }), "timeout": .string(duration(timeout)),
      "lease": .text(lease.map { duration($0) }),
    ]
  }
}
