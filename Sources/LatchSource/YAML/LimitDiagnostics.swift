extension SourceDiagnostics {
  static let limits: [DiagnosticExplanation] = [.fileTooLarge, .severalDocuments, .tooDeep, .tooManyAliasedNodes]
}

extension DiagnosticExplanation {
  fileprivate static let fileTooLarge = DiagnosticExplanation(
    "L0020", "file too large",
    what: "A file of a project may have 16 MiB.",
    why: "Far smaller policies cannot be reviewed already; the limit keeps a hostile file from using up the machine.",
    wrong: "a file of 17 MiB", right: "values split over files that `include` names")
  fileprivate static let severalDocuments = DiagnosticExplanation(
    "L0021", "several documents",
    what: "A file is one YAML document; a second `---` begins another.",
    why: "Many tools read the first document only: rules in a second one would be overlooked.",
    wrong: "version: 1\n---\nrules: []", right: "version: 1\nrules: []")
  fileprivate static let tooDeep = DiagnosticExplanation(
    "L0022", "nested too deep",
    what: "Lists and maps may be nested 64 levels deep, what aliases bring included.",
    why: "No policy needs a tenth of it; the limit keeps a hostile file from using up the machine.",
    wrong: "values: [[[[ … ]]]]   # 65 deep", right: "values: [[a, b]]")
  fileprivate static let tooManyAliasedNodes = DiagnosticExplanation(
    "L0023", "too many copies by alias",
    what: "The aliases of a file may bring 10,000 values, all together.",
    why: "Aliases of aliases multiply: a few lines could fill the memory.",
    wrong: "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]   # … and so on", right: "a: &a [x, x]\nb: *a")
}

extension Diagnostic {
  static func fileTooLarge(_ count: Int, limit: Int, in source: Source) -> Diagnostic {
    Diagnostic(
      .fileTooLarge, "the file has \(count) bytes; at most \(limit) are read", at: source.whole.beginning,
      help: "split it: `include` in latch.yaml names further files")
  }

  static func severalDocuments(at span: Span) -> Diagnostic {
    Diagnostic(
      .severalDocuments, "a second document begins here; a file is one document, and this part is not read", at: span,
      help: "remove the line, or put this part into a file of its own")
  }

  static func tooDeep(_ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(.tooDeep, "lists and maps are nested over \(limit) levels deep", at: span)
  }

  static func tooManyAliasedNodes(_ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .tooManyAliasedNodes, "the aliases of this file bring over \(limit) values", at: span,
      help: "use fewer aliases, or a list under `values:`")
  }
}
