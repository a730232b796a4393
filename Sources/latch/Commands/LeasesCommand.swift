import ArgumentParser
import LatchJSON
import LatchProxy

/// `latch leases [--json] [--revoke ID]`.
struct LeasesCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "leases", abstract: "List the leases that were given, or end them.",
    discussion: """
      A lease lets all calls of a tool go for a time, whatever their arguments: `latch approve ID --for 15m`.
      """)

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: ArgumentHelp("End this lease, or `all` of them; the beginning of an id is enough.", valueName: "id"))
  var revoke: String?

  @OptionGroup var scope: ProjectScope

  @OptionGroup var place: StateOption

  func perform() throws(Failure) -> Status {
    if let revoke { return try end(revoke) }
    let project = try scope.key()
    let desk = try ApprovalDesk(place)
    let now = try desk?.now() ?? 0
    let leases = try desk?.leases(of: project) ?? []
    if json {
      Output.print(JSONValue.object([.init("leases", .array(leases.map { $0.json(at: now) }))]).pretty(sorted: false))
    } else {
      Output.print(leases.isEmpty ? "no lease holds\(scope.words)" : leases.text(at: now, withProject: scope.all))
    }
    return .fine
  }

  private func end(_ id: String) throws(Failure) -> Status {
    if id.utf8.elementsEqual("all".utf8) {
      let project = try scope.key()
      let count = try ApprovalDesk(place)?.revokeLeases(of: project) ?? 0
      Output.print(count == 0 ? "no lease holds\(scope.words)" : "revoked \(count) lease\(count == 1 ? "" : "s")")
      return .fine
    }
    guard let desk = try ApprovalDesk(place) else { throw Self.unknown(id) }
    let meant = try meant(id, among: desk.leases(of: nil).map(\.id))
    guard try desk.revokeLease(meant) else { throw Self.unknown(id) }
    Output.print("revoked \(meant.harmless)")
    return .fine
  }

  private func meant(_ beginning: String, among ids: [String]) throws(Failure) -> String {
    let found = ids.filter { !beginning.utf8.isEmpty && $0.utf8.starts(with: beginning.utf8) }
    if let exact = found.first(where: { $0.utf8.elementsEqual(beginning.utf8) }) { return exact }
    guard let first = found.first else { throw Self.unknown(beginning) }
    guard found.count == 1 else {
      throw Failure("`\(beginning)` begins the ids of several leases: \(found.joined(separator: ", "))".harmless)
    }
    return first
  }

  private static func unknown(_ id: String) -> Failure {
    Failure("there is no lease `\(id.harmless)`; `latch leases --all` lists those that hold")
  }
}

extension Lease {
  fileprivate func json(at now: Int) -> JSONValue {
    [
      "id": .string(id), "project": .string(projectPath), "upstream": .string(scope.upstream),
      "tool": .string(scope.tool), "client": .text(scope.client), "rules": .array(scope.rules.map(JSONValue.string)),
      "by": .string(way.rawValue), "given": .string(UTCTime(milliseconds: given).text),
      "ends": .string(UTCTime(milliseconds: ends).text), "remaining_ms": .count(remaining(at: now)),
    ]
  }

  fileprivate func remaining(at now: Int) -> Int { ends > now ? ends - now : 0 }
}

extension [Lease] {
  fileprivate func text(at now: Int, withProject: Bool) -> String {
    let headings = ["ID", "LEFT", "UPSTREAM", "TOOL", "CLIENT", "BY", "RULES"] + (withProject ? ["PROJECT"] : [])
    return table(
      headings,
      map { lease in
        let scope = lease.scope
        let cells = [
          lease.id, timeLeft(lease.remaining(at: now)), scope.upstream, scope.tool, scope.client ?? "",
          lease.way.rawValue, scope.rules.joined(separator: ", "),
        ]
        return cells + (withProject ? [lease.projectPath] : [])
      })
  }
}
