import ArgumentParser
import LatchClients
import LatchJSON
import LatchPolicy

extension ConfigurationWriter: ExpressibleByArgument {}

/// `latch export`: a client's configuration with the proxy in front of every server.
struct ExportCommand: LatchCommand {
  /// Whose file the configuration is for.
  enum Scope: String, ExpressibleByArgument, CaseIterable { case project, user }

  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print a client's configuration with every upstream behind latch-proxy.",
    discussion: """
      The bundle is pinned by its digest, so export again after each build. For the user's own file the bundle is \
      copied to where no project can change it. Writing into the client's file comes with a later release.
      """)

  @Option(help: "The client: claude-code, claude-desktop, cursor or vscode.")
  var client: ConfigurationWriter

  @Option(name: .customLong("upstream"), help: ArgumentHelp("Only this upstream; may be repeated.", valueName: "name"))
  var upstreams: [String] = []

  @Option(help: "project (where the client has such a file) or user.")
  var scope: Scope?

  @Option(help: ArgumentHelp("The bundle; else the project's `.latch/policy.latch`.", valueName: "file"))
  var bundle: String?

  @Option(help: ArgumentHelp("latch-proxy; else the one beside latch.", valueName: "path"))
  var proxy: String?

  @Flag(help: "Do not pin the bundle: whatever lies there will be obeyed.")
  var noPin = false

  @OptionGroup var project: ProjectOption

  func perform() throws(Failure) -> Status {
    let scope = try chosenScope()
    let place = try BundlePlace(option: bundle, project: project)
    let frozen = try place.frozen()
    noteIfOutdated(frozen, place)
    let proxy = try ProxyProgram.find(option: self.proxy)
    let policies = try chosen(from: place.policy(of: frozen).upstreams)
    let paths = try paths(scope: scope, place: place, frozen: frozen)
    let entries = policies.compactMap { policy -> ProxyEntry? in
      guard case .stdio = policy.launch else {
        Output.say("note: `\(policy.name)` is reached over HTTP, which this release's proxy does not do; left out")
        return nil
      }
      return ProxyEntry(
        name: policy.name, proxy: proxy, bundle: paths.bundle, project: paths.project,
        pin: noPin ? nil : "bundle:\(frozen.digest)", variables: policy.launch.variableNames)
    }
    for note in client.notes(on: entries) { Output.say("note: \(note)") }
    Output.print(client.configuration(of: entries).pretty(sorted: false))
    return .fine
  }

  private func chosenScope() throws(Failure) -> Scope {
    if scope == .project, !client.hasProjectScope {
      throw Failure("\(client.rawValue) has no file of its own in a project; use `--scope user`")
    }
    return scope ?? (client.hasProjectScope ? .project : .user)
  }

  private func chosen(from all: [UpstreamPolicy]) throws(Failure) -> [UpstreamPolicy] {
    for name in upstreams where !all.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      throw Failure("the bundle has no upstream `\(name)`\(guess(at: name, among: all.map(\.name)))")
    }
    if upstreams.isEmpty { return all }
    return all.filter { policy in upstreams.contains { $0.utf8.elementsEqual(policy.name.utf8) } }
  }

  /// A bundle may be older than the sources on purpose: it is only noted, and so is that they cannot be compared.
  private func noteIfOutdated(_ frozen: FrozenBundle, _ place: BundlePlace) {
    guard let project = place.project else { return }
    guard let now = (try? LoadedProject(project))?.frozen else {
      return Output.say(
        "note: `\(place.path)` cannot be compared with the sources, which have mistakes; see `latch validate`")
    }
    guard now.policyDigest != frozen.policyDigest else { return }
    Output.say("note: `\(place.path)` is not what the sources give; run `latch build`, then export again")
  }

  /// Where the bundle and the project are, as the client's file is to say.
  private func paths(
    scope: Scope, place: BundlePlace, frozen: FrozenBundle
  ) throws(Failure) -> (bundle: ClientPath, project: ClientPath?) {
    let root = place.project?.absolute
    let isHome = root.map { $0.utf8.elementsEqual((homeDirectory ?? "").utf8) } ?? false
    if isHome { Output.say("note: a home directory cannot be a project; `${project}` and `--project` are left out") }
    switch scope {
    case .project:
      let inside = root.flatMap { relativePath(of: place.absolutePath, below: $0) }
      let bundle = inside.flatMap { inside in root.map { ClientPath.inProject(inside, project: $0) } }
      return (bundle ?? .absolute(place.absolutePath), isHome ? nil : root.map { .inProject("", project: $0) })
    case .user:
      let copy = noPin ? place.absolutePath : try keepCopy(of: frozen)
      return (.absolute(copy), isHome ? nil : root.map(ClientPath.absolute))
    }
  }

  /// A bundle of the user's own, named by its digest: a change in the project reaches no client by itself.
  private func keepCopy(of frozen: FrozenBundle) throws(Failure) -> String {
    let digest = frozen.digest.split(separator: ":").last.map(String.init) ?? frozen.digest
    let path = "\(try UserDirectories.data())/bundles/\(digest).latch"
    try Files.write(frozen.bytes, to: path, mode: 0o444)
    return path
  }
}
