/// The lines that a fix would change, as they would be then.
struct FixPreview {
  private let source: Source
  private let lines: ClosedRange<Int>
  private let new: [String]

  private static let longest = 400

  /// Fixes over many or very long lines have no preview: their title has to do.
  init(_ fix: Fix, of source: Source) {
    self.source = source
    let spans = fix.edits.filter { $0.span.file == source.file }.map { source.clamped($0.span) }
    let first = source.lineIndex(of: spans.map(\.lowerBound).min() ?? 0)
    let last = max(first, source.lineIndex(of: spans.map(\.upperBound).max() ?? 0))
    lines = first...last
    let before = source.lineRange(first).lowerBound
    let after = source.lineRange(last).upperBound
    let next = source.lineRange(last + 1).lowerBound
    guard last - first < 3, after - before < FixPreview.longest,
      let changed = FixPreview.changed(before..<next, of: source, by: fix.edits)
    else {
      new = []
      return
    }
    let end = changed.count - (next - after)
    guard end >= 0, end < 2 * FixPreview.longest else {
      new = []
      return
    }
    new = changed[..<end].split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// A part of the text with the edits made, all of which are in it: the whole may be large, and have many mistakes.
  private static func changed(_ range: Range<Int>, of source: Source, by edits: [Edit]) -> [UInt8]? {
    let part = Source(path: "", bytes: Array(source.bytes[range]), file: source.file)
    let moved = edits.map { edit in
      let (start, end) = (edit.span.start - range.lowerBound, edit.span.end - range.lowerBound)
      return Edit(Span(file: edit.span.file, start: start, end: end), edit.replacement)
    }
    return try? apply(moved, to: part)
  }

  /// `-` rows for lines that have not been shown, then `+` rows.
  func render(gutter: Int, width: Int, _ style: TextStyle, shown: Set<Int>) -> String {
    guard !new.isEmpty else { return "" }
    let snippet = Snippet(source: source, width: width, gutter: gutter, style: style)
    let isEmptied = new.allSatisfy { $0.allSatisfy { $0 == " " } }
    var text = ""
    for line in lines where isEmptied || !shown.contains(line) {
      text += snippet.row(number: line, "-", display(source, line, width), role: .error)
    }
    if isEmptied { return text }
    let changed = Source(path: "", text: new.joined(separator: "\n"))
    for index in changed.lineStarts.indices {
      text += snippet.row(number: lines.lowerBound + index, "+", display(changed, index, width), role: .help)
    }
    return text
  }

  private func display(_ source: Source, _ line: Int, _ width: Int) -> String {
    let start = source.lineRange(line).lowerBound
    return DisplayLine(source, line: line, focus: start..<start, width: width).text
  }
}
