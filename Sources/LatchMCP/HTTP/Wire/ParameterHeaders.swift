import LatchJSON

/// The arguments of one tool that are repeated in `Mcp-Param-…` headers (`x-mcp-header` in its input schema).
struct ParameterHeaders: Sendable, Equatable {
  struct Header: Sendable, Equatable {
    /// With `Mcp-Param-` before it.
    var name: String
    /// The members that lead to the value in `arguments`.
    var path: [String]
  }

  /// Why the definition is not one that a client may use.
  struct Invalid: Error, Equatable {
    var reason: String
  }

  private(set) var headers: [Header] = []
  private static let mostHeaders = 64

  /// What the value of a schema's member holds.
  private enum Keyword {
    case annotation, properties, schemasByName, data, other

    init(_ name: String) {
      func isOne(of names: String...) -> Bool { names.contains { $0.utf8.elementsEqual(name.utf8) } }
      self =
        isOne(of: "x-mcp-header")
        ? .annotation
        : isOne(of: "properties")
          ? .properties
          : isOne(of: "patternProperties", "dependentSchemas", "$defs", "definitions")
            ? .schemasByName : isOne(of: "default", "const", "enum", "examples") ? .data : .other
    }
  }

  init(inputSchema: JSONValue) throws(Invalid) {
    try walk(inputSchema, path: [])
  }

  /// `path` is nil where something else than `properties` lies between the root and the schema.
  private mutating func walk(_ schema: JSONValue, path: [String]?) throws(Invalid) {
    guard let members = schema.object else { return }
    for member in members {
      switch Keyword(member.name) {
      case .annotation: try add(member.value, of: schema, path: path)
      case .properties:
        for property in member.value.object ?? [] { try walk(property.value, path: path.map { $0 + [property.name] }) }
      case .schemasByName: for named in member.value.object ?? [] { try walk(named.value, path: nil) }
      case .data: continue
      case .other:
        try walk(member.value, path: nil)
        for element in member.value.array ?? [] { try walk(element, path: nil) }
      }
    }
  }

  private mutating func add(_ value: JSONValue, of schema: JSONValue, path: [String]?) throws(Invalid) {
    guard let path, !path.isEmpty else { throw Invalid(reason: "it stands where no property leads to") }
    guard let token = value.string, HeaderText.isToken(token), token.utf8.count <= 128 else {
      throw Invalid(reason: "it is not the name of a header")
    }
    guard let type = schema["type"]?.string,
      ["string", "integer", "boolean"].contains(where: { $0.utf8.elementsEqual(type.utf8) })
    else { throw Invalid(reason: "it stands at a property that is neither string, integer nor boolean") }
    let name = "Mcp-Param-\(token)"
    guard !headers.contains(where: { $0.name.lowercased().utf8.elementsEqual(name.lowercased().utf8) }) else {
      throw Invalid(reason: "two properties name the same header")
    }
    guard headers.count < Self.mostHeaders else { throw Invalid(reason: "it names over \(Self.mostHeaders) headers") }
    headers.append(Header(name: name, path: path))
  }
}

extension ParameterHeaders {
  /// The headers for a call with these arguments; a value that is missing, null or of another kind has none.
  func fields(for arguments: JSONDocument) -> [(name: String, value: String)] {
    headers.compactMap { header in
      Self.value(at: header.path, in: arguments).map { (header.name, HeaderText.encoded($0)) }
    }
  }

  private static func value(at path: [String], in arguments: JSONDocument) -> [UInt8]? {
    var index = JSONDocument.root
    for name in path {
      guard let next = arguments.member(name, of: index) else { return nil }
      index = next
    }
    switch arguments.kind(index) {
    case .string, .number: return Array(arguments.content(index))
    case .true: return Array("true".utf8)
    case .false: return Array("false".utf8)
    case .null, .array, .object: return nil
    }
  }
}
