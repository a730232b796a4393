import ArgumentParser
import LatchCompiler
import LatchJSON
import LatchSource

/// `latch validate`: everything that can be said about a project.
struct ValidateCommand: LatchCommand {
  /// How findings are printed; others come later.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check the project and report every mistake at once.",
    discussion: "Starts nothing. Exit status 1 for errors, and for warnings with `--strict`.")

  @Option(help: "text or json.")
  var format = Format.text

  @Flag(help: "Warnings too fail.")
  var strict = false

  @Flag(inversion: .prefixedNo, help: "Leave out the warnings that comments suppress.")
  var suppress = true

  @Flag(help: "Print nothing where there is nothing to report.")
  var quiet = false

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @OptionGroup var project: ProjectOption

  func perform() throws(Failure) -> Status {
    let loaded = try LoadedProject(try project.find())
    var settings = loaded.settings
    settings.honoursSuppressions = suppress
    let examination = examine(loaded.files, settings: settings)
    let findings = Findings(
      examination.outcome.found, suppressed: examination.suppressed.count, in: loaded.shownSources)
    switch format {
    case .json: Output.print(findings.json.pretty(sorted: false))
    case .text:
      if !findings.isEmpty { Output.print(findings.text(color: color)) }
      if findings.isEmpty, !quiet { Output.print(loaded.summary) }
      if let count = findings.countOfSuppressed, !quiet { Output.print(count) }
    }
    return findings.errors > 0 || strict && findings.warnings > 0 ? .findings : .fine
  }
}
