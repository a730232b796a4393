package import LatchJSON
package import LatchSchema
import LatchSchemaTexts

/// The schemas of `Schemas/`, embedded from those very files.
package enum EmbeddedSchema {
  package static var policyBytes: [UInt8] { SchemaTexts.latch }
  package static var bundleBytes: [UInt8] { SchemaTexts.bundle }

  /// What policy files are validated against.
  package static let policy = CompiledSchema(policyBytes)

  package static var lockBytes: [UInt8] { SchemaTexts.lock }

  /// What each line of the audit record is; the record's own reader looks at what it needs.
  package static var auditBytes: [UInt8] { SchemaTexts.audit }

  /// What `latch.lock` is, for editors and reviewers; the lock's own reader is stricter.
  package static let lock = CompiledSchema(lockBytes)
}

/// A schema of ours: a text that cannot be read is our own mistake, and tests would have found it.
package struct CompiledSchema: Sendable {
  package let document: JSONDocument
  package let schema: Schema

  init(_ bytes: [UInt8]) {
    do {
      document = try JSONDocument(parsing: bytes)
      schema = try Schema(document)
    } catch {
      preconditionFailure("an embedded schema cannot be read: \(error)")
    }
  }
}
