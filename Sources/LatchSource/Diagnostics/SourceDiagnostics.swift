/// What this target can say, for `latch explain` and the tests: codes L0xxx.
package enum SourceDiagnostics {
  package static let all: [DiagnosticExplanation] = encoding + syntax + limits + values
}

extension Diagnostic {
  /// A finding of a declared kind: its code and severity are those of the explanation.
  package init(
    _ kind: DiagnosticExplanation, _ message: String, at span: Span?, notes: [Note] = [], fix: Fix? = nil,
    help: String? = nil
  ) {
    self.init(kind.code, kind.severity, message, at: span, notes: notes, fix: fix, help: help)
  }
}
