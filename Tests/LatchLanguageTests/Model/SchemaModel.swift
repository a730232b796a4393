import LatchJSON
import LatchPolicy

/// A tool's `inputSchema`, or the part of it that speaks of one argument.
struct SchemaModel: Sendable {
  /// How the parts of a schema are put together, which makes no difference to what it says.
  enum Form: CaseIterable, Sendable { case plain, allOf, reference }

  /// nil: any.
  var types: [JSONType]?
  /// nil: the schema names none.
  var properties: [(name: String, schema: SchemaModel)]?
  var required: [String] = []
  /// One or none, since a struct cannot hold itself.
  var items: [SchemaModel] = []
  var stated: JSONValue?
  var form = Form.plain

  func property(_ name: String) -> SchemaModel? { properties?.first { isSame($0.name, name) }?.schema }
}

/// Whether two texts are the same bytes; Swift's `==` merges canonically equal ones.
func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
