import ArgumentParser
import LatchCompiler

/// `latch schema`: the schemas of Latch's own files, and any schema held against any file.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print a JSON Schema of Latch's own files, or check files against any schema.",
    subcommands: [SchemaPrintCommand.self, SchemaCheckCommand.self], defaultSubcommand: SchemaPrintCommand.self)
}

/// `latch schema [latch|lock|bundle|audit]`.
struct SchemaPrintCommand: LatchCommand {
  /// The files that have a schema.
  enum Subject: String, ExpressibleByArgument, CaseIterable { case latch, lock, bundle, audit }

  static let configuration = CommandConfiguration(
    commandName: "print",
    abstract: "Print the JSON Schema of policy files, of the lock, of bundles or of the audit record.")

  @Argument(help: "What the schema is of: latch, lock, bundle or audit.")
  var subject = Subject.latch

  func perform() throws(Failure) -> Status {
    let bytes =
      switch subject {
      case .latch: EmbeddedSchema.policyBytes
      case .lock: EmbeddedSchema.lockBytes
      case .bundle: EmbeddedSchema.bundleBytes
      case .audit: EmbeddedSchema.auditBytes
      }
    Output.print(String(decoding: bytes, as: UTF8.self))
    return .fine
  }
}
