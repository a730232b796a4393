import ArgumentParser
import LatchCompiler
import LatchJSON
import LatchPolicy

/// `latch test`: runs the policy's tests.
struct TestCommand: LatchCommand {
  /// How results are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, junit }

  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the policy's tests.",
    discussion: """
      Decides the call of each entry of `tests:` as the proxy would, from the sources as they are now, and compares \
      what comes out with `expect`. Nothing is started or called. Tests of an upstream with `enabled: false` are \
      skipped. In a test's arguments `${project}` and `${home}` at the beginning of a text stand for those directories.

      `--mutate` changes one rule at a time (leaves it out, changes its effect, drops or negates its conditions) and \
      lists the changes that no test notices.

      JSON: {"tests": [{"name", "file", "line", "column", "status": "passed|failed|skipped", "expected": {"effect", \
      "rule", "decided_by"}, "found": what `eval --json` prints, or null}], "passed", "failed", "skipped"}; with \
      `--coverage` {"coverage": {"rules": [{"rule", "guardrail", "place", "decided", "matchers": [{"path", "matcher", \
      "place", "held", "failed"}]}], "decided": {"count", "of", "percent"}, "matchers": {"count", "of", "percent"}}}; \
      with `--mutate` {"mutation": {"mutants", "killed", "survivors": [{"rule", "guardrail", "place", "kind", \
      "change"}]}}.

      Exit status 1 for a test that fails, and with `--mutate` for a change that no test notices.
      """)

  @Option(help: "text, json or junit.")
  var format = Format.text

  @Flag(help: "Say which rules decided a test, and which matchers held and failed.")
  var coverage = false

  @Flag(help: "Say which changes to the rules no test notices.")
  var mutate = false

  @Flag(help: "Print nothing where everything holds.")
  var quiet = false

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @OptionGroup var project: ProjectOption

  func validate() throws {
    if coverage, format == .junit {
      throw ValidationError("`--coverage` has no form in JUnit's XML; use text or json.")
    }
  }

  func perform() throws(Failure) -> Status {
    let loaded = try LoadedProject(try project.find())
    guard let checked = loaded.checkedModel(color: color, quiet: true) else { return .findings }
    let report = try report(on: checked, of: loaded)
    switch format {
    case .text: if !quiet || report.hasFindings { Output.print(report.text) }
    case .json: Output.print(report.json.pretty(sorted: false))
    case .junit: Output.print(report.junit)
    }
    return report.hasFindings ? .findings : .fine
  }

  private func report(on checked: CheckedModel, of loaded: LoadedProject) throws(Failure) -> TestReport {
    do {
      let bench = try TestBench(
        checked, lower(checked, settings: loaded.settings), paths: .onThisMachine(project: loaded.project))
      let results = bench.run()
      var report = TestReport(results, of: loaded)
      if coverage { report.coverage = Coverage(of: bench.bundle, by: results) }
      if mutate { report.mutation = try mutation(of: bench, report, results) }
      return report
    } catch {
      throw Failure("\(error)")
    }
  }

  /// A test that fails already notices nothing.
  private func mutation(
    of bench: TestBench, _ report: TestReport, _ results: [TestResult]
  ) throws(BundleError) -> MutationRun? {
    guard report.count(.failed) == 0 else {
      Output.say("note: no mutants while tests fail")
      return nil
    }
    let progress = Progress("mutants")
    defer { progress.end() }
    return try bench.mutate(results) { progress.show($0, of: $1) }
  }
}
