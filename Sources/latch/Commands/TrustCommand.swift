import ArgumentParser
import LatchCompiler

/// `latch trust`: agrees to start a project's commands.
struct TrustCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Agree that `sync` starts a project's commands.",
    discussion: "Shows each command in full and asks. A command that changes later is asked about again.")

  @Argument(help: "The project's directory; else it is found upwards from here.")
  var directory: String?

  @Flag(help: "Do not ask: the commands were looked at before.")
  var yes = false

  func perform() throws(Failure) -> Status {
    var option = ProjectOption()
    option.project = directory
    let loaded = try LoadedProject(try option.find())
    let upstreams = try loaded.upstreamModel().upstreams.filter(\.isEnabled).map(\.toList)
    try Permission.ask(for: upstreams, in: loaded.project, granted: yes)
    Output.say("the commands of this project are trusted")
    return .fine
  }
}
