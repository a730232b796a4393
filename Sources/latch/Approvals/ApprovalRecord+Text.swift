import LatchJSON
import LatchPolicy
import LatchProxy

extension ApprovalRecord {
  /// How long it can still be answered.
  func remaining(at now: Int) -> Int { expires > now ? expires - now : 0 }

  /// For a list: the call in short.
  func summary(at now: Int, withProject: Bool) -> String {
    let head = "\(id)  \(request.kind), open for \(timeLeft(remaining(at: now)))".harmless
    let lines = fields(withProject: withProject) + [("arguments", request.excerpt)]
    return head + "\n" + lines.map(line).joined()
  }

  /// For a person who is to decide: the call in full.
  func full(at now: Int) -> String {
    let call = [("upstream", request.upstream), ("tool", request.tool), ("client", request.client ?? "not named")]
    let fields = call + fields(withProject: true)
    let arguments = request.shownArguments.split(separator: "\n").map { "    \($0)\n" }.joined()
    return "request \(id), open for \(timeLeft(remaining(at: now)))".harmless + "\n" + fields.map(line).joined()
      + "  arguments:\n" + arguments
  }

  private func fields(withProject: Bool) -> [(String, String)] {
    let project = withProject ? [("project", request.projectPath)] : []
    let reason = request.reason.isEmpty ? [] : [("reason", request.reason)]
    return project + [("rules", request.rules.joined(separator: ", "))] + reason + [("approval", request.terms)]
  }

  /// A name and what it says, of which no line can be taken for another's.
  private func line(_ name: String, _ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0).harmless }
    let label = "  \(name):".padded(to: Self.margin)
    return label + lines.joined(separator: "\n" + String(repeating: " ", count: Self.margin)) + "\n"
  }

  private static let margin = 13

  func json(at now: Int) -> JSONValue {
    [
      "id": .string(id), "project": .string(request.projectPath), "upstream": .string(request.upstream),
      "tool": .string(request.tool), "client": .text(request.client),
      "rules": .array(request.rules.map(JSONValue.string)), "reason": .string(request.reason),
      "arguments": .string(request.arguments),
      "by": .array(request.orderedWays.map { .string($0.rawValue) }), "lease": .text(request.lease.map(duration)),
      "created": .string(UTCTime(milliseconds: created).text), "expires": .string(UTCTime(milliseconds: expires).text),
      "remaining_ms": .count(remaining(at: now)),
    ]
  }
}

extension ApprovalRequest {
  /// `write_file of files from cursor`.
  var kind: String { "\(tool) of \(upstream)" + (client.map { " from \($0)" } ?? "") }

  fileprivate var orderedWays: [ApprovalWay] { ApprovalWay.allCases.filter(ways.contains) }

  fileprivate var terms: String {
    let by = orderedWays.isEmpty ? "nobody" : orderedWays.map(\.rawValue).joined(separator: " or ")
    return "by \(by); for this call" + (lease.map { ", or for up to \(duration($0)) with any arguments" } ?? " only")
  }

  /// The arguments laid out, with all that a terminal would obey and all that nobody sees written as escapes. What is no
  /// JSON, which no proxy writes, is one text.
  fileprivate var shownArguments: String {
    let value = (try? JSONValue(parsing: Array(arguments.utf8))) ?? .string(arguments)
    return value.pretty(sorted: false)
  }

  /// So much of them as one line holds.
  fileprivate var excerpt: String {
    let line = shownArguments.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    let scalars = line.unicodeScalars
    return scalars.count > 100 ? String(scalars.prefix(99)) + "…" : line
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - unicodeScalars.count))
  }
}

/// A time that something still lasts, for people: in whole seconds and its two largest units.
func timeLeft(_ milliseconds: Int) -> String {
  let seconds = milliseconds / 1000 + (milliseconds % 1000 > 0 ? 1 : 0)
  let parts = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")]
  let shown = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
  return shown.isEmpty ? "0s" : shown.map { "\($0.0)\($0.1)" }.joined(separator: " ")
}
