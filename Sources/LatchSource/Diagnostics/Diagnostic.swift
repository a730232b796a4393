/// How bad a finding is.
package enum Severity: String, Sendable, CaseIterable {
  case note, warning, error
}

extension Severity: Comparable {
  package static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// Something Latch says about a text: what kind, how bad, what is wrong and would be right, where, and how to mend it.
///
/// Messages are lower case without a full stop, with the user's words in backticks.
package struct Diagnostic: Sendable, Equatable {
  package var code: DiagnosticCode
  package var severity: Severity
  package var message: String
  /// Where it is; nil when it is about no place in a text (a missing file).
  package var span: Span?
  package var notes: [Note]
  package var fix: Fix?
  /// What to do, where no edit can say it.
  package var help: String?

  package init(
    _ code: DiagnosticCode, _ severity: Severity = .error, _ message: String, at span: Span?, notes: [Note] = [],
    fix: Fix? = nil, help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.notes = notes
    self.fix = fix
    self.help = help
  }
}

/// Another place, or a fact, that explains a finding.
package struct Note: Sendable, Equatable {
  package var message: String
  package var span: Span?

  package init(_ message: String, at span: Span? = nil) {
    self.message = message
    self.span = span
  }
}

extension Diagnostic {
  /// The order in which findings are told: file and place (those without a place first), code, then words.
  package static func inOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    switch (left.span, right.span) {
    case (nil, _?): return true
    case (_?, nil): return false
    case (let one?, let other?) where one != other: return one < other
    default: break
    }
    if left.code != right.code { return left.code < right.code }
    return left.message.utf8.lexicographicallyPrecedes(right.message.utf8)
  }
}

extension [Diagnostic] {
  /// Ordered as told, each once.
  package var sortedAndUnique: [Diagnostic] {
    var told: [Diagnostic] = []
    for diagnostic in sorted(by: Diagnostic.inOrder) where told.last != diagnostic { told.append(diagnostic) }
    return told
  }

  package var hasErrors: Bool { contains { $0.severity == .error } }
}
