import ArgumentParser
import LatchJSON
import LatchSchema
import LatchSource

/// `latch schema check`: any YAML or JSON file against any schema.
struct SchemaCheckCommand: LatchCommand {
  /// How results are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  /// The draft of a schema that does not say.
  enum Draft: String, ExpressibleByArgument, CaseIterable {
    case draft202012 = "2020-12"
    case draft7 = "7"

    var dialect: SchemaDialect { self == .draft7 ? .draft7 : .draft202012 }
  }

  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check YAML or JSON files against a JSON Schema.",
    discussion: "Referenced schemas are looked for in the directories of `--resolve`, never on the network.")

  @Option(help: ArgumentHelp("The schema, JSON or YAML.", valueName: "file"))
  var schema: String

  @Argument(help: "The files to check; `-` is standard input.")
  var instances: [String]

  @Option(help: ArgumentHelp("Where schemas lie whose address begins with PREFIX.", valueName: "prefix=dir"))
  var resolve: [String] = []

  @Option(help: "The draft of a schema that has no `$schema`: 2020-12 or 7.")
  var draft = Draft.draft202012

  @Flag(help: "Refuse strings that do not have the `format` that the schema names.")
  var assertFormat = false

  @Option(help: "text or json.")
  var format = Format.text

  func validate() throws {
    if instances.isEmpty { throw ValidationError("Name at least one file to check.") }
    if let odd = resolve.first(where: { SchemaDirectory($0) == nil }) {
      throw ValidationError("`--resolve \(odd)` is not PREFIX=DIR.")
    }
  }

  func perform() throws(Failure) -> Status {
    let schema = try compiled()
    var results: [InstanceResult] = []
    for path in instances { results.append(InstanceResult(of: try Text.load(path), against: schema)) }
    switch format {
    case .text: Output.print(results.map(\.text).joined())
    case .json: Output.print(JSONValue.object([.init("results", .array(results.map(\.json)))]).pretty(sorted: false))
    }
    return results.allSatisfy(\.isValid) ? .fine : .findings
  }

  private func compiled() throws(Failure) -> Schema {
    let text = try Text.load(schema)
    guard let document = text.document else { throw Failure(text.problems.map(\.line).joined(separator: "\n")) }
    let directories = resolve.compactMap(SchemaDirectory.init)
    do {
      return try Schema(
        document,
        options: SchemaOptions(dialect: draft.dialect, assertFormat: assertFormat) { uri in
          directories.lazy.compactMap { $0.document(at: uri) }.first
        })
    } catch {
      let place = error.place.map { text.place($0).start } ?? Position(line: 1, column: 1)
      let isElsewhere = !error.document.isEmpty
      let origin = isElsewhere ? error.document : "\(schema):\(place.line):\(place.column)"
      throw Failure("\(origin): \(error.message) (at `\(error.schemaPath)` in the schema)")
    }
  }
}
