import LatchPolicy

/// A decision with the way to it, as `eval` and `test` print it.
struct Verdict {
  var decision: Decision
  var entries: [TraceEntry]

  func text(of tool: String, upstream: String) -> String {
    let actionClass = decision.actionClass.map { ", class \($0.rawValue)" } ?? ""
    var lines = ["\(decision.effect.rawValue)  \(tool) of \(upstream)\(actionClass)", "  by \(origin)"]
    if !decision.reason.isEmpty { lines.append("  \(decision.reason)") }
    lines += decision.obligations.lines.map { "  \($0)" } + trace
    return lines.map(\.harmless).joined(separator: "\n")
  }

  private var origin: String { decision.origin + (decision.also.isEmpty ? "" : "; also \(alsoText)") }

  private var alsoText: String { decision.also.map { "`\($0)`" }.joined(separator: ", ") }

  /// A line for each rule that spoke, and one for each question of its conditions.
  var trace: [String] { entries.flatMap(Self.lines) }

  private static func lines(_ entry: TraceEntry) -> [String] {
    let kind = entry.isGuardrail ? "guardrail" : "rule"
    let specificity = entry.specificity.map(String.init).joined(separator: ".")
    let says = "\(entry.matched ? "says" : "would say") \(entry.effect.rawValue) (\(specificity))"
    let silence = entry.silencedBy.map { ", but does not count: `\($0)` speaks of this tool more exactly" } ?? ""
    let head = [
      entry.matched ? "  +" : "  -", entry.place.map { "\($0):" } ?? "", "\(kind) `\(entry.rule)` \(says)\(silence)",
    ]
    return [head.filter { !$0.isEmpty }.joined(separator: " ")]
      + entry.matchers.map { question in
        let words = question.under.map(\.rawValue) + [question.path, question.matcher]
        return "      " + (question.place.map { "\($0): " } ?? "")
          + "\(words.joined(separator: " ")): \(question.held.rawValue)"
      }
  }
}

extension Decision {
  /// What decided, and the rule's id where one did.
  var origin: String { decidedBy.rawValue + (rule.map { " `\($0)`" } ?? "") }
}

extension Obligations {
  /// What the proxy sees to before the call goes, a line each.
  fileprivate var lines: [String] {
    let limits = self.limits.map { "counts toward `\($0.rule)`: \($0.limit.words)" }
    let approval = self.approval.map { ["approval by \($0.words)"] } ?? []
    return limits + approval + (resolvesLinks ? ["links in its paths are followed first"] : [])
  }
}

extension CallLimit {
  fileprivate var words: String {
    "\(calls) call\(calls == 1 ? "" : "s") per \(duration(window)) and \(scope.rawValue), then \(over.rawValue)"
  }
}

extension ApprovalTerms {
  fileprivate var words: String {
    let by = ways.map(\.rawValue).joined(separator: " or ")
    return (by.isEmpty ? "nobody" : by) + " within \(duration(timeout))"
      + (lease.map { ", which then holds for \(duration($0))" } ?? "")
  }
}

/// Milliseconds as the language writes them, in the largest unit that fits.
func duration(_ milliseconds: Int) -> String {
  let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
  guard let (unit, factor) = units.first(where: { milliseconds % $0.1 == 0 && milliseconds > 0 }) else {
    return "\(milliseconds)ms"
  }
  return "\(milliseconds / factor)\(unit)"
}
