import ArgumentParser
import LatchClients
import LatchCompiler
import LatchPolicy
import LatchSource

/// `latch import`: a client's servers as upstreams.
struct ImportCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Turn a client's configuration into `upstreams:`.",
    discussion: """
      Reads the configurations of Claude Desktop, Claude Code, Cursor and VS Code; which it is, is recognised. Literal \
      secrets become references such as `${env:TOKEN}` and are listed; their values are printed nowhere.
      """)

  @Argument(help: "The client's file, or `-` for standard input.")
  var file: String

  @Option(name: .customLong("server"), help: ArgumentHelp("Only this server; may be repeated.", valueName: "name"))
  var servers: [String] = []

  @Flag(help: "Add the upstreams to the project's `latch.yaml` instead of printing them.")
  var write = false

  @OptionGroup var project: ProjectOption

  func perform() throws(Failure) -> Status {
    let configuration = try chosen(from: readConfiguration())
    let plan = ImportPlan(configuration) { name, value in looksLikeSecret(value, name: name) != nil }
    for note in plan.notes { Output.say("note: \(note.harmless)") }
    write ? try add(plan) : Output.print(plan.yaml)
    tellExports(of: plan)
    return .fine
  }

  private func readConfiguration() throws(Failure) -> ImportedConfiguration {
    let bytes = try Files.read(file)
    do {
      return try ImportedConfiguration(reading: bytes)
    } catch {
      switch error {
      case .notJSON(let message, let offset):
        let position = Source(path: file, bytes: bytes).position(of: offset)
        throw Failure("\(file):\(position.line):\(position.column): \(message); a client's configuration is JSON")
      case .unknownShape(let keys):
        let seen = keys.isEmpty ? "" : " (it has \(keys.prefix(6).map { "`\($0.harmless)`" }.joined(separator: ", ")))"
        throw Failure("`\(file)` has neither `mcpServers` nor `servers`\(seen); this release reads those two shapes")
      }
    }
  }

  private func chosen(from configuration: ImportedConfiguration) throws(Failure) -> ImportedConfiguration {
    guard !servers.isEmpty else { return configuration }
    var chosen = configuration
    chosen.servers = configuration.servers.filter { server in
      servers.contains { $0.utf8.elementsEqual(server.name.utf8) }
    }
    for name in servers where !chosen.servers.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      let hint = closest(to: name, among: configuration.servers.map(\.name)).map { "; did you mean `\($0)`?" } ?? ""
      throw Failure("`\(file)` has no server `\(name)`\(hint)")
    }
    return chosen
  }

  private func add(_ plan: ImportPlan) throws(Failure) {
    let project = try project.find()
    let path = project.path("latch.yaml")
    let source = Source(path: path, bytes: try project.read("latch.yaml"))
    guard let root = read(source).accepted else { throw Failure("`\(path)` has mistakes; run `latch validate` first") }
    do {
      guard let edit = try plan.edit(of: source, read: root) else { return Output.say("nothing to add") }
      try Files.write(try apply([edit], to: source), to: path)
    } catch let error as UpstreamsEditError {
      throw Failure(message(for: error, path: path))
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure("`\(path)` cannot be edited: \(error)")
    }
    Output.print("added \(plan.upstreams.map(\.name).joined(separator: ", ")) to \(path)")
  }

  private func message(for error: UpstreamsEditError, path: String) -> String {
    switch error {
    case .notAMapping: "`\(path)` is not a mapping; run `latch validate`"
    case .notABlock:
      "`upstreams` in `\(path)` is written in one line or as an alias; write it as a block, or add by hand"
    case .clash(let names):
      "`\(path)` has \(names.map { "`\($0)`" }.joined(separator: ", ")) already; choose others with `--server`,"
        + " or remove them there"
    }
  }

  private func tellExports(of plan: ImportPlan) {
    guard !plan.exports.isEmpty else { return }
    Output.say("\nset these where the client starts (their values stand in no file of Latch):")
    for export in plan.exports {
      let told = export.wasLiteral ? "was in \(export.origin)" : "is read by \(export.origin)"
      Output.say("  export \(export.variable)=…    # \(told.harmless)")
    }
  }
}
