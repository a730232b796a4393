import LatchSource

extension CompilerDiagnostics {
  /// What the checks of conditions find, most of them by the locked schemas.
  static let conditions: [DiagnosticExplanation] = [
    DiagnosticExplanation(
      "L3102", "unknown argument",
      what:
        "A condition asks about an argument that no tool of its rule has, or that a tool which the rule names lacks. "
        + "What a schema takes and does not name is no argument, unless `defaults.extra_arguments` is `ignore`.",
      why: "It could never hold there: an allow would never allow, a deny never deny.",
      wrong: "when: { pth: { within: /srv } }",
      right: "when: { path: { within: /srv } }"),
    DiagnosticExplanation(
      "L3103", "matcher that can never hold",
      what:
        "A matcher asks for what the argument can never be, by the type or the list of values in the locked schema.",
      why: "The condition could never hold; where the matcher cannot read the argument, every call with it is refused.",
      wrong: "when: { mode: '420' }",
      right: "when: { mode: 420 }"),
    DiagnosticExplanation(
      "L3114", "condition that never holds", severity: .warning,
      what: "No value that the locked schemas take answers a matcher, or no value answers two that stand side by side.",
      why: "The condition never holds: an allow never allows, a deny never denies.",
      wrong: "when: { max_count: { above: 100 } }",
      right: "when: { max_count: { above: 50 } }"),
    DiagnosticExplanation(
      "L3115", "matcher that says nothing", severity: .warning,
      what: "A matcher holds for every call that the locked schemas take, or wherever another one beside it does.",
      why: "It only looks like a restriction.",
      wrong: "when: { path: { present: true, within: /srv } }",
      right: "when: { path: { within: /srv } }"),
    DiagnosticExplanation(
      "L3116", "path or URL compared as text", severity: .warning,
      what:
        "`glob`, `prefix`, `suffix`, `regex` or `contains` looks at an argument that names a path or URL, or a deny "
        + "compares a path with `equals`.",
      why: "A path or URL has many spellings, and the server understands them all. `within`, `path_glob`, `host`, "
        + "`scheme` and `url_path` read it and refuse what has two meanings.",
      wrong: "when: { path: { prefix: /srv/docs } }",
      right: "when: { path: { within: /srv/docs } }"),
    DiagnosticExplanation(
      "L3117", "allow of a program by the look of a text", severity: .warning,
      what: "An allow of a tool of class `execute` or above has no other condition than patterns of texts.",
      why:
        "What a command does cannot be told from its text: `git log` may run a pager, and `;` begins another command.",
      wrong: "when: { command: { prefix: 'git ' } }",
      right: "when: { command: [git status, git diff] }"),
    DiagnosticExplanation(
      "L3118", "deny that leaving out an argument escapes", severity: .warning,
      what:
        "A deny or guardrail asks about an argument that the locked schema does not require and gives no default for.",
      why: "A call without the argument is not denied, and what the server puts in its place may be what is denied.",
      wrong: "when: { branch: main }",
      right: "when: { any_of: [{ branch: main }, { branch: { present: false } }] }"),
  ]
}
