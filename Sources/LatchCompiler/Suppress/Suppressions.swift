package import LatchSource

/// Findings after the suppressions of their texts.
package struct Suppressed: Sendable {
  /// What is still to be told, with what is to be said of the suppressions themselves.
  package var told: [Diagnostic]
  /// What authors have taken upon themselves.
  package var suppressed: [Diagnostic]
}

extension [Suppression] {
  /// Takes out the warnings that are suppressed. `isWhole`: whether everything was looked at, so that a suppression that
  /// met nothing is one too many.
  package func applied(to found: [Diagnostic], in sources: [Source], isWhole: Bool) -> Suppressed {
    var result = Suppressed(told: [], suppressed: [])
    var rest = found
    for suppression in self {
      for code in suppression.codes {
        guard let explanation = Self.catalogue[code.value] else {
          result.told.append(.unknownSuppression(code))
          continue
        }
        guard explanation.severity == .warning, !Self.unsuppressible.contains(code.value) else {
          result.told.append(.impossibleSuppression(code))
          continue
        }
        let isMeant = { suppression.covers($0, code.value, in: sources) && $0.severity == .warning }
        let met = rest.filter(isMeant)
        if met.isEmpty, isWhole { result.told.append(.idleSuppression(code)) }
        result.suppressed += met
        rest.removeAll(where: isMeant)
      }
    }
    result.told += rest
    return result
  }

  private static let catalogue = DiagnosticCatalogue(SourceDiagnostics.all, CompilerDiagnostics.all)

  /// What `latch build` makes errors of, and what is said of suppressions.
  private static let unsuppressible: Set<DiagnosticCode> = ["L3119", "L4001", "L4002"]
}

extension Diagnostic {
  fileprivate static func unknownSuppression(_ code: Spanned<DiagnosticCode>) -> Diagnostic {
    Diagnostic("L3119", .warning, "no finding is called `\(code.value)`; nothing is suppressed", at: code.span)
  }

  fileprivate static func impossibleSuppression(_ code: Spanned<DiagnosticCode>) -> Diagnostic {
    Diagnostic(
      "L3119", .warning, "`\(code.value)` is no warning that can be suppressed; mend what it is about", at: code.span)
  }

  fileprivate static func idleSuppression(_ code: Spanned<DiagnosticCode>) -> Diagnostic {
    Diagnostic(
      "L3119", .warning, "there is no `\(code.value)` here any more; leave it out of the comment", at: code.span)
  }
}
