import LatchCompiler
import LatchPolicy
import LatchSource

/// What `latch test` has found out, with every place as messages name it.
struct TestReport {
  /// One test, where it stands, and what came of it.
  struct Entry {
    var name: String
    var file: String
    var position: Position
    var status: TestResult.Status
    var upstream: String
    var expected: Expectation
    /// nil for a test that was skipped.
    var found: Verdict?
    /// Where the rule stands that has decided.
    var foundPlace: String?
  }

  var entries: [Entry]
  var coverage: Coverage?
  var mutation: MutationRun?
  let project: Project

  init(_ results: [TestResult], of loaded: LoadedProject) {
    project = loaded.project
    let sources = loaded.shownSources
    entries = results.map { Entry($0, in: sources[Int($0.test.name.span.file)], of: loaded.project) }
  }

  func count(_ status: TestResult.Status) -> Int { entries.count { $0.status == status } }

  /// Whether something does not hold.
  var hasFindings: Bool { count(.failed) > 0 || mutation.map { !$0.survivors.isEmpty } == true }

  /// A place of the bundle, which is relative to the project.
  func shown(_ place: String?) -> String? { place.map(project.path) }
}

extension TestReport.Entry {
  fileprivate init(_ result: TestResult, in source: Source, of project: Project) {
    name = result.test.name.value
    file = source.path
    position = source.position(of: result.test.name.span.start)
    status = result.status
    upstream = result.test.upstream
    expected = result.test.expected
    let entries = result.entries.map { $0.shown(in: project) }
    found = result.decision.map { Verdict(decision: $0, entries: entries) }
    foundPlace = found?.decision.rule.flatMap { rule in
      entries.first { $0.rule.utf8.elementsEqual(rule.utf8) }?.place
    }
  }

  /// `path:line:column`.
  var place: String { "\(file):\(position.line):\(position.column)" }
}

extension TraceEntry {
  fileprivate func shown(in project: Project) -> TraceEntry {
    var entry = self
    entry.place = place.map(project.path)
    entry.conditions = conditions.map { question in
      var question = question
      question.place = question.place.map(project.path)
      return question
    }
    return entry
  }
}
