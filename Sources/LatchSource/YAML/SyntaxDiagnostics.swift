extension SourceDiagnostics {
  static let syntax: [DiagnosticExplanation] = [
    .syntax, .commentWithoutSpace, .shallowLine, .dashInFlow, .deepBlankLine, .lateDirective,
  ]
}

extension DiagnosticExplanation {
  fileprivate static let syntax = DiagnosticExplanation(
    "L0010", "not valid YAML",
    what: "The text breaks the grammar of YAML. Latch leaves out the top-level entry that it stands in and reads on.",
    why: "What cannot be read cannot be enforced.",
    wrong: "name: [a, b\nversion: 1", right: "name: [a, b]\nversion: 1")
  fileprivate static let commentWithoutSpace = DiagnosticExplanation(
    "L0011", "comment without a space before it",
    what: "A `#` follows a value without a space between.",
    why: "YAML does not allow it, and parsers disagree whether the rest is a comment or text.",
    wrong: "tool: \"read_file\"# reads", right: "tool: \"read_file\" # reads")
  fileprivate static let shallowLine = DiagnosticExplanation(
    "L0012", "line not indented enough",
    what: "A value goes on over lines, and one of them is not indented deeper than the map or list it stands in.",
    why: "YAML does not allow it: such a line looks like an entry of its own.",
    wrong: "args: [-y,\nserver]", right: "args: [-y,\n  server]")
  fileprivate static let dashInFlow = DiagnosticExplanation(
    "L0013", "dash alone between brackets",
    what: "Between `[` and `]`, a `-` is a value of its own without quotes.",
    why: "YAML does not allow it; it reads like a list in a list.", wrong: "args: [-, x]", right: "args: [\"-\", x]")
  fileprivate static let deepBlankLine = DiagnosticExplanation(
    "L0014", "blank line deeper than the text after it",
    what: "Text after `|` or `>` begins with a blank line that has more spaces than the first line of the text.",
    why: "YAML does not allow it: programs disagree about where the text begins.",
    wrong: "reason: |\n     \n  not now", right: "reason: |\n\n  not now")
  fileprivate static let lateDirective = DiagnosticExplanation(
    "L0015", "directive after text",
    what: "A line that begins with `%` stands after the text of a document that `...` has not ended.",
    why: "YAML does not allow it: the line could be text as well.",
    wrong: "version: 1\n%YAML 1.2\n---", right: "%YAML 1.2\n---\nversion: 1")
}

let deepBlankLineCode = DiagnosticExplanation.deepBlankLine.code

extension Diagnostic {
  static func commentWithoutSpace(at span: Span, fix place: Span) -> Diagnostic {
    Diagnostic(
      .commentWithoutSpace, "a comment needs a space before its `#`", at: span,
      fix: Fix("put a space before it", [Edit(place, " ")], .safe))
  }

  static func shallowLine(at span: Span, least: Int, hasTab: Bool, isFlow: Bool) -> Diagnostic {
    let what = isFlow ? "a list or map" : "text in quotes"
    let tab = hasTab ? "; a tab does not count" : ""
    return Diagnostic(
      .shallowLine,
      "this line goes on with \(what), and must be indented by \(least) space\(least == 1 ? "" : "s")\(tab)",
      at: span)
  }

  static func dashInFlow(at span: Span) -> Diagnostic {
    Diagnostic(.dashInFlow, "a `-` alone cannot be a value between brackets", at: span, fix: .quote("-", at: span))
  }

  static func deepBlankLine(at span: Span) -> Diagnostic {
    Diagnostic(
      .deepBlankLine, "this blank line has more spaces than the text after it", at: span,
      fix: Fix("remove the spaces", [Edit(span, "")], .safe))
  }

  static func lateDirective(at span: Span) -> Diagnostic {
    Diagnostic(.lateDirective, "a `%` line stands at the very top of a file only", at: span)
  }

  /// A syntax error in our words, at the place where it can be mended rather than where libyaml noticed.
  ///
  /// Right after text in quotes that went over lines, that is the quote that was meant to end earlier.
  static func syntax(_ error: YAMLSyntaxError, in source: Source, after quoted: Range<Int>?) -> Diagnostic {
    let words = SyntaxWords(error, in: source)
    guard let quoted else {
      return Diagnostic(.syntax, words.message, at: words.span, notes: words.notes, fix: words.fix, help: words.help)
    }
    let quote = Span(file: source.file, start: quoted.lowerBound, end: quoted.lowerBound + 1)
    return Diagnostic(
      .syntax, "this quote is closed on a later line only, and what follows there cannot be read", at: quote,
      notes: [
        Note(
          "the text goes on to here", at: Span(file: source.file, start: quoted.upperBound - 1, end: quoted.upperBound))
      ],
      help: "is a quote missing at the end of this line?")
  }
}
