import ArgumentParser
import LatchJSON
import LatchPolicy

extension Effect: ExpressibleByArgument {}

/// `latch eval`: decides one call and shows the way to the decision.
struct EvalCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Decide one call, and show every rule that spoke.",
    discussion: """
      Nothing is started or called. Of each condition it is said whether it holds; `unless`, `not` (which stands for \
      `none_of` too) and `any_of` before it say what it stands under. Exit status 1 only if `--expect` does not hold.
      """)

  @Option(help: ArgumentHelp("The upstream.", valueName: "name"))
  var upstream: String

  @Option(help: ArgumentHelp("The tool.", valueName: "name"))
  var tool: String

  @Option(help: ArgumentHelp("The call's arguments: JSON, `@FILE`, or `-` for standard input.", valueName: "json"))
  var arguments: String?

  @Option(help: ArgumentHelp("Who calls, as `latch-proxy --client` says it.", valueName: "id"))
  var client: String?

  @Option(help: ArgumentHelp("Decide by this bundle instead of the project's sources.", valueName: "file"))
  var bundle: String?

  @Option(help: "allow, require_approval or deny: exit 1 if it is another.")
  var expect: Effect?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var project: ProjectOption

  func perform() throws(Failure) -> Status {
    let judge = try Judge(upstream: upstream, bundle: bundle, project: project)
    let verdict = try judge.verdict(on: tool, arguments: argumentBytes(), client: client)
    Output.print(json ? verdict.json.pretty(sorted: false) : verdict.text(of: tool, upstream: upstream))
    guard let expect, expect != verdict.decision.effect else { return .fine }
    Output.say("expected \(expect.rawValue), got \(verdict.decision.effect.rawValue)")
    return .findings
  }

  private func argumentBytes() throws(Failure) -> [UInt8]? {
    guard let arguments else { return nil }
    if arguments.utf8.elementsEqual("-".utf8) { return try Files.read("-") }
    return arguments.utf8.first == UInt8(ascii: "@")
      ? try Files.read(String(arguments.dropFirst())) : Array(arguments.utf8)
  }
}
