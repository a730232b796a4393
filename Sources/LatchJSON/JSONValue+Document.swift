extension JSONDocument {
  /// The value at a node, free of the tree. Recursion goes as deep as the tree, which `JSONLimits` bounds.
  package func value(at index: Int = root) -> JSONValue {
    switch kind(index) {
    case .null: .null
    case .true: .bool(true)
    case .false: .bool(false)
    case .number: .number(string(index))
    case .string: .string(string(index))
    case .array: .array(children(of: index).map { value(at: $0) })
    case .object: .object(children(of: index).map { JSONValue.Member(string($0), value(at: $0 + 1)) })
    }
  }
}

extension JSONValue {
  package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    self = try JSONDocument(parsing: bytes, limits: limits).value()
  }

  /// The value as a tree; places are empty, since there is no text.
  package func document() -> JSONDocument {
    var builder = JSONTreeBuilder()
    append(to: &builder)
    return builder.finish()
  }

  private func append(to builder: inout JSONTreeBuilder) {
    switch self {
    case .null: builder.add(.null, place: 0..<0)
    case .bool(let truth): builder.add(truth ? .true : .false, place: 0..<0)
    case .number(let lexeme): builder.add(.number, content: lexeme.utf8, place: 0..<0)
    case .string(let text): builder.add(.string, content: text.utf8, place: 0..<0)
    case .array(let elements):
      builder.open(.array, at: 0)
      for element in elements { element.append(to: &builder) }
      builder.close(count: elements.count, at: 0)
    case .object(let members):
      builder.open(.object, at: 0)
      for member in members {
        builder.add(.string, content: member.name.utf8, place: 0..<0)
        member.value.append(to: &builder)
      }
      builder.close(count: members.count, at: 0)
    }
  }
}
