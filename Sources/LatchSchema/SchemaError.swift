/// Why a document is not a schema that can be used.
package struct SchemaError: Error, Sendable, Equatable {
  /// One sentence: lower case, the author's words in backticks.
  package var message: String
  /// The JSON pointer of the value at fault, in its document.
  package var schemaPath: String
  /// The value's place in the text it was read from; nil where no value is at fault.
  package var place: Range<Int>?
  /// The URI of the document at fault; empty for the schema that was given.
  package var document: String

  package init(message: String, schemaPath: String, place: Range<Int>?, document: String = "") {
    self.message = message
    self.schemaPath = schemaPath
    self.place = place
    self.document = document
  }
}
