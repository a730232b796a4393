import LatchSource

extension CompilerDiagnostics {
  /// Names that are used and that nothing has, or that two things have.
  static let names: [DiagnosticExplanation] = [
    DiagnosticExplanation(
      "L2001", "upstream defined twice",
      what: "Two files of the project define an upstream of the same name.",
      why: "No meaning depends on the order of files, so that neither definition can win.",
      wrong: """
        git:
          command: other-git
        """,
      right: """
        git-two:
          command: other-git
        """),
    DiagnosticExplanation(
      "L2002", "rule id used twice",
      what: "Two rules or guardrails of the project have the same id, or one has that of the built-in `latch-self`.",
      why: "Decisions, tests and records name rules by their id.",
      wrong: """
        - id: writes
          effect: allow
        """,
      right: """
        - id: more-writes
          effect: allow
        """),
    DiagnosticExplanation(
      "L2003", "list of values defined twice",
      what: "Two lists under `values:` of the project have the same name.",
      why: "No meaning depends on the order of files, so that neither list can win.",
      wrong: "branches: [develop]",
      right: "other-branches: [develop]"),
    DiagnosticExplanation(
      "L2101", "unknown tool",
      what: "A rule, a test or `tools:` names a tool that the upstream does not have in the lock.",
      why: "The rule would never speak, and the tool that was meant is decided by something else.",
      wrong: "tool: [read_fil, write_file]",
      right: "tool: [read_file, write_file]"),
    DiagnosticExplanation(
      "L2102", "unknown client",
      what: "A rule or test names a client that Latch does not know and `clients:` does not list.",
      why: "An allow for a client that never comes is never used; a client misspelled in a deny leaves the real one "
        + "free.",
      wrong: "client: curser",
      right: "client: cursor"),
    DiagnosticExplanation(
      "L2103", "unknown rule in a test",
      what: "A test expects a rule that the project does not have.",
      why: "The test could never hold.",
      wrong: "expect: { effect: deny, rule: write }",
      right: "expect: { effect: deny, rule: writes }"),
    DiagnosticExplanation(
      "L2104", "unknown upstream",
      what: "A rule or test names an upstream that the project does not define.",
      why: "The rule would never speak.",
      wrong: "upstream: gitt",
      right: "upstream: git"),
    DiagnosticExplanation(
      "L2105", "unknown list of values",
      what: "A matcher names a list with `$`, and no list under `values:` has that name.",
      why: "The matcher would compare with nothing. A literal `$` is written `$$`.",
      wrong: "when: { branch: $branchs }",
      right: "when: { branch: $branches }"),
    DiagnosticExplanation(
      "L2106", "value that the matcher cannot compare with",
      what: "A list of `values:` names another list, or holds a number or truth value where text is compared.",
      why: "The matcher could never hold for it.",
      wrong: "hosts: [example.com, 8080]",
      right: "hosts: [example.com, '8080.example.com']"),
    DiagnosticExplanation(
      "L2201", "include that matches no file",
      what: "A pattern of `include:` matches no file of the project.",
      why: "The rules that its author meant would be missing from the policy.",
      wrong: "include: [policy/*.yaml]",
      right: "include: [policies/*.yaml]"),
    DiagnosticExplanation(
      "L2202", "include that leads out of the project",
      what: "A pattern of `include:` is absolute, holds `.` or `..`, or leads through a symbolic link.",
      why: "A cloned project must not make Latch read what is not in it.",
      wrong: "include: [../shared.yaml]",
      right: "include: [shared.yaml]"),
    DiagnosticExplanation(
      "L2203", "include that is not a glob",
      what: "A pattern of `include:` cannot be read as a glob.",
      why: "Which files it names cannot be said.",
      wrong: "include: ['policies/[a.yaml']",
      right: "include: ['policies/a.yaml']"),
    DiagnosticExplanation(
      "L2204", "include of what may be no YAML",
      what: "A pattern of `include:` can name files that do not end in `.yaml` or `.yml`.",
      why: "What is found in a file is shown with its lines, and those of `.git/config` or `.env` are not for all.",
      wrong: "include: ['policies/*']",
      right: "include: ['policies/*.yaml']"),
    DiagnosticExplanation(
      "L2205", "include that cannot be read",
      what: "A directory that a pattern of `include:` leads into, or what it names there, cannot be looked at.",
      why: "A rule or guardrail may stand there, and the policy would be made without it.",
      wrong: "include: ['policies/**/*.yaml']",
      right: "include: ['policies/*.yaml']"),
  ]
}
