package import LatchJSON
package import LatchSource

/// The YAML text as a JSON tree with the same places; keys that are lists or maps, which the reader has refused, are
/// left out.
func tree(of yaml: YAMLNode) -> Outcome<Tree> {
  var builder = YAMLTreeCopy()
  builder.add(yaml)
  return Outcome(
    Tree(source: yaml.tree.source, document: builder.tree.finish(), isPartial: yaml.tree.isPartial))
}

/// The YAML text as a JSON document with the same places, for `latch schema check`.
package func document(of yaml: YAMLNode) -> Outcome<JSONDocument> { tree(of: yaml).map(\.document) }

/// Copies node by node; the reader of YAML bounds the depth.
private struct YAMLTreeCopy {
  var tree = JSONTreeBuilder()

  mutating func add(_ node: YAMLNode) {
    switch node.kind {
    case .scalar(let scalar): add(scalar)
    case .sequence(let elements):
      tree.open(.array, at: node.span.start)
      for element in elements { add(element) }
      tree.close(count: elements.count, at: node.span.end)
    case .mapping(let entries): add(entries, of: node)
    }
  }

  private mutating func add(_ entries: [(key: YAMLNode, value: YAMLNode)], of node: YAMLNode) {
    tree.open(.object, at: node.span.start)
    var count = 0
    for (key, value) in entries {
      guard let scalar = key.scalar else { continue }
      tree.add(.string, content: scalar.bytes, place: key.span.range)
      add(value)
      count += 1
    }
    tree.close(count: count, at: node.span.end)
  }

  private mutating func add(_ scalar: YAMLScalar) {
    let place = scalar.span.range
    switch scalar.value {
    case .null: tree.add(.null, place: place)
    case .bool(let truth): tree.add(truth ? .true : .false, place: place)
    case .integer(let lexeme), .float(let lexeme): tree.add(.number, content: lexeme.utf8, place: place)
    case .string: tree.add(.string, content: scalar.bytes, place: place)
    }
  }
}
