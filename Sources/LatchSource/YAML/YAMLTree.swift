/// A YAML document in one array: nodes in the order of the text, each with its place and what it says.
///
/// Shared and never changed once read, which is why it is a class: a `YAMLNode` is this and an index. An alias has
/// become a copy of what it names, and merge keys (`<<`) the entries that they bring.
package final class YAMLTree: Sendable {
  /// One scalar, sequence or mapping. A mapping's children alternate: a key, then its value.
  struct Record: Sendable {
    enum Kind: UInt8, Sendable { case null, `false`, `true`, integer, float, string, sequence, mapping }

    var kind: Kind
    var style: YAMLStyle
    /// Whether this is the copy that stands for an alias: `start` and `end` are where what it names is written.
    var isAliasRoot = false
    /// Of a key: whether it is the `<<` of a merge, or will be left out with its value.
    var isMerge = false
    var isDropped = false
    /// Whether the content lies in `decoded` rather than in the source's bytes.
    var isDecoded = false
    var start: UInt32
    var end: UInt32
    var contentStart: UInt32 = 0
    var contentEnd: UInt32 = 0
    /// Elements of a sequence, entries of a mapping; else 0.
    var count: UInt32 = 0
    /// The index of the first node after this one and all below it.
    var next: UInt32
  }

  package let source: Source
  let records: [Record]
  /// What scalars say that is not in the text as it stands (escapes, folded lines).
  let decoded: [UInt8]
  /// Where aliases were written, by the index of the node that each became.
  let aliases: [Int: Span]
  /// The comments, without line breaks, in the order of the text.
  package let comments: [Span]
  /// Top-level keys whose values could not be read because of a syntax error: they are there, but not in the tree.
  package let unreadKeys: [Spanned<String>]
  /// Whether a syntax error has cost a part of the text.
  package let isPartial: Bool
  /// Whether the text holds nothing but space and comments.
  package let isEmpty: Bool

  init(
    source: Source, records: [Record], decoded: [UInt8] = [], aliases: [Int: Span] = [:], comments: [Span] = [],
    unreadKeys: [Spanned<String>] = [], isPartial: Bool = false, isEmpty: Bool = false
  ) {
    precondition(!records.isEmpty, "a tree has a root")
    self.source = source
    self.records = records
    self.decoded = decoded
    self.aliases = aliases
    self.comments = comments
    self.unreadKeys = unreadKeys
    self.isPartial = isPartial
    self.isEmpty = isEmpty
  }

  package var root: YAMLNode { YAMLNode(tree: self, index: 0) }
}

/// How a value was written.
package enum YAMLStyle: UInt8, Sendable {
  case plain, singleQuoted, doubleQuoted, literal, folded, block, flow
}
