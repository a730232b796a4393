import ArgumentParser
import LatchClients
import LatchJSON

/// `latch clients`: the clients known and what can be done with each.
struct ClientsCommand: LatchCommand {
  static let configuration = CommandConfiguration(
    commandName: "clients", abstract: "The clients known: their ids, files, and what can be written for them.")

  @Flag(help: "Print JSON.")
  var json = false

  func perform() throws(Failure) -> Status {
    if json {
      Output.print(JSONValue.object([.init("clients", .array(Client.all.map(\.json)))]).pretty(sorted: false))
      return .fine
    }
    let rows = Client.all.map { [$0.id, $0.canBeExported ? "yes" : "", $0.projectPaths.first ?? "", $0.homePath] }
    Output.print(table(["CLIENT", "EXPORT", "IN A PROJECT", "OF THE USER"], rows))
    return .fine
  }
}

extension Client {
  fileprivate var canBeExported: Bool { ConfigurationWriter(rawValue: id) != nil }

  fileprivate var homePath: String { homePaths.first.map { "~/\($0)" } ?? "" }

  fileprivate var json: JSONValue {
    [
      "id": .string(id), "name": .string(name), "format": .string(format.rawValue), "export": .bool(canBeExported),
      "project_paths": .array(projectPaths.map(JSONValue.string)),
      "home_paths": .array(homePaths.map(JSONValue.string)),
    ]
  }
}
