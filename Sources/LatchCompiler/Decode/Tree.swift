import LatchJSON
import LatchSource

/// A file's text as a JSON tree whose places are places in the file, with what the schemas refused in it.
struct Tree: Sendable {
  let source: Source
  let document: JSONDocument
  /// Whether a syntax error has cost a part of the text, so that a name may be missing through no fault of its user.
  let isPartial: Bool
  /// Indices of refused values and of everything that holds one.
  var broken: Set<Int> = []

  var root: Node { Node(tree: self, index: JSONDocument.root) }

  func span(of index: Int) -> Span { Span(file: source.file, document.place(index)) }

  /// Marks what the schemas refused, and all that stands around it.
  mutating func markBroken(_ refused: some Sequence<Int>) {
    let refused = refused.sorted()
    guard !refused.isEmpty else { return }
    for index in document.nodes.indices {
      let next = Int(document.nodes[index].next)
      if Self.holds(refused, from: index, to: next) { broken.insert(index) }
    }
  }

  private static func holds(_ sorted: [Int], from lower: Int, to upper: Int) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < lower { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] < upper
  }
}

/// One value of a tree: what decoding walks.
struct Node: Sendable {
  let tree: Tree
  let index: Int

  var kind: JSONDocument.Node.Kind { tree.document.kind(index) }
  var span: Span { tree.span(of: index) }
  /// Whether the schemas found nothing wrong in it.
  var isWhole: Bool { !tree.broken.contains(index) }

  var string: Spanned<String>? {
    kind == .string ? Spanned(tree.document.string(index), span) : nil
  }

  var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// The lexeme of a number.
  var number: String? { kind == .number ? tree.document.string(index) : nil }

  /// A whole number however it is written: `20.0` and `2e1` are integers to the schemas, so that whoever passed over
  /// them here would leave out a limit in silence.
  var integer: Int? { number.flatMap { DecimalNumber($0) }.flatMap(\.whole) }

  /// The elements of a list; none for anything else.
  var elements: [Node] {
    kind == .array ? tree.document.children(of: index).map { Node(tree: tree, index: $0) } : []
  }

  /// The members of a map; none for anything else.
  var members: [(key: Spanned<String>, value: Node)] {
    guard kind == .object else { return [] }
    return tree.document.children(of: index).map { name in
      (Spanned(tree.document.string(name), tree.span(of: name)), Node(tree: tree, index: name + 1))
    }
  }

  subscript(name: String) -> Node? {
    tree.document.member(name, of: index).map { Node(tree: tree, index: $0) }
  }

  /// A text, or the texts of a list.
  var strings: [Spanned<String>] { string.map { [$0] } ?? elements.compactMap(\.string) }
}

extension DecimalNumber {
  /// The value of a whole number that an `Int` holds.
  fileprivate var whole: Int? {
    guard isInteger, exponent < 20 else { return nil }
    let zeros = String(repeating: "0", count: exponent - digits.count)
    return Int((isNegative ? "-" : "") + (digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)) + zeros)
  }
}
