import LatchProxy
import Testing

/// What is counted in time holds whatever people do to their clock.
@Suite struct ClockTests {
  private let scratch = StateScratch()

  private func open(boot: String = "one") throws -> StateDatabase {
    try StateDatabase(directory: scratch.path, schema: .current, boot: boot)
  }

  private func moment(_ wall: Int, uptime: Int) -> Moment { Moment(wall: StateSample.start + wall, uptime: uptime) }

  private func admits(_ database: StateDatabase, _ limit: CountedLimit, _ moment: Moment) throws -> Bool {
    try database.admit(project: StateSample.project, limits: [limit], at: moment) == .admitted(nil)
  }

  @Test func `a clock set back empties no window, which goes on with the machine's own clock`() throws {
    let database = try open()
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    #expect(try admits(database, limit, moment(0, uptime: 0)))
    #expect(try !admits(database, limit, moment(-5000, uptime: 500)))
    #expect(try !admits(database, limit, moment(-4000, uptime: 999)))
    #expect(try admits(database, limit, moment(-9000, uptime: 1000)))
    #expect(try !admits(database, limit, moment(-9000, uptime: 1001)))
  }

  @Test func `a clock set back lengthens no lease and no approval`() throws {
    let database = try open()
    let request = try StateSample.request(timeout: 2000, lease: 1000)
    let record = try database.request(request, at: moment(0, uptime: 0))
    let grant = ApprovalGrant(.terminal, leaseEnds: StateSample.start + 1000)
    #expect(try database.approve(record.id, grant, at: moment(0, uptime: 0)).record?.status == .leased)
    #expect(try database.admits(request, at: moment(-60_000, uptime: 999)))
    #expect(try !database.admits(request, at: moment(-60_000, uptime: 1000)))
    let single = try database.request(StateSample.request(2, timeout: 2000), at: moment(-60_000, uptime: 1000))
    _ = try database.approve(single.id, ApprovalGrant(.terminal), at: moment(-60_000, uptime: 1000))
    #expect(try !database.admits(StateSample.request(2, timeout: 2000), at: moment(-60_000, uptime: 3000)))
  }

  @Test func `after a restart with the clock set back time stands where it was, and goes on from there`() throws {
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    #expect(try admits(open(), limit, moment(0, uptime: 7_000_000)))
    let restarted = try open(boot: "two")
    #expect(try !admits(restarted, limit, moment(-86_400_000, uptime: 5000)))
    #expect(try !admits(restarted, limit, moment(-86_400_000, uptime: 5999)))
    #expect(try admits(restarted, limit, moment(-86_400_000, uptime: 6000)))
  }

  @Test func `after a restart with the clock set back a lease still ends, though nothing else is written`() throws {
    let request = try StateSample.request(lease: 1000)
    do {
      let database = try open()
      let record = try database.request(request, at: moment(0, uptime: 7_000_000))
      let grant = ApprovalGrant(.terminal, leaseEnds: StateSample.start + 1000)
      _ = try database.approve(record.id, grant, at: moment(0, uptime: 7_000_000))
    }
    for _ in 0..<3 { #expect(try open(boot: "two").admits(request, at: moment(-86_400_000, uptime: 5000))) }
    #expect(try open(boot: "two").admits(request, at: moment(-86_400_000, uptime: 5999)))
    #expect(try !open(boot: "two").admits(request, at: moment(-86_400_000, uptime: 6000)))
  }

  @Test func `uptimes of machines that give their runs no name are not compared`() throws {
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    #expect(try admits(open(boot: ""), limit, moment(0, uptime: 0)))
    #expect(try !admits(open(boot: ""), limit, moment(-1, uptime: 1_000_000)))
    #expect(try admits(open(boot: ""), limit, moment(1000, uptime: 0)))
  }

  @Test func `an impossible clock does no harm`() throws {
    let database = try open()
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    for wall in [Int.min, -1, 0] {
      _ = try admits(database, limit, Moment(wall: wall, uptime: wall))
    }
    #expect(try database.time(at: Moment(wall: .max, uptime: .max)) > StateSample.start)
    _ = try admits(database, limit, Moment(wall: .max, uptime: .max))
    #expect(try !admits(database, limit, Moment(wall: .max, uptime: .max)))
    // Time goes on from there, with the machine's own clock.
    let later = try open(boot: "two")
    _ = try admits(later, limit, Moment(wall: .max, uptime: 100))
    #expect(try admits(later, limit, Moment(wall: 0, uptime: 1101)))
    #expect(try database.request(StateSample.request(timeout: .max, lease: .max), at: .now()).status == .open)
  }

  @Test func `both clocks run`() {
    let now = Moment.now()
    #expect(now.wall > 1_700_000_000_000)
    #expect(now.uptime > 0)
  }
}
