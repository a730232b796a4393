import LatchProxy

/// Decisions as people read them: a row each, columns as wide as they had to be so far.
struct AuditTable {
  private static let headings = ["TIME", "UPSTREAM", "CLIENT", "TOOL", "CLASS", "EFFECT", "BY", "RULE"]

  private var widths = headings.map(\.unicodeScalars.count)
  private var isBegun = false

  /// The rows, under headings the first time.
  mutating func text(of decisions: [[String]]) -> String {
    let rows = isBegun ? decisions : [Self.headings] + decisions
    isBegun = true
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.unicodeScalars.count) }
    }
    return rows.map(line).joined()
  }

  private func line(_ row: [String]) -> String {
    var line = ""
    for (cell, width) in zip(row, widths) {
      line += cell + String(repeating: " ", count: width - cell.unicodeScalars.count + 2)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  /// A decision's row; nil for other records.
  static func row(of entry: AuditEntry) -> [String]? {
    guard entry.kind == .decision else { return nil }
    let cells = [
      entry.time.text, entry.text("upstream") ?? "", entry.text("client") ?? "", entry.text("tool") ?? "",
      entry.text("class") ?? "", effect(of: entry), entry.text("decided_by") ?? "", entry.text("rule") ?? "",
    ]
    return cells.map(\.harmless)
  }

  /// What was decided, and what was done where that is not the same.
  private static func effect(of entry: AuditEntry) -> String {
    let effect = entry.text("effect") ?? ""
    let state = entry.text("state", in: "approval")
    let isAllowed = effect.utf8.elementsEqual("allow".utf8)
    if let state { return "\(effect) (\(state))" }
    guard let passed = entry.truth("passed"), passed != isAllowed else { return effect }
    return "\(effect) (\(passed ? "passed" : "not passed"))"
  }
}

extension AuditSummary {
  /// Three tables of counts, each behind an empty line.
  var text: String {
    [("EFFECT", effects), ("RULE", rules), ("TOOL", tools)].map { heading, counts in
      "\n" + table([heading, "COUNT"], counts.map { [$0.name, String($0.count)] })
    }.joined()
  }
}
