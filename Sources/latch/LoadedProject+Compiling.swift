import LatchCompiler
import LatchPolicy
import LatchSource

extension LoadedProject {
  /// The texts as messages name them: relative to the working directory.
  var shownSources: [Source] {
    files.sources.map { Source(path: project.path($0.path), bytes: $0.bytes, file: $0.file) }
  }

  /// What was looked at, where nothing is wrong.
  var summary: String {
    let count = 1 + files.included.count
    let lock = files.lock == nil ? "no lock" : "latch.lock"
    return "no mistakes in \(count) file\(count == 1 ? "" : "s") and \(lock)"
  }

  /// The model that a bundle can be made of, or nil where mistakes stand against it; what is found is told on stderr.
  func checkedModel(color: ColorChoice = .auto, quiet: Bool = false) -> CheckedModel? {
    let outcome = checkForBundle(files, settings: settings)
    let findings = Findings(outcome.found, in: shownSources)
    if findings.errors > 0 || (!quiet && !findings.isEmpty) { Output.say(findings.text(color: color, toErrors: true)) }
    return outcome.accepted
  }

  /// The frozen policy, or nil where mistakes stand against it; what is found is told on stderr.
  func freeze(color: ColorChoice = .auto, quiet: Bool = false) throws(Failure) -> FrozenBundle? {
    guard let checked = checkedModel(color: color, quiet: quiet) else { return nil }
    do {
      return try FrozenBundle(try lower(checked, settings: settings).encoded())
    } catch {
      throw Failure("the bundle cannot be written: \(error)")
    }
  }

  /// The project as far as starting its upstreams needs it: mistakes in rules are no hindrance, others are.
  func upstreamModel() throws(Failure) -> Model {
    let outcome = LatchCompiler.check(files, settings: settings)
    let fatal = outcome.found.filter { $0.severity == .error && $0.code.stage < 2 && $0.span?.file != lockIndex }
    let findings = Findings(fatal, in: shownSources)
    if !findings.isEmpty { Output.say(findings.text(color: .auto, toErrors: true)) }
    guard findings.isEmpty, let checked = outcome.value else {
      throw Failure("the project cannot be read; `latch validate` says everything that is wrong")
    }
    return checked.model
  }

  private var lockIndex: Int32 { Int32(1 + files.included.count) }
}

extension Upstream {
  var toList: UpstreamToList {
    UpstreamToList(
      name: name, launch: declaration.launch, trustsAnnotations: declaration.trustsAnnotations,
      ignoredSchemas: Set(declaration.tools.filter { !$0.checksSchema }.map(\.name.value)))
  }
}
