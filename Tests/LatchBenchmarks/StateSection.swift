import Foundation
import LatchProxy

extension Section {
  /// What a call costs that has an obligation, with the database in a directory of this machine's own disk.
  static let state = Section.ofRows("state") {
    let path = "/tmp/latch-state-benchmark-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let database = try StateDatabase(directory: path)
    let opened = try Row.measure("open", bytes: 0) { keep(try StateDatabase(directory: path)) }
    return [opened] + (try calls(database)) + (try leases(database))
  }

  private static let project = ProjectKey(realPath: "/srv/project")

  private static func calls(_ database: StateDatabase) throws -> [Row] {
    let (wide, narrow) = (
      CountedLimit(key: "wide", calls: 1_000_000, per: 3_600_000), CountedLimit(key: "narrow", calls: 1, per: 3_600_000)
    )
    _ = try database.admit(project: project, limits: [narrow], at: .now())
    return [
      try .measure("a call under a limit", bytes: 0) {
        keep(try database.admit(project: project, limits: [wide], at: .now()))
      },
      try .measure("a call over a limit", bytes: 0) {
        keep(try database.admit(project: project, limits: [narrow], at: .now()))
      },
    ]
  }

  private static func leases(_ database: StateDatabase) throws -> [Row] {
    var number: UInt64 = 0
    let used = try Row.measure("asked, approved and used (synced twice)", bytes: 0) {
      number += 1
      let request = request(number)
      let record = try database.request(request, at: .now())
      _ = try database.approve(record.id, ApprovalGrant(.terminal), at: .now())
      keep(try database.admit(project: project, consent: NeededConsent(request), at: .now()))
    }
    let leased = request(0)
    let record = try database.request(leased, at: .now())
    let ends = try database.time(at: .now()) + 3_600_000
    _ = try database.approve(record.id, ApprovalGrant(.terminal, leaseEnds: ends), at: .now())
    let covered = try Row.measure("a call under a lease", bytes: 0) {
      keep(try database.admit(project: project, consent: NeededConsent(leased), at: .now()))
    }
    return [used, covered]
  }

  private static func request(_ number: UInt64) -> ApprovalRequest {
    let bytes = (0..<32).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 }
    guard let call = DigestBytes(bytes) else { preconditionFailure("there are 32 of them") }
    return ApprovalRequest(
      project: project, projectPath: "/srv/project", upstream: "server", client: "cursor", tool: "write_file",
      rules: ["ask"], reason: "it is dear", arguments: #"{"path":"/srv/project/a.txt"}"#, call: call,
      policy: "policy:sha256:00", ways: [.terminal], timeout: 3_600_000, lease: 3_600_000)
  }
}
