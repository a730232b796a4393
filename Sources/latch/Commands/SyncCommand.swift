import ArgumentParser
import LatchCompiler
import LatchJSON
import LatchLaunch
import LatchMCP
import LatchPolicy

/// `latch sync`: asks the upstreams for their tools and writes `latch.lock`.
struct SyncCommand: LatchCommand {
  /// How the report is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Ask the upstreams for their tools and write `latch.lock`.",
    discussion: """
      Starts each upstream, in each protocol revision that clients may speak with it. A command that was not started \
      before is shown in full and asked about; without a terminal `--trust` is needed.
      """)

  @Argument(help: "Only these upstreams.")
  var upstreams: [String] = []

  @Flag(help: "Write nothing; exit 1 if the lock does not say what the upstreams say now.")
  var check = false

  @Flag(help: "Agree to start this project's commands.")
  var trust = false

  @Option(help: ArgumentHelp("How long a server may take to start and to answer.", valueName: "seconds"))
  var timeout = 60

  @Option(help: "text or json.")
  var format = Format.text

  @Flag(help: "Print nothing but what is wrong.")
  var quiet = false

  @OptionGroup var project: ProjectOption

  func validate() throws {
    if !(1...3600).contains(timeout) { throw ValidationError("`--timeout` takes 1 to 3600 seconds.") }
  }

  func perform() throws(Failure) -> Status {
    let loaded = try LoadedProject(try project.find())
    let model = try loaded.upstreamModel()
    let known = model.upstreams.filter(\.isEnabled)
    let chosen = try chosen(from: known)
    let servers = chosen.map(\.toList)
    try Permission.ask(for: servers, in: loaded.project, granted: trust)
    let listings = UpstreamListing.all(of: servers, references: try references(loaded.project), limits: limits)
    let old = loaded.lock
    let lock = merged(listings, old: old, all: model.upstreams.map(\.name))
    tell(report(on: listings, from: old, to: lock))
    let missing = listings.filter(\.hasFailed).map(\.name)
    if !check { try write(lock, in: loaded.project, isWhole: missing.isEmpty) }
    guard missing.isEmpty else { throw notListed(missing) }
    guard check, Array(lock.text.utf8) != loaded.files.lock?.bytes else { return .fine }
    Output.say("`\(loaded.project.path("latch.lock"))` does not say what the upstreams say; run `latch sync`")
    return .findings
  }

  private func chosen(from known: [Upstream]) throws(Failure) -> [Upstream] {
    for name in upstreams where !known.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      throw Failure("the project has no enabled upstream `\(name)`\(guess(at: name, among: known.map(\.name)))")
    }
    if upstreams.isEmpty { return known }
    return known.filter { upstream in upstreams.contains { $0.utf8.elementsEqual(upstream.name.utf8) } }
  }

  private func references(_ project: Project) throws(Failure) -> References {
    let environment = ProcessEnvironment.current()
    do {
      return try References(environment: environment, project: project.absolute)
    } catch LaunchError.unsuitableProject {
      // A home directory can hold a project whose upstreams do not speak of `${project}`.
      guard let references = try? References(environment: environment, project: nil) else {
        preconditionFailure("without a project there is nothing to refuse")
      }
      return references
    } catch {
      throw Failure("\(error)")
    }
  }

  private var limits: SessionLimits {
    var limits = SessionLimits()
    limits.start = .seconds(timeout)
    limits.answer = .seconds(timeout)
    limits.session = .seconds(timeout * 3)
    return limits
  }

  /// What could not be asked stays as it was; what the project no longer has goes.
  private func merged(_ listings: [UpstreamListing], old: LockFile?, all names: [String]) -> LockFile {
    LockFile(
      upstreams: names.compactMap { name in
        let listing = listings.first { $0.name.utf8.elementsEqual(name.utf8) }
        return listing?.locked ?? old?.upstream(named: name)
      })
  }

  private func report(on listings: [UpstreamListing], from old: LockFile?, to new: LockFile) -> SyncReport {
    var report = SyncReport()
    for listing in listings {
      var entry = SyncReport.Entry(name: listing.name, server: listing.locked?.server, notes: listing.notes)
      switch listing.outcome {
      case .success(let locked): entry.changes = LockChange.all(from: old?.upstream(named: listing.name), to: locked)
      case .failure(let failure): entry.problem = failure.message
      }
      report.entries.append(entry)
    }
    for gone in old?.upstreams ?? [] where new.upstream(named: gone.name) == nil {
      report.entries.append(SyncReport.Entry(name: gone.name, changes: LockChange.all(from: gone, to: nil)))
    }
    return report
  }

  private func tell(_ report: SyncReport) {
    for entry in report.entries {
      if let problem = entry.problem { Output.say("latch: \(entry.name): \(problem)") }
      for note in entry.notes { Output.say("note: \(entry.name): \(note)") }
    }
    switch format {
    case .json: Output.print(report.json.pretty(sorted: false))
    case .text:
      let text = quiet ? (check ? report.differences : "") : report.text
      if !text.isEmpty { Output.print(text) }
    }
  }

  private func write(_ lock: LockFile, in project: Project, isWhole: Bool) throws(Failure) {
    // With nothing heard, an old lock that cannot be read would be lost for one that says nothing.
    guard isWhole || !lock.upstreams.isEmpty else { return }
    let isNew = try Files.write(Array(lock.text.utf8), to: project.path("latch.lock"))
    guard !quiet, format == .text else { return }
    if isNew { return Output.say("wrote \(project.path("latch.lock"))") }
    if isWhole { Output.say("the lock is up to date") }
  }

  private func notListed(_ names: [String]) -> Failure {
    let rest = check ? "not compared with the lock" : "nothing of \(names.count == 1 ? "it" : "them") was written"
    return Failure("\(names.map { "`\($0)`" }.joined(separator: ", ")) could not be listed: \(rest)")
  }
}

extension UpstreamListing {
  fileprivate var locked: LockedUpstream? { try? outcome.get() }
  fileprivate var hasFailed: Bool { locked == nil }
}
