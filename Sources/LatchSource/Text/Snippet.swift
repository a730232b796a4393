/// The lines of one source that a finding is about, with what is marked in them.
struct Snippet {
  let source: Source
  let width: Int
  /// The digits of the highest line number, so that all bars stand below each other.
  let gutter: Int
  let style: TextStyle
  private var marks: [Mark] = []
  private(set) var shownLines: Set<Int> = []

  /// A part of one line, underlined.
  private struct Mark {
    let line: Int
    let range: Range<Int>
    let label: String
    let role: TextStyle.Role
    let isMain: Bool
  }

  init(source: Source, width: Int, gutter: Int, style: TextStyle) {
    self.source = source
    self.width = width
    self.gutter = gutter
    self.style = style
  }

  /// Marks a span: all of its lines if they are few, else the first two and the last.
  mutating func mark(_ span: Span, label: String = "", role: TextStyle.Role, isMain: Bool) {
    let range = source.clamped(span)
    let first = source.lineIndex(of: range.lowerBound)
    let last = max(first, source.lineIndex(of: max(range.lowerBound, range.upperBound - 1)))
    let lines = last - first < 5 ? Array(first...last) : [first, first + 1, last]
    for line in lines {
      let text = source.lineRange(line)
      var part = range.clamped(to: text)
      if line > first { part = part.drop { source.bytes[$0] == 0x20 || source.bytes[$0] == 0x09 } }
      if line > first, part.isEmpty { continue }
      marks.append(
        Mark(line: line, range: part, label: line == last ? label : "", role: role, isMain: isMain))
    }
  }

  /// The lines in order, each once, with a row of marks for each that is in it.
  mutating func render() -> String {
    var text = ""
    var previous: Int?
    for line in Set(marks.map(\.line)).sorted() {
      if let previous, line > previous + 1 { text += style(.frame, "...") + "\n" }
      let here = marks.filter { $0.line == line }.sorted { $0.isMain && !$1.isMain }
      text += render(line, here)
      shownLines.insert(line)
      previous = line
    }
    return text
  }

  private func render(_ line: Int, _ marks: [Mark]) -> String {
    guard let first = marks.first else { return "" }
    let shown = DisplayLine(source, line: line, focus: first.range, width: width)
    var text = row(number: line, "|", shown.text)
    for mark in marks {
      guard let columns = shown.columns(of: mark.range) else {
        let place = source.position(of: mark.range.lowerBound)
        text += row("=", style(mark.role, "at \(place.line):\(place.column): \(mark.label)"))
        continue
      }
      let line = String(repeating: mark.isMain ? "^" : "-", count: columns.count)
      let label = mark.label.isEmpty ? "" : " " + mark.label
      text += row("|", String(repeating: " ", count: columns.lowerBound) + style(mark.role, line + label))
    }
    return text
  }

  /// `12 | text`: a line as it is.
  func row(number line: Int, _ bar: String, _ text: String, role: TextStyle.Role = .frame) -> String {
    let number = String(line + 1)
    let padding = String(repeating: " ", count: max(0, gutter - number.utf8.count))
    return style(role, padding + number + " " + bar) + (text.isEmpty ? "" : " " + text) + "\n"
  }

  /// `   | text`: a row that is no line of the text.
  func row(_ bar: String, _ text: String) -> String {
    style(.frame, String(repeating: " ", count: gutter + 1) + bar) + " " + text + "\n"
  }
}
