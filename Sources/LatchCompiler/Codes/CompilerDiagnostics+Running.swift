import LatchSource

extension CompilerDiagnostics {
  /// Who can approve, and whether decisions are acted upon.
  static let running: [DiagnosticExplanation] = [
    DiagnosticExplanation(
      "L3401", "approval by key without a key",
      what: "`by:` names `key`, and `defaults.approval.keys` is not there.",
      why: "The proxy holds a signature against the public keys of the policy. Without one nobody can approve so.",
      wrong: "by: [key]",
      right: """
        by: [key]
        keys: { ann: MCowBQYDK2VwAyEA6/su3tgUgP1tqYAdGTFOGItqDClBQIPW6DRvEqU5vec= }
        """),
    DiagnosticExplanation(
      "L3402", "one key under two names",
      what: "Two names under `defaults.approval.keys` have the same key.",
      why: "The record says who approved by the name of the key; with two names it could be either.",
      wrong: "bob: MCowBQYDK2VwAyEA6/su3tgUgP1tqYAdGTFOGItqDClBQIPW6DRvEqU5vec=",
      right: "bob: MCowBQYDK2VwAyEACYzRVdaONNAkwky6K6WmsbT3wB2KqJtlBIAJfl/VCP0="),
    DiagnosticExplanation(
      "L3501", "calls that are not stopped", severity: .warning,
      what: "`defaults.observe` is on, so that `latch-proxy --mode observe` records decisions and lets calls pass.",
      why: "It is for trying a policy out. Whoever can change the proxy's arguments can then turn the policy off.",
      wrong: "observe: true",
      right: "observe: false"),
  ]
}
