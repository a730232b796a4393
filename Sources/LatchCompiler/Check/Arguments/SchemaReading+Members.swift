import LatchJSON
import LatchPolicy

/// What a schema says of one place inside its values.
struct PlaceInSchema {
  /// The schema of what is there, put together from all parts that speak of it.
  var schema = SchemaReading.anything
  /// Whether a part speaks of it by name.
  var isNamed = false
  var isRequired = false
  /// Whether more may be there than what is named.
  var isOpen = false
  /// Whether a part says that nothing may be there but what is named.
  var isClosed = false
  /// The names that there are; nil where no part speaks of names.
  var names: [String]?

  /// Whether nothing can be there.
  var isMissing: Bool { !isNamed && !isOpen && names != nil }
}

extension SchemaReading {
  /// The member of that name.
  func member(_ name: String, of schema: JSONValue) -> PlaceInSchema {
    var budget = Budget()
    return place(in: schema, holding: .object, &budget) { own(member: name, of: $0) }
  }

  /// The element at an index; any element for none.
  func element(_ index: Int?, of schema: JSONValue) -> PlaceInSchema {
    var budget = Budget()
    return place(in: schema, holding: .array, &budget) {
      PlaceInSchema(schema: own(element: index, of: $0), isNamed: true)
    }
  }

  private func place(
    in schema: JSONValue, holding container: ValueTypes, _ budget: inout Budget, _ own: (JSONValue) -> PlaceInSchema
  ) -> PlaceInSchema {
    guard case .object = schema else { return PlaceInSchema() }
    return budget.descend(PlaceInSchema(isOpen: true)) { budget in
      var parts = [isOverruled(schema) ? PlaceInSchema() : own(schema)]
      for part in joined(by: schema) { parts.append(place(in: part, holding: container, &budget, own)) }
      for branches in choices(of: schema) {
        var alternatives: [PlaceInSchema] = []
        // A text or null has no members that a branch could speak of.
        for branch in branches where values(of: branch, &budget).types.contains(container) {
          alternatives.append(place(in: branch, holding: container, &budget, own))
        }
        if !alternatives.isEmpty { parts.append(PlaceInSchema(eitherOf: alternatives)) }
      }
      for part in conditions(of: schema) {
        parts.append(place(in: part, holding: container, &budget, own).onlySometimes)
      }
      return PlaceInSchema(allOf: parts)
    }
  }

  /// What holds on conditions: it names members, and nothing follows from it otherwise.
  private func conditions(of schema: JSONValue) -> [JSONValue] {
    guard !isOverruled(schema) else { return [] }
    return ["if", "then", "else"].compactMap { schema[$0] } + (schema["dependentSchemas"]?.object ?? []).map(\.value)
  }

  private func own(member name: String, of schema: JSONValue) -> PlaceInSchema {
    var place = PlaceInSchema()
    let patterns = schema["patternProperties"]?.object ?? []
    let others = schema["additionalProperties"] ?? schema["unevaluatedProperties"]
    place.names = schema["properties"]?.object.map { $0.map(\.name) }
    place.isClosed = others.map(Self.isFalse) ?? false
    if place.isClosed { place.names = place.names ?? [] }
    place.isOpen = !patterns.isEmpty || schema["$dynamicRef"] != nil || others.map { !Self.isFalse($0) } ?? false
    place.isRequired =
      schema["required"]?.array?.contains { $0.string.map { $0.utf8.elementsEqual(name.utf8) } ?? false } ?? false
    if let named = schema["properties"]?[name] {
      place.isNamed = true
      place.schema = named
    } else if let others, patterns.isEmpty, !Self.isFalse(others) {
      place.schema = others
    }
    return place
  }

  private func own(element index: Int?, of schema: JSONValue) -> JSONValue {
    let items = schema["items"]
    let isList = items?.array != nil
    let first = schema["prefixItems"]?.array ?? items?.array ?? []
    let rest = (isList ? schema["additionalItems"] : items) ?? Self.anything
    guard let index else { return first.isEmpty ? rest : .object([.init("anyOf", .array(first + [rest]))]) }
    return first.indices.contains(index) ? first[index] : rest
  }
}

extension PlaceInSchema {
  /// What parts say together.
  fileprivate init(allOf parts: [PlaceInSchema]) {
    self.init(joining: parts, "allOf")
    isRequired = parts.contains(where: \.isRequired)
    isClosed = parts.contains(where: \.isClosed)
  }

  /// What parts say of which one holds.
  fileprivate init(eitherOf parts: [PlaceInSchema]) {
    self.init(joining: parts, "anyOf")
    isRequired = parts.allSatisfy(\.isRequired)
    isClosed = parts.allSatisfy(\.isClosed)
  }

  private init(joining parts: [PlaceInSchema], _ keyword: String) {
    let schemas = parts.map(\.schema).filter { $0 != SchemaReading.anything }
    // Beside a branch that takes anything the others bound nothing.
    let isBound = keyword == "allOf" ? !schemas.isEmpty : schemas.count == parts.count
    schema = isBound ? .object([.init(keyword, .array(schemas))]) : SchemaReading.anything
    if isBound, schemas.count == 1 { schema = schemas[0] }
    isNamed = parts.contains(where: \.isNamed)
    isOpen = parts.contains(where: \.isOpen)
    let speaking = parts.compactMap(\.names)
    names = speaking.isEmpty ? nil : speaking.flatMap(\.self)
  }

  fileprivate var onlySometimes: PlaceInSchema {
    var place = self
    place.schema = SchemaReading.anything
    place.isRequired = false
    place.isClosed = false
    return place
  }
}
