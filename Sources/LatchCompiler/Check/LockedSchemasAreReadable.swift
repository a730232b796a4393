import LatchJSON
import LatchPolicy
import LatchSchema
import LatchSource

extension Check {
  /// The proxy holds arguments against the locked schema; one that it cannot read would deny every call.
  static let lockedSchemasAreReadable = Check(
    "L4007", "L4008", summary: "every locked `inputSchema` can be checked, or is set aside"
  ) { model in
    let places = LockPlaces(model)
    return model.upstreams.filter(\.isEnabled).flatMap { upstream in
      upstream.tools.flatMap { tool -> [Diagnostic] in
        guard tool.checksSchema, !tool.isReserved, let schema = tool.inputSchema else { return [] }
        let place = places[tool.name, upstream.name, "inputSchema"]
        let help = "with `tools: { \(tool.name): { schema: ignore } }` its arguments are not held against it"
        do throws(SchemaError) {
          return try UsableSchema(schema).setAside.map { setAside in
            Diagnostic(
              "L4008", .warning,
              "calls of tool `\(tool.name)` of upstream `\(upstream.name)` that give `\(setAside.argument)` will be denied: "
                + setAside.problem, at: place, help: help)
          }
        } catch {
          let problem = "the `inputSchema` of tool `\(tool.name)` of upstream `\(upstream.name)` cannot be used: "
          return [Diagnostic("L4007", problem + error.message, at: place, help: help)]
        }
      }
    }
  }
}
