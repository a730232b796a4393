package import LatchSource

extension Diagnostic {
  /// An error: most of what the compiler finds.
  package init(
    _ code: DiagnosticCode, _ message: String, at span: Span?, notes: [Note] = [], fix: Fix? = nil, help: String? = nil
  ) {
    self.init(code, .error, message, at: span, notes: notes, fix: fix, help: help)
  }
}
