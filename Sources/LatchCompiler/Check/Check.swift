package import LatchSource

/// One thing that is looked for in a project whose names are known: a value in a list, so that the list is registry,
/// documentation and test plan.
package struct Check: Sendable {
  /// The codes of what it finds.
  package let codes: [DiagnosticCode]
  /// What holds where it finds nothing, as a sentence.
  package let summary: String
  package let find: @Sendable (Model) -> [Diagnostic]

  package init(_ codes: DiagnosticCode..., summary: String, find: @escaping @Sendable (Model) -> [Diagnostic]) {
    self.codes = codes
    self.summary = summary
    self.find = find
  }
}

extension Check {
  /// Every check that reads nothing but the sources and the lock, by code.
  package static let all: [Check] = ofUpstreams + ofTheRest

  /// Those of what is started and spoken to.
  static let ofUpstreams: [Check] = [
    .upstreamsHaveOneTransport, .referencesAreInPlace, .addressesAreLiteral, .noCredentials, .bindingsAreClean,
  ]

  private static let ofTheRest: [Check] = [
    .argumentPathsExist, .matchersFitTypes, .conditionsDecide, .conditionsAgree, .textsAreReadSafely,
    .textCarriesNoCommand, .omissionsDoNotEscape, .globsMatchTools, .rulesSpeakOfTools, .careIsTaken, .classDenialsHold,
    .toolsAreMentioned, .fallthroughHasACondition, .classesAreJustified, .limitsCount, .testsAreComplete,
    .keysCanApprove, .keysHaveOneName, .callsAreStopped,
    .lockIsPresent, .lockIsUntouched, .lockHasNoStrangers, .toolNamesAreNotReserved, .lockedSchemasAreReadable,
  ]
}

/// A model that every check has passed, with its patterns compiled.
///
/// Only `check` makes one, so that whoever holds it need not look again.
package struct CheckedModel: Sendable {
  package let model: Model
  /// The automata of the conditions' patterns.
  package let patterns: CompiledPatterns

  fileprivate init(_ model: Model, _ patterns: CompiledPatterns) {
    self.model = model
    self.patterns = patterns
  }
}

/// Runs every check.
func check(_ model: Model) -> Outcome<CheckedModel> {
  let compiled = compilePatterns(of: model)
  var model = model
  model.patterns = compiled.value ?? CompiledPatterns()
  model.typed = TypedRules(model)
  let found = (Check.all.flatMap { [model] in $0.find(model) } + compiled.found).withoutDoubts
  guard let patterns = compiled.value, !found.hasErrors else { return Outcome(nil, found) }
  return Outcome(CheckedModel(model, patterns), found)
}

extension Model {
  /// Upstreams in which nothing was refused.
  var wholeUpstreams: [UpstreamDeclaration] { upstreams.map(\.declaration).filter(\.isWhole) }

  /// The place of a part of a text, where the text stands in the file as it reads; else the whole text's.
  func place(of range: Range<Int>, in text: Spanned<String>) -> Span {
    place(of: range, in: text, from: start(of: text))
  }

  /// The same where it is known where the text begins.
  func place(of range: Range<Int>, in text: Spanned<String>, from start: Int?) -> Span {
    guard let start else { return text.span }
    return Span(file: text.span.file, start: start + range.lowerBound, end: start + range.upperBound)
  }

  /// Where a text begins that stands in the file as it reads.
  func start(of text: Spanned<String>) -> Int? {
    let written = Array(self[text.span].utf8)
    let wanted = Array(text.value.utf8)
    guard !wanted.isEmpty, let offset = [0, 1].first(where: { written.dropFirst($0).starts(with: wanted) }) else {
      return nil
    }
    return text.span.start + offset
  }
}

extension [Diagnostic] {
  /// Without warnings about values that are errors anyway: `enabled: yes` is one mistake, not two.
  var withoutDoubts: [Diagnostic] {
    let wrong = Set(filter { $0.severity == .error }.compactMap(\.span))
    return filter { diagnostic in diagnostic.severity == .error || diagnostic.span.map { !wrong.contains($0) } ?? true }
  }
}
