import LatchProxy
import Testing

@Suite struct ApprovalTests {
  private let scratch = StateScratch()
  private let database: StateDatabase

  init() throws { database = try scratch.open() }

  private func at(_ milliseconds: Int) -> Moment { StateSample.at(milliseconds) }

  @Test func `a request is read back as it was made`() throws {
    var request = try StateSample.request(ways: [.terminal, .key], lease: 900_000)
    request.arguments = "{\"näme\":\"\0\u{1F511}\"}"
    request.rules = ["a b", "", "c\nd", "5 x"]
    for client in [nil, "", "cursor"] {
      request.client = client
      request.call = try StateSample.call(UInt8(client?.utf8.count ?? 9))
      let made = try database.request(request, at: at(0))
      #expect(made.request == request)
      #expect(made.status == .open)
      #expect(made.expires == StateSample.start + 300_000)
      #expect(try database.approval(made.id, at: at(0)) == .found(made))
    }
  }

  @Test func `the same call has one request, and another call, project or time another`() throws {
    let first = try database.request(StateSample.request(1), at: at(0))
    #expect(try database.request(StateSample.request(1), at: at(1000)) == first)
    let others = [
      try database.request(StateSample.request(2), at: at(0)),
      try database.request(StateSample.request(1, project: "/srv/other"), at: at(0)),
      try database.request(StateSample.request(1), at: at(300_000)),
    ]
    #expect(Set(([first] + others).map(\.id)).count == 4)
    #expect(Set(([first] + others).map(\.nonce)).count == 4)
  }

  @Test func `ids are short, are no words, and hold no look-alikes`() throws {
    for number in 1...60 as ClosedRange<UInt8> {
      let id = try database.request(StateSample.request(number), at: at(0)).id
      #expect(id.wholeMatch(of: /[a-hjkmnp-z][2-9][a-hjkmnp-z2-9]{2}/) != nil, "\(id)")
    }
  }

  @Test func `an approved call goes once`() throws {
    let request = try StateSample.request()
    #expect(
      try database.admit(project: request.project, consent: NeededConsent(request), at: at(0)) == .unapproved(nil))
    let record = try database.request(request, at: at(0))
    #expect(
      try database.admit(project: request.project, consent: NeededConsent(request), at: at(1)) == .unapproved(record))
    let answer = try database.approve(record.id, ApprovalGrant(.terminal), at: at(2))
    #expect(answer.record?.status == .approved)
    #expect(answer.record?.decision?.way == .terminal)
    #expect(answer.record?.decision?.at == StateSample.start + 2)
    #expect(
      try database.admit(project: request.project, consent: NeededConsent(request), at: at(3))
        == .admitted(.approval(id: record.id, way: .terminal)))
    #expect(try !database.admits(request, at: at(3)))
    #expect(try database.approve(record.id, ApprovalGrant(.terminal), at: at(4)) == .notOpen(.consumed))
    #expect(try database.request(request, at: at(5)).id != record.id)
  }

  @Test func `an approval is good for no other call and no other project`() throws {
    let record = try database.request(StateSample.request(), at: at(0))
    _ = try database.approve(record.id, ApprovalGrant(.terminal), at: at(0))
    #expect(try !database.admits(StateSample.request(2), at: at(1)))
    #expect(try !database.admits(StateSample.request(project: "/srv/other"), at: at(1)))
    #expect(try database.admits(StateSample.request(), at: at(1)))
  }

  @Test func `an approval expires, used or not`() throws {
    let request = try StateSample.request(timeout: 1000)
    let record = try database.request(request, at: at(0))
    _ = try database.approve(record.id, ApprovalGrant(.terminal), at: at(999))
    #expect(try !database.admits(request, at: at(1000)))
    let again = try database.request(request, at: at(2000))
    #expect(try database.approve(again.id, ApprovalGrant(.terminal), at: at(3000)) == .notOpen(.expired))
    #expect(try database.openApprovals(at: at(3000)).isEmpty)
  }

  @Test func `a denial is remembered until the request expires, and ends an approval`() throws {
    let request = try StateSample.request()
    let record = try database.request(request, at: at(0))
    _ = try database.approve(record.id, ApprovalGrant(.terminal), at: at(1))
    #expect(try database.deny(record.id, at: at(2)).record?.status == .denied)
    #expect(try !database.admits(request, at: at(3)))
    #expect(try database.request(request, at: at(4)).status == .denied)
    #expect(try database.approve(record.id, ApprovalGrant(.terminal), at: at(5)) == .notOpen(.denied))
    #expect(try database.deny(record.id, at: at(5)) == .notOpen(.denied))
    #expect(try database.request(request, at: at(300_000)).status == .open)
  }

  @Test func `only the ways and the lease that are offered can be taken`() throws {
    let record = try database.request(StateSample.request(ways: [.elicitation, .key], lease: 1000), at: at(0))
    let now = StateSample.start
    #expect(
      try database.approve(record.id, ApprovalGrant(.terminal), at: at(0)) == .wayNotAllowed([.elicitation, .key]))
    #expect(try database.approve(record.id, ApprovalGrant(.key), at: at(0)) == .signatureMissing)
    for ends in [now + 1001, now, now - 1, .max] {
      #expect(
        try database.approve(record.id, ApprovalGrant(.elicitation, leaseEnds: ends), at: at(0))
          == .leaseNotOffered(milliseconds: 1000))
    }
    let single = try database.request(StateSample.request(2), at: at(0))
    #expect(
      try database.approve(single.id, ApprovalGrant(.terminal, leaseEnds: now + 1), at: at(0))
        == .leaseNotOffered(milliseconds: nil))
    #expect(try database.approve("zzzz", ApprovalGrant(.terminal), at: at(0)) == .unknown)
    #expect(try database.deny("", at: at(0)) == .unknown)
  }

  @Test func `a way that the caller's policy does not take is no approval, whatever the database says`() throws {
    let record = try database.request(StateSample.request(ways: [.terminal]), at: at(0))
    _ = try database.approve(record.id, ApprovalGrant(.terminal), at: at(0))
    let strict = try StateSample.request(ways: [.key])
    guard case .untrusted = try database.admit(project: strict.project, consent: NeededConsent(strict), at: at(1))
    else {
      Issue.record("it went")
      return
    }
    #expect(try database.admits(StateSample.request(ways: [.terminal]), at: at(1)))
  }

  @Test func `a request is found by the beginning of its id if that is one's alone`() throws {
    var ids: [String] = []
    for number in 1...60 as ClosedRange<UInt8> {
      ids.append(try database.request(StateSample.request(number), at: at(0)).id)
    }
    for beginning in Set(ids.flatMap { id in (1...4).map { String(id.prefix($0)) } }) {
      let meant = ids.filter { $0.hasPrefix(beginning) }
      switch try database.approval(beginning, at: at(0)) {
      case .found(let record): #expect(meant == [record.id])
      case .ambiguous(let found): #expect(found == meant.sorted() && meant.count > 1)
      case .unknown: Issue.record("\(beginning) is there")
      }
    }
    for wrong in ["", "%", "_", "k7f3x", "' OR 1=1 --", "\0"] {
      #expect(try database.approval(wrong, at: at(0)) == .unknown)
    }
  }

  @Test func `open requests are listed, the oldest first, of one project or of all`() throws {
    let second = try database.request(StateSample.request(2), at: at(20))
    let first = try database.request(StateSample.request(1), at: at(10))
    let other = try database.request(StateSample.request(1, project: "/srv/other"), at: at(30))
    // Time does not go back: the one asked for later, though at an earlier time, is of the same moment.
    #expect(try Set(database.openApprovals(at: at(40)).prefix(2).map(\.id)) == [first.id, second.id])
    #expect(try database.openApprovals(at: at(40)).last == other)
    #expect(try database.openApprovals(of: other.request.project, at: at(40)) == [other])
    _ = try database.deny(first.id, at: at(50))
    #expect(try database.openApprovals(of: StateSample.project, at: at(50)) == [second])
  }

  @Test func `what a person has denied is in nobody's way`() throws {
    for number in 0..<UInt8(2 * ApprovalRequest.most) {
      let record = try database.request(StateSample.request(number), at: at(Int(number)))
      _ = try database.deny(record.id, at: at(Int(number)))
    }
    // The last ones are remembered.
    let last = try StateSample.request(UInt8(2 * ApprovalRequest.most - 1))
    #expect(try database.request(last, at: at(200)).status == .denied)
    #expect(try database.request(StateSample.request(0), at: at(200)).status == .open)
  }

  @Test func `a request that has expired leaves nothing behind once the record is anchored`() throws {
    let record = try database.request(StateSample.request(1), at: at(0))
    func anchor(_ sequence: Int, _ time: Int) throws {
      let anchor = try AuditAnchor(
        file: "f", sequence: sequence, head: StateSample.request(1).call, count: sequence + 1, at: time)
      try database.anchor(anchor, .synced, at: at(time))
    }
    try anchor(0, 1)
    #expect(try database.approval(record.id, at: at(2)) != .unknown)
    try anchor(1, 300_001)
    #expect(try database.approval(record.id, at: at(300_002)) == .unknown)
  }

  @Test func `a model cannot fill the disk with requests`() throws {
    for number in 0..<UInt8(ApprovalRequest.most) {
      _ = try database.request(StateSample.request(number), at: at(0))
    }
    #expect(throws: StateError.tooManyRequests(limit: ApprovalRequest.most)) {
      try database.request(StateSample.request(200), at: at(1))
    }
    // Others are not hindered, and what has expired makes room.
    _ = try database.request(StateSample.request(200, project: "/srv/other"), at: at(1))
    _ = try database.request(StateSample.request(200), at: at(300_001))
    let long = String(repeating: "x", count: ApprovalRequest.longest)
    #expect(throws: StateError.tooLong(limit: ApprovalRequest.longest)) {
      try database.request(StateSample.request(201, arguments: long), at: at(300_001))
    }
  }
}
