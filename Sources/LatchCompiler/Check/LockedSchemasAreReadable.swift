import LatchJSON
import LatchSchema
import LatchSource

extension Check {
  /// The proxy holds arguments against the locked schema; one that it cannot read would deny every call.
  static let lockedSchemasAreReadable = Check(
    "L4007", summary: "every locked `inputSchema` can be read, or is set aside"
  ) { model in
    let places = LockPlaces(model)
    return model.upstreams.filter(\.isEnabled).flatMap { upstream in
      upstream.tools.compactMap { tool in
        guard tool.checksSchema, !tool.isReserved, let schema = tool.inputSchema else { return nil }
        do throws(SchemaError) {
          _ = try Schema(schema.document())
          return nil
        } catch {
          return Diagnostic(
            "L4007",
            "the `inputSchema` of tool `\(tool.name)` of upstream `\(upstream.name)` cannot be used: \(error.message)",
            at: places[tool.name, upstream.name, "inputSchema"],
            help: "with `tools: { \(tool.name): { schema: ignore } }` its arguments are not held against it")
        }
      }
    }
  }
}
