/// Writes findings for people: place, code and message, the line with carets under the whole span, further places with
/// labels, and how to mend it.
///
///     latch.yaml:12:15: error[L2104]: no upstream is named `filesytem`
///     12 |     upstream: filesytem
///        |               ^^^^^^^^^
///        = fix: replace with `filesystem`
///     12 +     upstream: filesystem
package struct TextRenderer: Sendable {
  package var usesColor: Bool
  /// How many columns of a line are shown.
  package var width: Int
  /// How many findings are shown; the rest is counted.
  package var atMost: Int

  package init(usesColor: Bool = false, width: Int = 110, atMost: Int = 1_000) {
    self.usesColor = usesColor
    self.width = max(20, width)
    self.atMost = atMost
  }

  /// All findings in order, each once, with a line that counts them; nothing if there are none.
  package func render(_ found: [Diagnostic], in sources: [Source]) -> String {
    let found = found.sortedAndUnique
    guard !found.isEmpty else { return "" }
    let shown = found.prefix(atMost).map { render($0, in: sources) }.joined()
    let more = found.count > atMost ? "and \(found.count - atMost) more\n" : ""
    return shown + more + summary(of: found) + "\n"
  }

  /// One finding, without the counting line.
  package func render(_ one: Diagnostic, in sources: [Source]) -> String {
    let style = TextStyle(usesColor: usesColor)
    var text = ""
    if let range = sources.range(of: one.span) { text = "\(range.path):\(range.start.line):\(range.start.column): " }
    text += style(one.severity.role, "\(one.severity.rawValue)[\(one.code)]")
    text += style(.strong, ": " + visible(one.message)) + "\n"
    let gutter = gutter(of: one, in: sources)
    var lines: Set<Int> = []
    for source in sources.inOrderOf(one) {
      if source.file != one.span?.file, let place = sources.range(of: one.firstNote(in: source)) {
        text += style(.frame, String(repeating: " ", count: gutter) + "::: ")
        text += "\(place.path):\(place.start.line):\(place.start.column)\n"
      }
      var snippet = Snippet(source: source, width: width, gutter: gutter, style: style)
      if let span = one.span, span.file == source.file { snippet.mark(span, role: one.severity.role, isMain: true) }
      for note in one.notes {
        guard let span = note.span, span.file == source.file else { continue }
        snippet.mark(span, label: visible(note.message), role: .frame, isMain: false)
      }
      text += snippet.render()
      if source.file == one.span?.file { lines = snippet.shownLines }
    }
    return text + remarks(of: one, gutter: gutter, style, in: sources, shown: lines)
  }

  /// "2 errors, 1 warning".
  package func summary(of found: [Diagnostic]) -> String {
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = found.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return counts.isEmpty ? "nothing found" : counts.joined(separator: ", ")
  }

  private func remarks(
    of one: Diagnostic, gutter: Int, _ style: TextStyle, in sources: [Source], shown lines: Set<Int>
  ) -> String {
    let indent = style(.frame, String(repeating: " ", count: gutter + 1) + "= ")
    var text = ""
    for note in one.notes where sources.range(of: note.span) == nil {
      text += indent + "note: \(visible(note.message))\n"
    }
    if let help = one.help { text += indent + "help: \(visible(help))\n" }
    guard let fix = one.fix else { return text }
    text += indent + "fix: \(visible(fix.title))\n"
    guard let source = sources.first(where: { $0.file == fix.edits.first?.span.file }) else { return text }
    return text + FixPreview(fix, of: source).render(gutter: gutter, width: width, style, shown: lines)
  }

  /// The digits of the highest line number that is shown.
  private func gutter(of one: Diagnostic, in sources: [Source]) -> Int {
    let spans = [one.span].compactMap(\.self) + one.notes.compactMap(\.span) + (one.fix?.edits.map(\.span) ?? [])
    return spans.compactMap { sources.range(of: $0)?.end.line }.map { String($0).utf8.count }.max() ?? 1
  }

  /// Messages carry words of the user: nothing in them may move the cursor.
  private func visible(_ message: String) -> String {
    guard message.unicodeScalars.contains(where: { shownInstead($0) != nil }) else { return message }
    return message.unicodeScalars.map { $0 == "\n" ? " " : shownInstead($0) ?? String($0) }.joined()
  }
}

extension Diagnostic {
  fileprivate func firstNote(in source: Source) -> Span? {
    notes.compactMap(\.span).first { $0.file == source.file }
  }
}

extension [Source] {
  /// The sources that a finding has places in: its own first, then those of its notes as they come.
  fileprivate func inOrderOf(_ one: Diagnostic) -> [Source] {
    var files: [Int32] = []
    for span in [one.span] + one.notes.map(\.span) {
      if let file = span?.file, !files.contains(file) { files.append(file) }
    }
    return files.compactMap { file in first { $0.file == file } }
  }
}
