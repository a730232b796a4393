/// A JSON tree in one array: cheap to build, cheap to walk, with the place of every value.
///
/// Nodes stand in document order (preorder). The nodes of an object's members alternate: a name (always of kind
/// `string`), then its value. `nodes[0]` is the root. A YAML file becomes such a tree too (see `JSONTreeBuilder`), so
/// that everything which reads values reads one shape.
package struct JSONDocument: Sendable {
  /// One value, or the name of one member.
  package struct Node: Sendable, Equatable {
    package enum Kind: UInt8, Sendable { case null, `false`, `true`, number, string, array, object }

    package var kind: Kind
    /// Where the value stands in the text it was read from: byte offsets, half open. Quotes and brackets included.
    package var start: UInt32
    package var end: UInt32
    /// What a string says (decoded UTF-8) or a number's lexeme: byte offsets in `storage`, half open.
    package var contentStart: UInt32
    package var contentEnd: UInt32
    /// Elements of an array, members of an object; else 0.
    package var count: UInt32
    /// The index of the first node after this one and all below it.
    package var next: UInt32
  }

  /// The bytes that `contentStart` and `contentEnd` point into. For a tree read from JSON it begins with the text.
  package let storage: [UInt8]
  package let nodes: [Node]
  /// The objects of which it is not known that no two of their names are equal even if case and composition do not count:
  /// those of many names, and of others than plain ASCII. nil: nothing is known of any.
  package let doubtfulObjects: [Int]?

  package init(storage: [UInt8], nodes: [Node], doubtfulObjects: [Int]? = nil) {
    self.storage = storage
    self.nodes = nodes
    self.doubtfulObjects = doubtfulObjects
  }
}

extension JSONDocument {
  package static let root = 0

  /// Indices of an array's elements, or of an object's member *names* (the value of name `i` is `i + 1`).
  package func children(of index: Int) -> Children { Children(document: self, parent: index) }

  package struct Children: Sequence, IteratorProtocol {
    let document: JSONDocument
    var nextIndex: Int
    var remaining: Int
    let isObject: Bool

    init(document: JSONDocument, parent: Int) {
      self.document = document
      nextIndex = parent + 1
      remaining = Int(document.nodes[parent].count)
      isObject = document.nodes[parent].kind == .object
    }

    package mutating func next() -> Int? {
      guard remaining > 0 else { return nil }
      remaining -= 1
      let index = nextIndex
      nextIndex = Int(document.nodes[isObject ? index + 1 : index].next)
      return index
    }
  }

  /// The bytes that a string says or a number's lexeme.
  package func content(_ index: Int) -> ArraySlice<UInt8> {
    storage[Int(nodes[index].contentStart)..<Int(nodes[index].contentEnd)]
  }

  package func string(_ index: Int) -> String { String(decoding: content(index), as: UTF8.self) }

  package func kind(_ index: Int) -> Node.Kind { nodes[index].kind }

  /// Where the value stands in the text that was read.
  package func place(_ index: Int) -> Range<Int> { Int(nodes[index].start)..<Int(nodes[index].end) }

  /// The value of the member called `name`, compared byte for byte, if `index` is an object that has it.
  package func member(_ name: String, of index: Int) -> Int? {
    guard nodes[index].kind == .object else { return nil }
    return children(of: index).first { content($0).elementsEqual(name.utf8) }.map { $0 + 1 }
  }
}

/// Builds a `JSONDocument` from events; the caller vouches for the shape (name, value, name, value in an object).
package struct JSONTreeBuilder {
  private var storage: [UInt8] = []
  private var nodes: [JSONDocument.Node] = []
  private var open: [Int] = []

  package init() {}

  /// Adds null, true or false.
  package mutating func add(_ kind: JSONDocument.Node.Kind, place: Range<Int>) {
    append(kind, content: EmptyCollection(), place: place)
  }

  /// Adds a string, a member's name or a number's lexeme.
  package mutating func add(_ kind: JSONDocument.Node.Kind, content: some Collection<UInt8>, place: Range<Int>) {
    append(kind, content: content, place: place)
  }

  package mutating func open(_ kind: JSONDocument.Node.Kind, at start: Int) {
    append(kind, content: EmptyCollection(), place: start..<start)
    open.append(nodes.count - 1)
  }

  /// Ends the innermost array or object; `count` is its number of elements or members.
  package mutating func close(count: Int, at end: Int) {
    guard let index = open.popLast() else { preconditionFailure("close without open") }
    nodes[index].end = UInt32(end)
    nodes[index].count = UInt32(count)
    nodes[index].next = UInt32(nodes.count)
  }

  package consuming func finish() -> JSONDocument {
    precondition(open.isEmpty && !nodes.isEmpty, "a tree ends where it began")
    return JSONDocument(storage: storage, nodes: nodes)
  }

  private mutating func append(_ kind: JSONDocument.Node.Kind, content: some Collection<UInt8>, place: Range<Int>) {
    let from = UInt32(storage.count)
    storage.append(contentsOf: content)
    nodes.append(
      JSONDocument.Node(
        kind: kind, start: UInt32(place.lowerBound), end: UInt32(place.upperBound), contentStart: from,
        contentEnd: UInt32(storage.count), count: 0, next: UInt32(nodes.count + 1)))
  }
}
