package import LatchJSON

/// How a schema is to be read, and what it may refer to; there is never a network.
package struct SchemaOptions: Sendable {
  /// The draft of a schema that names none by `$schema`.
  package var dialect: SchemaDialect
  /// Whether `format` refuses what does not have the form (else it is an annotation only).
  package var assertFormat: Bool
  /// Where the schema was read from: the base of its relative references. Its `$id` goes before.
  package var uri: String
  /// Documents that `$ref` may name, each by the URI it was read from (a `$id` in it counts too).
  package var resources: [(uri: String, document: JSONDocument)]
  /// Asked for the document at a URI that neither `resources` nor the drafts' own schemas have.
  package var load: (@Sendable (String) -> JSONDocument?)?
  package var limits: SchemaLimits

  package init(
    dialect: SchemaDialect = .draft202012, assertFormat: Bool = false, uri: String = "",
    resources: [(uri: String, document: JSONDocument)] = [],
    load: (@Sendable (String) -> JSONDocument?)? = nil, limits: SchemaLimits = SchemaLimits()
  ) {
    self.dialect = dialect
    self.assertFormat = assertFormat
    self.uri = uri
    self.resources = resources
    self.load = load
    self.limits = limits
  }
}

/// What a hostile schema or instance may cost; beyond a limit the answer is an error or "not valid", never a hang.
package struct SchemaLimits: Sendable {
  /// How deep a schema may nest.
  package var depth = 256
  /// How deep checking may go: schemas within schemas, values within values, references.
  package var evaluationDepth = 1_200
  /// Steps of checking one instance, beside `workPerValue` for each of its values.
  package var work = 5_000_000
  package var workPerValue = 64
  /// States of one pattern's table; larger patterns are matched without one, more slowly.
  package var patternStates = 1_024
  /// Steps (states times classes of bytes) of all automata of a schema: two bytes of memory each.
  package var patternSteps = 4_000_000
  /// Documents that may be loaded.
  package var documents = 1_000
  /// Failures that are reported for one instance.
  package var failures = 1_000
  /// Bytes of the paths of all failures together; the rest is not reported.
  package var pathBytes = 64 * 1024 * 1024

  package init() {}
}
