import LatchProxy
import Testing

@Suite struct LimitTests {
  private let scratch = StateScratch()
  private let database: StateDatabase

  init() throws { database = try scratch.open() }

  @Test func `the window slides`() throws {
    let limit = CountedLimit(key: "rule", calls: 2, per: 1000)
    #expect(try database.admits(limit, at: 0))
    #expect(try database.admits(limit, at: 600))
    #expect(try !database.admits(limit, at: 999))
    #expect(try database.admits(limit, at: 1000))
    #expect(try !database.admits(limit, at: 1599))
    #expect(try database.admits(limit, at: 1600))
  }

  @Test func `of several limits all have room, or nothing is counted`() throws {
    let (wide, narrow) = (
      CountedLimit(key: "wide", calls: 3, per: 1000), CountedLimit(key: "narrow", calls: 1, per: 1000)
    )
    let admission = { try database.admit(project: StateSample.project, limits: [wide, narrow], at: StateSample.at(1)) }
    #expect(try admission() == .admitted(nil))
    for _ in 0..<5 { #expect(try admission() == .over(["narrow"])) }
    #expect(try database.admits(wide, at: 1))
    #expect(try database.admits(wide, at: 1))
    #expect(try admission() == .over(["wide", "narrow"]))
  }

  @Test func `limits of other projects, keys and windows are counted for themselves`() throws {
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    #expect(try database.admits(limit, at: 0))
    #expect(try database.admits(CountedLimit(key: "rule2", calls: 1, per: 1000), at: 0))
    #expect(try database.admits(CountedLimit(key: "rule", calls: 1, per: 2000), at: 0))
    let other = ProjectKey(realPath: "/srv/other")
    #expect(try database.admit(project: other, limits: [limit], at: StateSample.at(0)) == .admitted(nil))
    #expect(try !database.admits(limit, at: 0))
  }

  @Test func `one limit named twice is counted once, and a limit of none has no room`() throws {
    let limit = CountedLimit(key: "rule", calls: 2, per: 1000)
    #expect(try database.admits(limit, limit, at: 0))
    #expect(try database.admits(limit, limit, at: 0))
    #expect(try !database.admits(limit, limit, at: 0))
    #expect(try !database.admits(CountedLimit(key: "none", calls: 0, per: 1000), at: 0))
    #expect(try database.admits(CountedLimit(key: "for ever", calls: 1, per: .max), at: 0))
    #expect(try !database.admits(CountedLimit(key: "for ever", calls: 1, per: .max), at: 1 << 60))
  }

  @Test func `a waived limit counts and holds nothing back`() throws {
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    let waived = CountedLimit(key: "rule", calls: 1, per: 1000, isWaived: true)
    for time in [0, 100, 200] { #expect(try database.admits(waived, at: time)) }
    #expect(try !database.admits(limit, at: 1199))
    #expect(try database.admits(limit, at: 1200))
  }

  @Test func `a changed number of calls is held against the same calls`() throws {
    for time in 0..<4 { #expect(try database.admits(CountedLimit(key: "rule", calls: 4, per: 1000), at: time)) }
    #expect(try !database.admits(CountedLimit(key: "rule", calls: 2, per: 1000), at: 5))
    #expect(try database.admits(CountedLimit(key: "rule", calls: 5, per: 1000), at: 5))
    #expect(try !database.admits(CountedLimit(key: "rule", calls: 5, per: 1000), at: 6))
  }

  @Test func `counts outlive the process`() throws {
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    #expect(try database.admits(limit, at: 0))
    #expect(try !scratch.open().admits(limit, at: 999))
    #expect(try scratch.open().admits(limit, at: 1000))
    #expect(try !database.admits(limit, at: 1001))
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a window lets go what a list of all calls would`(_ seed: UInt64) throws {
    var dice = StateDice(seed: seed)
    let limits = (0..<3).map {
      CountedLimit(key: "\($0)", calls: .random(in: 1...6, using: &dice), per: 10 << (2 * $0))
    }
    var calls: [String: [Int]] = [:]
    var now = 0
    for _ in 0..<200 {
      now += .random(in: 0...20, using: &dice)
      let asked = limits.filter { _ in .random(using: &dice) }
      let over = asked.filter { limit in
        calls[limit.key, default: []].count { $0 > now - limit.per } >= limit.calls
      }
      let admission = try database.admit(project: StateSample.project, limits: asked, at: StateSample.at(now))
      #expect(admission == (over.isEmpty ? .admitted(nil) : .over(over.map(\.key))))
      if over.isEmpty { for limit in asked { calls[limit.key, default: []].append(now) } }
    }
  }

  @Test(arguments: [false, true]) func `a window that was empty for long counts beside a new one`(_ isNewFirst: Bool)
    throws
  {
    let (old, new) = (CountedLimit(key: "old", calls: 1, per: 100), CountedLimit(key: "new", calls: 1, per: 100))
    #expect(try database.admits(old, at: 0))
    let limits = isNewFirst ? [new, old] : [old, new]
    #expect(
      try database.admit(project: StateSample.project, limits: limits, at: StateSample.at(1000)) == .admitted(nil))
    #expect(try !database.admits(old, at: 1099))
    #expect(try !database.admits(new, at: 1099))
    #expect(try database.admits(old, at: 1100))
  }

  @Test func `old calls are forgotten`() throws {
    let limit = CountedLimit(key: "rule", calls: 1000, per: 100)
    for time in 0..<500 { #expect(try database.admits(limit, at: time)) }
    guard let kept = try scratch.sqlite("SELECT count(*) FROM calls") else { return }
    #expect(try #require(Int(kept.filter(\.isNumber))) <= 132)
    // A new limit is a new policy: limits that nothing counts any more go.
    #expect(try database.admits(CountedLimit(key: "new", calls: 1, per: 100), at: 5000))
    #expect(try scratch.sqlite("SELECT name FROM limits") == "new\n")
    #expect(try scratch.sqlite("SELECT count(*) FROM calls") == "1\n")
  }
}

/// A generator that gives the same numbers for the same seed.
struct StateDice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
