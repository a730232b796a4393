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
    guard !isEmpty else { return Suppressed(told: found, suppressed: []) }
    var result = Suppressed(told: [], suppressed: [])
    var warnings = Warnings(found, in: sources)
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
        let met = warnings.taken(by: suppression, code.value)
        if met.isEmpty, isWhole { result.told.append(.idleSuppression(code)) }
        result.suppressed += met
      }
    }
    result.told += warnings.rest
    return result
  }

  private static let catalogue = DiagnosticCatalogue(SourceDiagnostics.all, CompilerDiagnostics.all)

  /// What `latch build` makes errors of, and what is said of suppressions.
  private static let unsuppressible: Set<DiagnosticCode> = ["L3119", "L4001", "L4002"]
}

/// Findings of which the warnings can be taken out by place and code: there may be as many as comments.
private struct Warnings {
  private struct Place: Hashable {
    var file: Int32
    var line: Int
    var code: DiagnosticCode
  }

  private var all: [Diagnostic?]
  private var indices: [Place: [Int]] = [:]

  init(_ found: [Diagnostic], in sources: [Source]) {
    all = found
    for (index, finding) in found.enumerated() where finding.severity == .warning {
      guard let span = finding.span, sources.indices.contains(Int(span.file)) else { continue }
      let line = sources[Int(span.file)].lineIndex(of: span.start)
      indices[Place(file: span.file, line: line, code: finding.code), default: []].append(index)
    }
  }

  /// What nobody has taken, in its order.
  var rest: [Diagnostic] { all.compactMap(\.self) }

  /// Takes those that a suppression is meant for, going by where they are and what they are called.
  mutating func taken(by suppression: Suppression, _ code: DiagnosticCode) -> [Diagnostic] {
    let place = Place(file: suppression.file, line: suppression.line, code: code)
    let met = indices.removeValue(forKey: place) ?? []
    defer { for index in met { all[index] = nil } }
    return met.compactMap { all[$0] }
  }
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
