import LatchProxy
import Testing

@Suite struct LeaseTests {
  private let scratch = StateScratch()
  private let database: StateDatabase

  init() throws { database = try scratch.open() }

  private func at(_ milliseconds: Int) -> Moment { StateSample.at(milliseconds) }

  /// Gives a lease for calls like the request, from 0 to `ends`.
  @discardableResult
  private func lease(_ request: ApprovalRequest, ends: Int = 1000) throws -> ApprovalRecord {
    let record = try database.request(request, at: at(0))
    let grant = ApprovalGrant(.terminal, leaseEnds: StateSample.start + ends)
    return try #require(try database.approve(record.id, grant, at: at(0)).record)
  }

  @Test func `a lease covers calls with any arguments until it ends`() throws {
    let record = try lease(StateSample.request(1, lease: 1000))
    #expect(record.status == .leased)
    for number in 1...3 as ClosedRange<UInt8> {
      let request = try StateSample.request(number, lease: 1000)
      #expect(
        try database.admit(project: request.project, consent: NeededConsent(request), at: at(999))
          == .admitted(.lease(id: record.id, way: .terminal)))
      #expect(try !database.admits(request, at: at(1000)))
    }
  }

  @Test func `a lease covers nothing that differs in policy, project, upstream, client, tool or rules`() throws {
    let request = try StateSample.request(lease: 1000)
    try lease(request)
    let changes: [(inout ApprovalRequest) -> Void] = [
      { $0.policy += "1" }, { $0.project = ProjectKey(realPath: "/srv/other") }, { $0.upstream = "serve" },
      { $0.client = nil }, { $0.client = "" }, { $0.client = "cursors" }, { $0.tool = "write2" },
      { $0.rules = ["ask"] }, { $0.rules = ["ask", "ask-too", "more"] }, { $0.rules = ["ask", "ask-too", ""] },
      { $0.rules = [] }, { $0.tool = "e\u{301}" }, { $0.ways = [.key] }, { $0.lease = nil }, { $0.lease = 998 },
    ]
    for change in changes {
      var other = request
      change(&other)
      #expect(try !database.admits(other, at: at(1)), "\(other)")
    }
    var reordered = request
    reordered.rules.reverse()
    #expect(try database.admits(reordered, at: at(1)))
  }

  @Test func `a revoked lease covers nothing, not even the call that it was given for`() throws {
    let request = try StateSample.request(lease: 1000)
    let id = try lease(request).id
    #expect(try database.leases(at: at(1)).map(\.id) == [id])
    #expect(try database.lease(covering: NeededConsent(request), at: at(1))?.scope == request.scope)
    #expect(try database.revokeLease(id, at: at(1)))
    #expect(try !database.revokeLease(id, at: at(1)))
    #expect(try !database.admits(request, at: at(2)))
    #expect(try database.leases(at: at(2)).isEmpty)
  }

  @Test func `leases are revoked by project or all at once`() throws {
    try lease(StateSample.request(1, lease: 1000))
    try lease(StateSample.request(2, tool: "other", lease: 1000))
    try lease(StateSample.request(1, project: "/srv/other", lease: 1000))
    #expect(try database.leases(of: StateSample.project, at: at(1)).count == 2)
    #expect(try database.revokeLeases(of: StateSample.project, at: at(1)) == 2)
    #expect(try database.revokeLeases(at: at(1)) == 1)
    #expect(try database.leases(at: at(1)).isEmpty)
  }

  @Test func `a lease and a limit are fulfilled together or not at all`() throws {
    let request = try StateSample.request(lease: 1000)
    try lease(request)
    let limit = CountedLimit(key: "rule", calls: 2, per: 60_000)
    #expect(try database.admits(request, limits: [limit], at: at(1)))
    #expect(try database.admits(request, limits: [limit], at: at(2)))
    #expect(
      try database.admit(project: request.project, limits: [limit], consent: NeededConsent(request), at: at(3))
        == .over(["rule"]))
  }

  @Test func `an approval is not spent on a call that a limit holds back`() throws {
    let request = try StateSample.request()
    let record = try database.request(request, at: at(0))
    _ = try database.approve(record.id, ApprovalGrant(.terminal), at: at(0))
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    #expect(try database.admits(limit, at: 0))
    #expect(try !database.admits(request, limits: [limit], at: at(1)))
    #expect(try database.admits(request, limits: [limit], at: at(1000)))
    #expect(try !database.admits(request, at: at(1001)))
  }

  @Test func `nothing is counted for a call that waits for approval`() throws {
    let request = try StateSample.request()
    let limit = CountedLimit(key: "rule", calls: 1, per: 1000)
    for time in 0..<5 { #expect(try !database.admits(request, limits: [limit], at: at(time))) }
    #expect(try database.admits(limit, at: 5))
  }
}
