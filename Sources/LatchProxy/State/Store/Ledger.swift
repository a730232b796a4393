/// The one row that says how far the database has come: how many changes, and up to when.
struct Ledger: Sendable, Equatable {
  var installation: [UInt8]
  var counter: Int
  /// The greatest time it has seen, and the uptime and the run of the machine in which that was.
  var clock: Int
  var uptime: Int
  var boot: String

  /// Far beyond any true time; sums of two such do not overflow.
  private static let most = 1 << 53
  /// The end of the year 9999, and a run of 139 years: from clocks that say more, time could not go on.
  private static let (latest, longestRun) = (253_402_300_799_999, 1 << 42)

  /// A duration that can be added to a time of a ledger.
  static func bounded(_ duration: Int) -> Int { min(max(duration, 0), most) }

  static func bounded(uptime: Int) -> Int { min(max(uptime, 0), longestRun) }

  /// The time that counts: it never goes back, and goes on with the machine's own clock where people set theirs back.
  ///
  /// A clock set back thus lengthens no lease and empties no limit's window.
  func time(at moment: Moment, in boot: String) -> Int {
    let wall = min(max(moment.wall, 0), Self.latest)
    let elapsed = isOfRun(boot) ? max(0, Self.bounded(uptime: moment.uptime) - uptime) : 0
    return min(max(wall, clock + elapsed), Self.most)
  }

  /// Whether its uptime is of the same run of the machine.
  func isOfRun(_ boot: String) -> Bool { !boot.isEmpty && boot.utf8.elementsEqual(self.boot.utf8) }
}

extension SQLiteConnection {
  mutating func ledger() throws(StateError) -> Ledger {
    let ledger = try first("SELECT installation, counter, clock, uptime, boot FROM ledger") { row throws(StateError) in
      Ledger(
        installation: try row.blob(0), counter: try row.integer(1), clock: try row.integer(2),
        uptime: try row.integer(3), boot: try row.text(4))
    }
    guard let ledger else { throw .corrupt("the ledger is empty") }
    let numbers = [ledger.counter, ledger.clock, ledger.uptime]
    guard numbers.allSatisfy({ $0 == Ledger.bounded($0) }) else { throw .corrupt("the ledger cannot be right") }
    return ledger
  }

  mutating func store(_ ledger: Ledger) throws(StateError) {
    try run(
      "UPDATE ledger SET counter = ?, clock = ?, uptime = ?, boot = ?",
      [.integer(ledger.counter), .integer(ledger.clock), .integer(ledger.uptime), .text(ledger.boot)])
  }
}
