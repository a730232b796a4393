import LatchJSON
import LatchPolicy

/// A decision with the way to it, as `eval` prints it.
struct Verdict {
  var decision: Decision
  var entries: [TraceEntry]

  func text(of tool: String, upstream: String) -> String {
    let actionClass = decision.actionClass.map { ", class \($0.rawValue)" } ?? ""
    var lines = ["\(decision.effect.rawValue)  \(tool) of \(upstream)\(actionClass)", "  by \(origin)"]
    if !decision.reason.isEmpty { lines.append("  \(decision.reason)") }
    for entry in entries { lines += Self.lines(entry) }
    return lines.map(\.harmless).joined(separator: "\n")
  }

  private var origin: String {
    let by = decision.decidedBy.rawValue
    let rule = decision.rule.map { " `\($0)`" } ?? ""
    return by + rule
      + (decision.also.isEmpty ? "" : "; also " + decision.also.map { "`\($0)`" }.joined(separator: ", "))
  }

  private static func lines(_ entry: TraceEntry) -> [String] {
    let kind = entry.isGuardrail ? "guardrail" : "rule"
    let specificity = entry.specificity.map(String.init).joined(separator: ".")
    let head = [
      entry.matched ? "  +" : "  -", entry.place.map { "\($0):" } ?? "",
      "\(kind) `\(entry.rule)` \(entry.matched ? "says" : "would say") \(entry.effect.rawValue) (\(specificity))",
    ]
    return [head.filter { !$0.isEmpty }.joined(separator: " ")]
      + entry.conditions.map { "      \($0.path) \($0.matcher): \($0.held.rawValue)" }
  }

  var json: JSONValue {
    [
      "effect": .string(decision.effect.rawValue), "decided_by": .string(decision.decidedBy.rawValue),
      "rule": decision.rule.map(JSONValue.string) ?? .null, "also": .array(decision.also.map(JSONValue.string)),
      "class": (decision.actionClass?.rawValue).map(JSONValue.string) ?? .null, "reason": .string(decision.reason),
      "trace": .array(entries.map(Self.json)),
    ]
  }

  private static func json(_ entry: TraceEntry) -> JSONValue {
    [
      "rule": .string(entry.rule), "place": entry.place.map(JSONValue.string) ?? .null,
      "guardrail": .bool(entry.isGuardrail), "matched": .bool(entry.matched),
      "specificity": .array(entry.specificity.map { .number(String($0)) }), "effect": .string(entry.effect.rawValue),
      "conditions": .array(entry.conditions.map(json)),
    ]
  }

  private static func json(_ question: TraceEntry.Question) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("path", .string(question.path)), .init("matcher", .string(question.matcher)),
      .init("held", .bool(question.held == .yes)),
    ]
    if question.held == .unreadable { members.append(.init("unreadable", true)) }
    return .object(members)
  }
}
