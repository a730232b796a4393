/// One thing that is wrong with an instance, made to be shown to a person.
package struct SchemaFailure: Sendable, Equatable {
  /// The keyword that refused it; empty where checking was given up.
  package var keyword: String
  /// The JSON pointer of the value at fault.
  package var instancePath: String
  /// The JSON pointer of the keyword, after its document's URI and `#` if it is not the schema that was given.
  package var schemaPath: String
  /// Lower case, the user's words in backticks, what is wrong and what would be right.
  package var message: String
  /// The index of the value, or of the name, in the instance's nodes.
  package var node: Int
  /// Whether `node` is the name of a member (an unknown one, say) and not a value.
  package var isName: Bool
  /// The names or values that would be right, for "did you mean".
  package var expected: [String]
  /// The name or text that was found in place of one of `expected`.
  package var unexpected: String?

  package init(
    keyword: String, instancePath: String, schemaPath: String, message: String, node: Int, isName: Bool = false,
    expected: [String] = [], unexpected: String? = nil
  ) {
    self.keyword = keyword
    self.instancePath = instancePath
    self.schemaPath = schemaPath
    self.message = message
    self.node = node
    self.isName = isName
    self.expected = expected
    self.unexpected = unexpected
  }
}
