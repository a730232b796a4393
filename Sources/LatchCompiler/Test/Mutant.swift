import LatchPolicy

/// A policy that differs from the project's in one rule; good tests notice it.
package struct Mutant: Sendable {
  /// What was done to the rule.
  package enum Kind: String, Sendable, CaseIterable {
    case dropRule = "drop_rule"
    case changeEffect = "change_effect"
    case dropWhen = "drop_when"
    case dropEntry = "drop_entry"
    case dropUnless = "drop_unless"
    case negateMatcher = "negate_matcher"
  }

  package var kind: Kind
  package var rule: String
  package var isGuardrail: Bool
  /// `path:line:column` of what was changed.
  package var place: String?
  /// What was changed, in words.
  package var change: String
  /// Index into the bundle's rules.
  var number: Int
  var edit: CandidateEdit
}
