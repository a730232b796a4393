import LatchJSON
import LatchSchema

/// A schema from its text.
func schema(_ text: String, options: SchemaOptions = SchemaOptions()) throws -> Schema {
  try Schema(document(text), options: options)
}

func document(_ text: String) throws -> JSONDocument { try JSONDocument(parsing: Array(text.utf8)) }

/// What is said about an instance, one line each: its path, a colon, the message.
func complaints(_ schemaText: String, _ instance: String, options: SchemaOptions = SchemaOptions()) throws -> [String] {
  let schema = try schema(schemaText, options: options)
  let instance = try document(instance)
  let failures = schema.failures(of: instance)
  precondition(failures.isEmpty == schema.isValid(instance), "deciding and explaining agree")
  return failures.map { "\($0.isName ? "name " : "")\($0.instancePath): \($0.message)" }
}
