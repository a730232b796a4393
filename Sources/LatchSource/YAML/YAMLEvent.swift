/// One event of libyaml, with its place in the text as byte offsets; never copied, since a file has very many.
struct YAMLEvent: ~Copyable {
  enum Kind: UInt8 {
    case streamStart, streamEnd, documentStart, documentEnd, alias, scalar
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  var kind: Kind
  var style: YAMLStyle = .plain
  /// Begins at the value's tag or anchor if it has one. Block collections and block scalars end later than they do.
  var start: Int
  var end: Int
  /// The column of `start`, from 0.
  var column: Int
  var isMultiline: Bool
  /// Of a document: whether its `---` or `...` is written.
  var isExplicit = false
  /// Of a document's start: whether `%` lines stand before it.
  var hasDirectives = false
  var anchor: [UInt8]?
  /// The tag in full.
  var tag: [UInt8]?
}

/// Whoever takes the events of a text.
protocol YAMLEventReceiver {
  /// Takes an event, with what a scalar says; false ends the reading.
  mutating func receive(_ event: borrowing YAMLEvent, value: Swift.Span<UInt8>) -> Bool
}

/// What libyaml could not read, in its words, with byte offsets.
struct YAMLSyntaxError: Equatable {
  var problem: String
  var context: String
  var offset: Int
  /// Where what was being read began.
  var contextOffset: Int?
}
