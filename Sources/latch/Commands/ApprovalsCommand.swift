import ArgumentParser
import LatchJSON
import LatchProxy

/// `latch approvals [--json] [--all]`.
struct ApprovalsCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "approvals", abstract: "List the calls that wait for a person's approval.",
    discussion: """
      `latch approve ID` shows a call in full and approves it; `latch deny ID` denies it. The beginning of an id is \
      enough where no other begins so.
      """)

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var scope: ProjectScope

  @OptionGroup var place: StateOption

  func perform() throws(Failure) -> Status {
    let project = try scope.key()
    let desk = try ApprovalDesk(place)
    let now = try desk?.now() ?? 0
    let open = try desk?.openRequests(of: project) ?? []
    if json {
      Output.print(JSONValue.object([.init("approvals", .array(open.map { $0.json(at: now) }))]).pretty(sorted: false))
    } else if open.isEmpty {
      Output.print("no call waits for approval\(scope.words)")
    } else {
      Output.print(open.map { $0.summary(at: now, withProject: scope.all) }.joined(separator: "\n"))
    }
    return .fine
  }
}
