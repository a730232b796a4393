import LatchJSON

/// What a tool's locked `inputSchema` says of an argument, as far as it says it plainly.
///
/// Whatever it does not read (references to other documents, patterns of names, conditions, …) makes the answer
/// `unknown`, so that a check built on it never blames an author wrongly.
struct SchemaReading {
  let root: JSONValue

  enum Answer {
    case found([JSONValue])
    /// The names that there are instead.
    case missing([String])
    case unknown
  }

  /// The schemas of the argument at a name inside values of `schemas`.
  func property(_ name: String, of schemas: [JSONValue]) -> Answer {
    guard let views = views(of: schemas) else { return .unknown }
    let named = views.compactMap { $0["properties"] }.flatMap(\.members)
    let found = named.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value)
    if !found.isEmpty { return .found(found) }
    guard !named.isEmpty, !views.contains(where: isOpen) else { return .unknown }
    return .missing(named.map(\.name))
  }

  /// The schemas of an element.
  func element(of schemas: [JSONValue]) -> Answer {
    guard let views = views(of: schemas) else { return .unknown }
    let items = views.compactMap { $0["items"] }
    return items.isEmpty || views.contains { $0["prefixItems"] != nil } ? .unknown : .found(items)
  }

  /// JSON types that the value may have (`integer` as `number`); nil if not known.
  func types(of schemas: [JSONValue]) -> Set<String>? {
    var all: Set<String> = []
    for schema in schemas {
      guard let types = types(of: schema, depth: 0) else { return nil }
      all.formUnion(types)
    }
    return all
  }

  /// The only values that the argument may have; nil if not known to be few.
  func values(of schemas: [JSONValue]) -> [JSONValue]? {
    var all: [JSONValue] = []
    for schema in schemas {
      guard case .array(let values)? = resolved(schema, depth: 0)?["enum"] else { return nil }
      all += values
    }
    return all
  }

  // MARK: Reading

  private static let depthLimit = 16

  private func types(of schema: JSONValue, depth: Int) -> Set<String>? {
    guard depth < Self.depthLimit, let schema = resolved(schema, depth: depth), case .object = schema else {
      return nil
    }
    switch schema["type"] {
    case .string(let type)?: return [type == "integer" ? "number" : type]
    case .array(let types)?:
      return Set(
        types.compactMap { if case .string(let type) = $0 { type == "integer" ? "number" : type } else { nil } })
    default: break
    }
    for key in ["anyOf", "oneOf"] {
      guard case .array(let branches)? = schema[key] else { continue }
      var all: Set<String> = []
      for branch in branches {
        guard let types = types(of: branch, depth: depth + 1) else { return nil }
        all.formUnion(types)
      }
      return all
    }
    return nil
  }

  /// Every schema that could speak of the value's members; nil if one cannot be read.
  private func views(of schemas: [JSONValue]) -> [JSONValue]? {
    var views: [JSONValue] = []
    var pending = schemas
    while let next = pending.popLast() {
      guard views.count < 64, let schema = resolved(next, depth: 0) else { return nil }
      views.append(schema)
      for key in ["allOf", "anyOf", "oneOf"] {
        if case .array(let parts)? = schema[key] { pending += parts }
      }
    }
    return views
  }

  /// Whether it takes names that it does not list.
  private func isOpen(_ schema: JSONValue) -> Bool {
    if let additional = schema["additionalProperties"], additional != .bool(false) { return true }
    return ["patternProperties", "if", "dependentSchemas", "unevaluatedProperties", "$dynamicRef"].contains {
      schema[$0] != nil
    }
  }

  /// Follows a reference within the document.
  private func resolved(_ schema: JSONValue, depth: Int) -> JSONValue? {
    guard case .string(let reference)? = schema["$ref"] else { return schema }
    guard depth < Self.depthLimit, reference.hasPrefix("#"), !reference.contains("%") else { return nil }
    var target: JSONValue? = root
    for token in pointerTokens(String(reference.dropFirst())) { target = target?[token] }
    return target.flatMap { resolved($0, depth: depth + 1) }
  }
}

extension JSONValue {
  /// The members of an object; none of anything else.
  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// The name of its JSON type.
  var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
