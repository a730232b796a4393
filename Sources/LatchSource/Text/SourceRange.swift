/// A span as people and other programs count: the file's path, and lines and columns from 1. The end is exclusive.
package struct SourceRange: Sendable, Hashable {
  package var path: String
  package var start: Position
  package var end: Position
}

extension Source {
  package func range(of span: Span) -> SourceRange {
    SourceRange(path: path, start: position(of: span.start), end: position(of: span.end))
  }
}

extension [Source] {
  /// The source that a span is in.
  package func source(of span: Span) -> Source? { first { $0.file == span.file } }

  /// Where a span lies; nil of none, and of one in none of these sources.
  package func range(of span: Span?) -> SourceRange? { span.flatMap { span in source(of: span)?.range(of: span) } }
}
