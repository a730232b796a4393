import ArgumentParser

/// The command line: every command is a file in `Commands/` that loads, calls, prints, and says how it went.
@main
struct Latch: ParsableCommand {
  static let version = "0.1.0"

  static func main() {
    Output.fillClosedStreams()
    do {
      let words = Array(CommandLine.arguments.dropFirst())
      try refuseUnknownCommand(in: words)
      var command = try parseAsRoot(words)
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// Help is a result, and so it goes through the door that notices where it cannot be written.
  private static func end(with error: any Error) -> Never {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if !text.isEmpty { code.isSuccess ? Output.print("\(text)\n") : Output.say("\(text)\n") }
    exit(withError: code)
  }

  static let configuration = CommandConfiguration(
    commandName: "latch",
    abstract: "Policy as code for MCP servers.",
    discussion: """
      A project is a directory with a `latch.yaml`. `latch init` begins one, `latch import` takes over the servers of \
      a client, `latch sync` asks them for their tools, `latch validate` checks everything, `latch build` freezes it, \
      and `latch export` puts latch-proxy between a client and its servers.

      Exit status: 0 fine, 1 findings, 2 could not run, 64 wrong usage.
      """,
    version: version,
    subcommands: [
      InitCommand.self, ImportCommand.self, TrustCommand.self, SyncCommand.self,
      ValidateCommand.self, TestCommand.self, ExplainCommand.self, BuildCommand.self, EvalCommand.self,
      ExportCommand.self, ClientsCommand.self, ApprovalsCommand.self, ApproveCommand.self, DenyCommand.self,
      LeasesCommand.self, AuditCommand.self, SchemaCommand.self,
    ])
}
