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

  /// The frozen policy, or nil where mistakes stand against it; nothing is told.
  var frozen: FrozenBundle? {
    checkForBundle(files, settings: settings).accepted.flatMap { checked in
      try? FrozenBundle(freezing: lower(checked, settings: settings))
    }
  }

  /// The frozen policy, or nil where mistakes stand against it; what is found is told on stderr.
  func freeze(color: ColorChoice = .auto, quiet: Bool = false) throws(Failure) -> FrozenBundle? {
    guard let checked = checkedModel(color: color, quiet: quiet) else { return nil }
    do {
      return try FrozenBundle(freezing: lower(checked, settings: settings))
    } catch {
      throw Failure("\(error)")
    }
  }

  /// The project as far as starting its upstreams needs it: mistakes in rules and in the lock are no hindrance, others
  /// are.
  func upstreamModel() throws(Failure) -> Model {
    let outcome = checkUpstreams(of: files, settings: settings)
    let findings = Findings(outcome.found, in: shownSources)
    if !findings.isEmpty { Output.say(findings.text(color: .auto, toErrors: true)) }
    guard let model = outcome.accepted else {
      throw Failure("the project cannot be read; `latch validate` says everything that is wrong")
    }
    return model
  }
}

extension Upstream {
  var toList: UpstreamToList {
    UpstreamToList(
      name: name, launch: declaration.launch, trustsAnnotations: declaration.trustsAnnotations,
      ignoredSchemas: Set(declaration.tools.filter { !$0.checksSchema }.map(\.name.value)))
  }
}
