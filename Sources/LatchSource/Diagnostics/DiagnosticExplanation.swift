/// What `latch explain` prints about a code; each code is declared once, by making one of these.
///
/// A target keeps its own in a list (`SourceDiagnostics.all`, `CompilerDiagnostics.all`, …), and the command line joins
/// them in a `DiagnosticCatalogue`.
package struct DiagnosticExplanation: Sendable, Equatable {
  package let code: DiagnosticCode
  /// A few words, lower case: "duplicate key".
  package let title: String
  package let severity: Severity
  /// What is found: one or two sentences.
  package let what: String
  /// Why it matters to a policy.
  package let why: String
  /// A file, or the lines of it that matter, with the mistake.
  package let wrong: String
  /// The same without it.
  package let right: String

  package init(
    _ code: DiagnosticCode, _ title: String, severity: Severity = .error, what: String, why: String, wrong: String,
    right: String
  ) {
    self.code = code
    self.title = title
    self.severity = severity
    self.what = what
    self.why = why
    self.wrong = wrong
    self.right = right
  }
}

/// All explanations that a program knows, by code.
package struct DiagnosticCatalogue: Sendable {
  /// In the order of their codes.
  package let explanations: [DiagnosticExplanation]

  /// Joins the lists of several targets; a code declared twice is a mistake of ours.
  package init(_ lists: [DiagnosticExplanation]...) {
    explanations = lists.joined().sorted { $0.code < $1.code }
    for (one, next) in zip(explanations, explanations.dropFirst()) {
      precondition(one.code != next.code, "\(one.code) is declared twice")
    }
  }

  package subscript(code: DiagnosticCode) -> DiagnosticExplanation? { explanations.first { $0.code == code } }
}
