import ArgumentParser
import LatchPolicy

/// `latch build`: the frozen policy.
struct BuildCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Freeze the project into a bundle, the only file that latch-proxy reads.",
    discussion: "The same sources and lock give the same bytes on every machine.")

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write it; else `.latch/policy.latch`.", valueName: "file"))
  var output: String?

  @Flag(help: "Write nothing; exit 1 if the file is not what the sources give.")
  var check = false

  @Flag(help: "Print the digests only.")
  var quiet = false

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @OptionGroup var project: ProjectOption

  func perform() throws(Failure) -> Status {
    let loaded = try LoadedProject(try project.find())
    let outcome = try loaded.freeze(color: color, quiet: quiet)
    guard let frozen = outcome else { return .findings }
    let path = output ?? loaded.project.path(BundlePlace.standardPath)
    if check {
      if try Files.readIfPresent(path) == frozen.bytes { return .fine }
      Output.say("`\(path)` is not what the sources give; run `latch build`")
      return .findings
    }
    let isNew = try Files.write(frozen.bytes, to: path)
    if !quiet { Output.say(isNew ? "wrote \(path)" : "\(path) is up to date") }
    Output.print("bundle:\(frozen.digest)\npolicy:\(frozen.policyDigest)")
    return .fine
  }
}
