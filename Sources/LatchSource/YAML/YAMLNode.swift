/// One value of a YAML text, with its place.
package struct YAMLNode: Sendable {
  package let tree: YAMLTree
  let index: Int

  /// What the value is, with everything directly below it.
  package enum Kind {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  package var kind: Kind {
    switch record.kind {
    case .sequence: .sequence(elements)
    case .mapping: .mapping(entries)
    default: .scalar(YAMLScalar(node: self))
    }
  }

  var record: YAMLTree.Record { tree.records[index] }

  /// The value without its tag and anchor: quotes and brackets included, a block scalar with its `|` or `>`. Of an
  /// alias, the `*name`; of a value left out, the empty place where it would stand.
  package var span: Span { tree.aliases[index] ?? definition }

  /// Where the value itself is written: differs from `span` for an alias.
  package var definition: Span { Span(file: tree.source.file, start: Int(record.start), end: Int(record.end)) }

  package var style: YAMLStyle { record.style }
}

extension YAMLNode {
  package var scalar: YAMLScalar? {
    switch record.kind {
    case .sequence, .mapping: nil
    default: YAMLScalar(node: self)
    }
  }

  /// The text, if the value is a string.
  package var string: String? { record.kind == .string ? text : nil }

  /// A string with its place.
  package var spannedString: Spanned<String>? { string.map { Spanned($0, span) } }

  package var isMapping: Bool { record.kind == .mapping }
  package var isSequence: Bool { record.kind == .sequence }
  package var isNull: Bool { record.kind == .null }

  /// A sequence's elements; none of anything else.
  package var elements: [YAMLNode] { isSequence ? children : [] }

  /// A mapping's entries in the order of the text, merged ones where their `<<` stands; none of anything else.
  package var entries: [(key: YAMLNode, value: YAMLNode)] {
    guard isMapping else { return [] }
    let all = children
    return stride(from: 0, to: all.count - 1, by: 2).map { (all[$0], all[$0 + 1]) }
  }

  /// The value of the entry whose key is `name`, byte for byte.
  package subscript(name: String) -> YAMLNode? { entry(name)?.value }

  /// The entry whose key is `name`, byte for byte.
  package func entry(_ name: String) -> (key: YAMLNode, value: YAMLNode)? {
    entries.first { $0.key.bytes.elementsEqual(name.utf8) }
  }

  /// What a scalar says, in UTF-8, quotes, escapes and folding resolved; empty for anything else.
  package var bytes: ArraySlice<UInt8> {
    let range = Int(record.contentStart)..<Int(record.contentEnd)
    return record.isDecoded ? tree.decoded[range] : tree.source.bytes[range]
  }

  /// `bytes` as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  private var children: [YAMLNode] {
    var found: [YAMLNode] = []
    var child = index + 1
    while child < Int(record.next) {
      found.append(YAMLNode(tree: tree, index: child))
      child = Int(tree.records[child].next)
    }
    return found
  }
}
