package import LatchJSON

/// A JSON Schema, compiled once and good for any number of instances.
package struct Schema: Sendable {
  private let compiled: Compiled
  var program: Program { _read { yield compiled.program } }
  let limits: SchemaLimits

  /// Compiles `document`, or says where and why it is not a schema that can be used.
  package init(_ document: JSONDocument, options: SchemaOptions = SchemaOptions()) throws(SchemaError) {
    compiled = Compiled(try Compiler(document, options: options).compile())
    limits = options.limits
  }

  /// Whether the value at node `index` of the instance is valid; a value that costs too much to check is not.
  package func isValid(_ instance: JSONDocument, at index: Int = JSONDocument.root) -> Bool {
    compiled.program.run(on: instance, limits: limits) { $0.accepts(0, UInt32(index)) }
  }

  /// Where the program is kept, however often the schema is copied.
  private final class Compiled: Sendable {
    let program: Program

    init(_ program: consuming Program) { self.program = program }
  }
}
