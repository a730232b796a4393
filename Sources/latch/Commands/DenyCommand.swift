import ArgumentParser
import LatchProxy

/// `latch deny ID`.
struct DenyCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "deny", abstract: "Deny a call that waits for approval.",
    discussion: """
      The same call is denied without being asked about until the request expires. An approval that was not used yet \
      is taken back.
      """)

  @Argument(help: "The request's id, or the beginning of it.")
  var id: String

  @OptionGroup var place: StateOption

  func perform() throws(Failure) -> Status {
    guard let desk = try ApprovalDesk(place) else { throw .unknownRequest(id) }
    let record = try desk.deny(desk.request(id).id)
    let remaining = timeLeft(record.remaining(at: try desk.now()))
    Output.print("denied \(record.id): \(record.request.kind); the same call is denied for \(remaining) more".harmless)
    return .fine
  }
}
