/// A stretch of a source's text: UTF-8 offsets, half open, and the file they count in.
///
/// Inside this package it is what `Span` means; the standard library's type is `Swift.Span`.
package struct Span: Sendable, Hashable {
  /// `Source.file` of the text.
  package let file: Int32
  private let first: UInt32
  private let last: UInt32

  package var start: Int { Int(first) }
  package var end: Int { Int(last) }
  package var range: Range<Int> { start..<end }
  package var isEmpty: Bool { first == last }

  /// A span of a file; texts are far smaller than 4 GiB, and an end before the start counts as the start.
  package init(file: Int32, start: Int, end: Int) {
    self.file = file
    first = UInt32(clamping: start)
    last = max(first, UInt32(clamping: end))
  }
}

extension Span {
  package init(file: Int32, _ range: Range<Int>) {
    self.init(file: file, start: range.lowerBound, end: range.upperBound)
  }

  /// The empty span where this one begins.
  package var beginning: Span { Span(file: file, start: start, end: start) }

  /// The empty span where this one ends: where text is inserted after it.
  package var ending: Span { Span(file: file, start: end, end: end) }

  /// From the earlier start to the later end.
  package func joined(with other: Span) -> Span {
    Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  package func contains(_ offset: Int) -> Bool { range.contains(offset) }
}

extension Span: Comparable {
  /// The order of findings: by file, then start, then end.
  package static func < (left: Span, right: Span) -> Bool {
    (left.file, left.first, left.last) < (right.file, right.first, right.last)
  }
}

/// A value and where the user wrote it.
package struct Spanned<Value> {
  package var value: Value
  package var span: Span

  package init(_ value: Value, _ span: Span) {
    self.value = value
    self.span = span
  }

  package func map<New>(_ transform: (Value) -> New) -> Spanned<New> { Spanned<New>(transform(value), span) }
}

extension Spanned: Sendable where Value: Sendable {}
extension Spanned: Equatable where Value: Equatable {}
extension Spanned: Hashable where Value: Hashable {}
