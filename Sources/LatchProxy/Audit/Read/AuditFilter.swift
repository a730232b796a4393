package import LatchPolicy

/// Which records are asked for. It is told of the records of each file in their order, and remembers which calls it
/// let through, so that their outcomes follow.
package struct AuditFilter: Sendable {
  private struct CallID: Hashable {
    var session: String
    var call: Int
  }

  private let upstream: String?
  private let effect: Effect?
  private let since: UTCTime?
  private var session = ""
  private var calls: Set<CallID> = []

  package init(upstream: String? = nil, effect: Effect? = nil, since: UTCTime? = nil) {
    self.upstream = upstream
    self.effect = effect
    self.since = since
  }

  /// The records that follow are another file's, of this process.
  package mutating func enter(session: String) { self.session = session }

  package mutating func admits(_ entry: AuditEntry) -> Bool {
    if entry.kind == .file { enter(session: entry.text("session") ?? "") }
    if let since, entry.time < since { return false }
    if let upstream, entry.kind != .end, !(entry.text("upstream") ?? "").utf8.elementsEqual(upstream.utf8) {
      return false
    }
    guard let effect else { return upstream == nil || entry.kind != .end }
    guard let call = entry.number("call") else { return false }
    let id = CallID(session: session, call: call)
    if entry.kind == .outcome { return calls.contains(id) }
    guard entry.text("effect")?.utf8.elementsEqual(effect.rawValue.utf8) == true else { return false }
    calls.insert(id)
    return true
  }
}

extension UTCTime {
  /// What `--since` takes: a date, a time, or how long ago (`90s`, `15m`, `24h`, `7d`).
  package init?(since text: String, now: UTCTime) {
    if let time = UTCTime(parsing: text) {
      self = time
      return
    }
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
    guard digits.first != 0x30, let count = Int(String(digits) ?? ""),
      let unit = Self.units[String(text.utf8.dropFirst(digits.count)) ?? ""]
    else { return nil }
    let (milliseconds, isTooLong) = count.multipliedReportingOverflow(by: unit)
    self.init(milliseconds: isTooLong ? 0 : now.milliseconds - min(milliseconds, now.milliseconds))
  }

  private static let units = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": perDay]
}
