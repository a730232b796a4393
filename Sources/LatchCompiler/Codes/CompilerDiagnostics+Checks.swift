import LatchSource

extension CompilerDiagnostics {
  /// What the checks find.
  static let checks: [DiagnosticExplanation] = [
    DiagnosticExplanation(
      "L3001", "upstream without, or with two, ways to reach it",
      what: "An upstream has neither `command` nor `url`, or both.",
      why: "The proxy starts a program or connects to an address; which one must be plain.",
      wrong: "git: { description: history }",
      right: "git: { command: mcp-server-git }"),
    DiagnosticExplanation(
      "L3002", "key that does not go with the transport",
      what: "An upstream with a `command` has keys of one with a `url`, or the other way.",
      why: "The key would do nothing: a header that is never sent, a variable that is never set.",
      wrong: "headers: { Accept: text/plain }",
      right: "env: { ACCEPT: text/plain }"),
    DiagnosticExplanation(
      "L3003", "reference where none is resolved",
      what: "A reference stands in `command`, `url` or another place in which the proxy resolves none.",
      why: "What is started and where it is sent must be readable from the file.",
      wrong: "command: ${env:SERVER}",
      right: "command: mcp-server-git"),
    DiagnosticExplanation(
      "L3004", "reference that cannot be read",
      what: "A `${…}` is not one of the references of the language.",
      why: "The proxy would have to guess, or pass the text on as it is.",
      wrong: "TOKEN: ${evn:GIT_TOKEN}",
      right: "TOKEN: ${env:GIT_TOKEN}"),
    DiagnosticExplanation(
      "L3005", "`${project}` or `${home}` inside a path",
      what: "`${project}` or `${home}` stands elsewhere than at the beginning of a path.",
      why: "Both are absolute directories: after other text they make no path.",
      wrong: """
        args: ["--root=${project}"]
        """,
      right: """
        args: ["--root", "${project}"]
        """),
    DiagnosticExplanation(
      "L3006", "address that cannot be used",
      what: "A `url` is not `http(s)://host[:port]/…` in a form that every reader understands alike.",
      why: "Where calls go must be readable from the file, and the same to every program that reads it.",
      wrong: "url: mcp.example.com/api",
      right: "url: https://mcp.example.com/api"),
    DiagnosticExplanation(
      "L3007", "unencrypted address beyond this machine",
      what: "A `url` begins with `http://` and its host is not this machine.",
      why: "Whoever carries the traffic reads it, credentials included, and can change it.",
      wrong: "url: http://mcp.example.com/api",
      right: "url: https://mcp.example.com/api"),
    DiagnosticExplanation(
      "L3008", "credential in the policy",
      what: "A literal looks like a credential.",
      why: "A policy is kept in git and read by many. The proxy fills references in when it starts; their values stand "
        + "in no file.",
      wrong: "TOKEN: ghp_0123456789abcdefghijABCDEFGHIJ012345",
      right: "TOKEN: ${env:TOKEN}"),
    DiagnosticExplanation(
      "L3009", "value that cannot be passed on",
      what: "A variable, header or argument holds a character that cannot be passed on, or a header stands twice.",
      why: "A line break in a header begins another header.",
      wrong: #"""
        X-Team: "a\nb"
        """#,
      right: """
        X-Team: "a b"
        """),
    DiagnosticExplanation(
      "L3010", "reference in `args`",
      what: "A reference stands in `args`.",
      why: "Every user of the machine can read a program's arguments, and with them the credential.",
      wrong: """
        args: ["--token", "${env:GIT_TOKEN}"]
        """,
      right: """
        env: { TOKEN: "${env:GIT_TOKEN}" }
        """),
    DiagnosticExplanation(
      "L3011", "program without its whole path",
      what: "The program of a `{ command: […] }` value is not an absolute path.",
      why: "A program found by search may be another one tomorrow, and it is handed credentials.",
      wrong: "TOKEN: { command: [op, read, 'op://dev/git/token'] }",
      right: "TOKEN: { command: [/usr/bin/op, read, 'op://dev/git/token'] }"),
    DiagnosticExplanation(
      "L3105", "glob that matches no tool", severity: .warning,
      what: "A glob of tool names matches no tool of the upstreams that the rule reaches.",
      why: "The rule does not speak; perhaps a name was misspelled, or the server has changed.",
      wrong: "tool: raed_*",
      right: "tool: read_*"),
    DiagnosticExplanation(
      "L3106", "unconditional allow of what cannot be undone", severity: .warning,
      what: "A rule allows a tool of class `execute`, `submit` or `transfer_value` whatever its arguments are.",
      why: "An agent that was misled can do with it what it likes.",
      wrong: """
        effect: allow
        tool: run_command
        """,
      right: """
        effect: require_approval
        tool: run_command
        """),
    DiagnosticExplanation(
      "L3107", "deny of a class that an allow overrides", severity: .warning,
      what: "A rule denies a whole class, and a more specific rule allows one of its tools.",
      why: "The more specific rule decides. A guardrail of the same shape holds whatever rules say.",
      wrong: """
        - id: writes-in-docs
          effect: allow
          tool: write_file
        """,
      right: """
        - id: writes-in-docs
          effect: deny
          tool: write_file
        """),
    DiagnosticExplanation(
      "L3108", "pattern that cannot be read",
      what: "A glob, regular expression, path, host, range or bound is not one.",
      why: "What it matches cannot be said.",
      wrong: "when: { branch: { glob: 'docs/[a-' } }",
      right: "when: { branch: { glob: 'docs/[a-z]*' } }"),
    DiagnosticExplanation(
      "L3109", "pattern that needs too many states",
      what: "A pattern needs more states than `limits.automaton_states` allows.",
      why: "Patterns are compiled to tables before the proxy runs; the bound keeps them small.",
      wrong: "when: { branch: { glob: '*a???????' } }",
      right: "when: { branch: { glob: '*a' } }"),
    DiagnosticExplanation(
      "L3110", "`else: fallthrough` that does nothing", severity: .warning,
      what: "`else: fallthrough` stands on a rule that is no allow with a condition.",
      why: "It says what happens where the condition of an allow does not hold; here it says nothing.",
      wrong: """
        effect: deny
        else: fallthrough
        """,
      right: "effect: deny"),
    DiagnosticExplanation(
      "L3111", "rule that speaks of no tool", severity: .warning,
      what: "The upstreams, tools and classes that a rule names exist, but no tool is all of them at once.",
      why: "The rule never decides.",
      wrong: """
        tool: write_file
        class: read
        """,
      right: """
        tool: write_file
        class: write
        """),
    DiagnosticExplanation(
      "L3112", "tool that no rule mentions", severity: .warning,
      what: "`defaults.require_explicit` is on, and no rule or guardrail speaks of a tool.",
      why: "Only the defaults decide about it; nobody has thought about it in particular.",
      wrong: "class: [read, write]",
      right: "class: [read, write, execute]"),
    DiagnosticExplanation(
      "L3113", "limit that counts nothing",
      what: "A limit stands on a rule that denies, or a guardrail that denies would ask beyond its limit.",
      why:
        "A limit counts calls that go through. A guardrail with `effect: deny` and a limit lets calls through up to it.",
      wrong: "limit: { calls: 5, per: 1h, over: require_approval }",
      right: "limit: { calls: 5, per: 1h }"),
    DiagnosticExplanation(
      "L3119", "comment that suppresses nothing", severity: .warning,
      what:
        "A comment `# latch: …` is not of the form that suppresses a warning, gives no reason, or names a code that "
        + "is no warning, or not found on its line nor in the rule, element or entry that begins there.",
      why: "Who reads the comment believes that somebody has thought about the finding.",
      wrong: "# latch: allow L3106",
      right: "# latch: allow L3106 because it only lists programs"),
    DiagnosticExplanation(
      "L3201", "laxer class without a reason", severity: .warning,
      what: "The author gives a tool a class that wants less care than the inferred one, and does not say why.",
      why: "The reason is what a reviewer checks.",
      wrong: "run_command: { class: read }",
      right: "run_command: { class: read, because: It only lists programs. }"),
    DiagnosticExplanation(
      "L3302", "test that tests nothing",
      what: "A test has no `call`, or does not say what must come of it.",
      why: "It would pass whatever the policy says, and its author would rely on it.",
      wrong: """
        - name: commits are asked about
          call: { upstream: git, tool: git_commit }
        """,
      right: """
        - name: commits are asked about
          call: { upstream: git, tool: git_commit }
          expect: { effect: require_approval }
        """),
  ]
}
