/// So many calls in so long, as a window that slides.
package struct CountedLimit: Sendable, Equatable {
  /// What is counted together: the rule, and the client if the limit is for each.
  package var key: String
  package var calls: Int
  /// The length of the window in milliseconds.
  package var per: Int
  /// A person was asked instead: the call is counted and not held back.
  package var isWaived: Bool

  package init(key: String, calls: Int, per: Int, isWaived: Bool = false) {
    self.key = key
    self.calls = calls
    self.per = per
    self.isWaived = isWaived
  }

  /// Whether a call counted for one is counted for the other.
  func isCountedWith(_ other: CountedLimit) -> Bool { key.utf8.elementsEqual(other.key.utf8) && per == other.per }
}

/// A limit as it stands: calls are numbered from 1 in the order of their times.
struct LimitWindow {
  fileprivate var id: Int
  fileprivate var last: Int
}

extension SQLiteConnection {
  /// The window of a limit; nil if no call was counted in it yet.
  mutating func window(of limit: CountedLimit, in project: ProjectKey) throws(StateError) -> LimitWindow? {
    try first(
      "SELECT id, last FROM limits WHERE project = ? AND name = ? AND per = ?",
      [.blob(project.digest.bytes), .text(limit.key), .integer(Ledger.bounded(limit.per))]
    ) { row throws(StateError) in LimitWindow(id: try row.integer(0), last: try row.integer(1)) }
  }

  /// Whether so many calls were let go within the window that ends now. One look at one call tells, however many there
  /// are: the one that would be the first of them.
  mutating func isOver(_ limit: CountedLimit, _ window: LimitWindow?, now: Int) throws(StateError) -> Bool {
    guard limit.calls > 0 else { return true }
    guard let window else { return false }
    let at = try first(
      "SELECT at FROM calls WHERE limit_id = ? AND number = ?",
      [.integer(window.id), .integer(window.last - limit.calls + 1)]
    ) { row throws(StateError) in try row.integer(0) }
    return (at ?? .min) > now - Ledger.bounded(limit.per)
  }

  /// Counts a call, and now and then forgets some that no window reaches any more.
  mutating func count(
    _ limit: CountedLimit, _ window: LimitWindow?, in project: ProjectKey, now: Int
  ) throws(StateError) {
    var counted = window
    if counted == nil { counted = try newWindow(of: limit, in: project) }
    guard let window = counted else { throw .corrupt("a limit is gone") }
    let number = window.last + 1
    try run(
      "INSERT INTO calls (limit_id, number, at) VALUES (?, ?, ?)",
      [.integer(window.id), .integer(number), .integer(now)])
    let changed = try run("UPDATE limits SET last = ? WHERE id = ?", [.integer(number), .integer(window.id)])
    guard changed == 1 else { throw .corrupt("a limit is gone") }
    guard number.isMultiple(of: 16) else { return }
    try run(
      """
      DELETE FROM calls WHERE limit_id = ?1 AND at <= ?2
        AND number IN (SELECT number FROM calls WHERE limit_id = ?1 ORDER BY number LIMIT 64)
      """, [.integer(window.id), .integer(now - Ledger.bounded(limit.per))])
  }

  private mutating func newWindow(of limit: CountedLimit, in project: ProjectKey) throws(StateError) -> LimitWindow? {
    try run(
      "INSERT INTO limits (project, name, per, last) VALUES (?, ?, ?, 0)",
      [.blob(project.digest.bytes), .text(limit.key), .integer(Ledger.bounded(limit.per))])
    return try window(of: limit, in: project)
  }

  /// Forgets the limits in whose windows no call is left.
  mutating func forgetEmptyWindows(now: Int) throws(StateError) {
    try run(
      """
      DELETE FROM limits WHERE NOT EXISTS
        (SELECT 1 FROM calls WHERE limit_id = limits.id AND number = limits.last AND at > ? - limits.per)
      """, [.integer(now)])
    try run("DELETE FROM calls WHERE limit_id NOT IN (SELECT id FROM limits)")
  }
}
