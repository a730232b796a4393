import Foundation
import LatchProxy
import Testing

/// Approvals that an agent with a shell of the same user cannot give: see the second row of the threats.
@Suite struct ApprovalKeyTests {
  private let scratch = StateScratch()
  private let database: StateDatabase

  init() throws { database = try scratch.open() }

  static let pem = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
    -----END PRIVATE KEY-----
    """
  private static let publicPEM = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
    -----END PUBLIC KEY-----

    """

  private func at(_ milliseconds: Int) -> Moment { StateSample.at(milliseconds) }

  private func request(_ number: UInt8 = 1, lease: Int? = nil) throws -> ApprovalRequest {
    try StateSample.request(number, ways: [.key], lease: lease)
  }

  private func admission(_ request: ApprovalRequest, at time: Int) throws -> Admission {
    let keys = [try ApprovalKey(pem: Self.publicPEM)]
    return try database.admit(project: request.project, consent: NeededConsent(request, keys: keys), at: at(time))
  }

  private func isUntrusted(_ admission: Admission) -> Bool {
    if case .untrusted = admission { return true }
    return false
  }

  @Test func `keys of OpenSSL are read, and nothing else is`() throws {
    let key = try SigningKey(pem: Self.pem)
    #expect(try key.publicKey() == ApprovalKey(pem: Self.publicPEM))
    #expect(try key.publicKey().pem == Self.publicPEM)
    #expect(try ApprovalKey(pem: "a key:\r\n" + Self.publicPEM.replacing("\n", with: " \r\n")) == key.publicKey())
    for wrong in [
      "", "x", Self.publicPEM + Self.publicPEM, Self.publicPEM.replacing("MCow", with: "MCox"),
      Self.publicPEM.replacing("ZuE=", with: "ZuF="), Self.publicPEM.replacing("ZuE=", with: "ZuE"),
      Self.publicPEM.replacing("ZuE=", with: ""), Self.publicPEM.replacing("-----END", with: "----END"),
      Self.publicPEM.replacing("MCow", with: "MC\u{E9}w"), Self.pem,
    ] {
      #expect(throws: KeyError.self) { try ApprovalKey(pem: wrong) }
    }
    #expect(throws: KeyError.notPEM(label: "PRIVATE KEY")) { try SigningKey(pem: Self.publicPEM) }
    #expect(throws: KeyError.isEncrypted) {
      try SigningKey(pem: Self.pem.replacing("PRIVATE", with: "ENCRYPTED PRIVATE"))
    }
    #expect(throws: KeyError.notEd25519) { try ApprovalKey(bytes: [1, 2, 3]) }
  }

  @Test func `OpenSSL's keys sign here, and signatures made here hold there`() throws {
    guard let pem = try output(of: "openssl", ["genpkey", "-algorithm", "ed25519"]) else { return }
    let key = try SigningKey(pem: pem)
    #expect(try output(of: "openssl", ["pkey", "-pubout"], input: pem) == key.publicKey().pem)
    let statement = try database.request(request(), at: at(0)).statement()
    let files = [
      "key": Data(try key.publicKey().pem.utf8), "text": Data(statement.bytes),
      "signature": Data(try key.sign(statement)),
    ]
    for (name, data) in files { try data.write(to: URL(filePath: scratch.root + "/" + name)) }
    let verdict = try output(
      of: "openssl",
      [
        "pkeyutl", "-verify", "-pubin", "-inkey", scratch.root + "/key", "-rawin", "-in", scratch.root + "/text",
        "-sigfile", scratch.root + "/signature",
      ])
    #expect(verdict?.contains("Signature Verified Successfully") == true)
    #expect(try key.publicKey().verifies(key.sign(statement), of: statement))
  }

  @Test func `a signed approval lets the call go, once`() throws {
    let record = try database.request(request(), at: at(0))
    let signature = try SigningKey(pem: Self.pem).sign(record.statement())
    _ = try database.approve(record.id, ApprovalGrant(.key, signature: signature), at: at(1))
    #expect(try admission(request(), at: 2) == .admitted(.approval(id: record.id, way: .key)))
    #expect(try admission(request(), at: 3) == .unapproved(nil))
  }

  @Test func `a signature of another key, for another request, time or purpose is none`() throws {
    let key = try SigningKey(pem: Self.pem)
    let record = try database.request(request(lease: 1000), at: at(0))
    var others: [ApprovalRecord] = Array(repeating: record, count: 5)
    others[0].expires += 1
    others[1].nonce[0] ^= 1
    others[2].request.arguments = "{}"
    others[3].request.tool = "read"
    others[4].request.call = try StateSample.call(2)
    var signatures = try others.map { try key.sign($0.statement()) }
    signatures.append(try key.sign(record.statement(leaseEnds: StateSample.start + 500)))
    signatures.append([UInt8](repeating: 0, count: 64))
    signatures.append([])
    if let pem = try output(of: "openssl", ["genpkey", "-algorithm", "ed25519"]) {
      signatures.append(try SigningKey(pem: pem).sign(record.statement()))
    }
    for signature in signatures {
      _ = try database.approve(record.id, ApprovalGrant(.key, signature: signature), at: at(1))
      #expect(try isUntrusted(admission(request(lease: 1000), at: 2)))
    }
    // The person tries again with the right key.
    _ = try database.approve(record.id, ApprovalGrant(.key, signature: try key.sign(record.statement())), at: at(3))
    #expect(try admission(request(lease: 1000), at: 4) == .admitted(.approval(id: record.id, way: .key)))
  }

  @Test func `an approval written into the file, a used one made good again, and words changed before signing fail`()
    throws
  {
    let key = try SigningKey(pem: Self.pem)
    _ = try database.request(request(), at: at(0))
    guard try scratch.sqlite("UPDATE approvals SET state = 'approved', way = 'terminal', decided = 1") != nil else {
      return
    }
    #expect(try isUntrusted(admission(request(), at: 1)))
    try scratch.sqlite("UPDATE approvals SET way = 'key', signature = zeroblob(64)")
    #expect(try isUntrusted(admission(request(), at: 1)))

    // The person is shown other words, and signs what was shown.
    try scratch.sqlite("UPDATE approvals SET state = 'open', way = NULL, decided = NULL, arguments = 'harmless'")
    let shown = try #require(try database.openApprovals(at: at(1)).first)
    _ = try database.approve(shown.id, ApprovalGrant(.key, signature: try key.sign(shown.statement())), at: at(1))
    #expect(try isUntrusted(admission(request(), at: 2)))

    let honest = try database.request(request(2), at: at(2))
    _ = try database.approve(honest.id, ApprovalGrant(.key, signature: try key.sign(honest.statement())), at: at(2))
    #expect(try admission(request(2), at: 3) == .admitted(.approval(id: honest.id, way: .key)))
    try scratch.sqlite("UPDATE approvals SET state = 'approved' WHERE state = 'consumed'")
    #expect(try isUntrusted(admission(request(2), at: 3)))
  }

  @Test func `a time written into the file before signing is not taken, whoever signed it`() throws {
    let key = try SigningKey(pem: Self.pem)
    let record = try database.request(request(lease: 1000), at: at(0))
    guard try scratch.sqlite("UPDATE approvals SET expires = expires + 1000000, lease = 9000") != nil else { return }
    guard case .found(let shown) = try database.approval(record.id, at: at(0)) else { return }
    _ = try database.approve(record.id, ApprovalGrant(.key, signature: key.sign(shown.statement())), at: at(0))
    #expect(try isUntrusted(admission(request(lease: 1000), at: 1)))
    let ends = StateSample.start + 8000
    let grant = ApprovalGrant(.key, leaseEnds: ends, signature: try key.sign(shown.statement(leaseEnds: ends)))
    #expect(try database.approve(record.id, grant, at: at(0)).record?.status == .leased)
    #expect(try admission(request(lease: 1000), at: 1) == .unapproved(nil))
  }

  @Test func `a signed lease covers its scope until its end, and no change to it holds`() throws {
    let key = try SigningKey(pem: Self.pem)
    let record = try database.request(request(lease: 1000), at: at(0))
    let ends = StateSample.start + 500
    let signature = try key.sign(record.statement(leaseEnds: ends))
    _ = try database.approve(record.id, ApprovalGrant(.key, leaseEnds: ends, signature: signature), at: at(0))
    #expect(try admission(request(7, lease: 1000), at: 1) == .admitted(.lease(id: record.id, way: .key)))
    var other = try request(7, lease: 1000)
    other.tool = "read"
    #expect(try admission(other, at: 1) == .unapproved(nil))
    guard try scratch.sqlite("UPDATE leases SET ends = ends + 100000") != nil else { return }
    #expect(try admission(request(7, lease: 1000), at: 1) == .unapproved(nil))
    try scratch.sqlite("UPDATE leases SET ends = ends - 100000, way = 'terminal'")
    #expect(try admission(request(7, lease: 1000), at: 1) == .unapproved(nil))
    try scratch.sqlite("UPDATE leases SET way = 'key'")
    #expect(try admission(request(7, lease: 1000), at: 1) == .admitted(.lease(id: record.id, way: .key)))
  }
}
