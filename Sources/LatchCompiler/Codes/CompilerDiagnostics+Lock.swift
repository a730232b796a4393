import LatchSource

extension CompilerDiagnostics {
  /// What the lock lacks or should not have.
  static let lock: [DiagnosticExplanation] = [
    DiagnosticExplanation(
      "L4001", "no lock", severity: .warning,
      what: "There is no latch.lock, which holds the tools of the upstreams.",
      why: "A policy is made for the tools that a person has seen: `latch sync` lists them, and the proxy denies any "
        + "other.",
      wrong: """
        upstreams:
          git:
            command: mcp-server-git
        """,
      right: "rules: []"),
    DiagnosticExplanation(
      "L4002", "upstream that the lock lacks", severity: .warning,
      what: "The lock does not have an enabled upstream.",
      why: "Its tools are not known, and the proxy denies what the lock does not have. `latch build` does not go on "
        + "without it.",
      wrong: """
        mail:
          command: mcp-server-mail
        """,
      right: """
        mail:
          command: mcp-server-mail
          enabled: false
        """),
    DiagnosticExplanation(
      "L4003", "lock that cannot be read",
      what: "latch.lock is not as Latch writes it.",
      why: "It was edited by hand, or two versions were merged; what the tools are cannot be said.",
      wrong: """
        "version": 2,
        """,
      right: """
        "version": 1,
        """),
    DiagnosticExplanation(
      "L4004", "lock edited by hand",
      what: "A tool's class in the lock, or the reason for it, is not what its definition gives, or the definition not "
        + "what its digest says.",
      why: "The lock says what a person has seen. To give a tool another class, say so in the policy, where a review "
        + "finds it.",
      wrong: """
        "class": "read",
        "reason": "`run` in the name",
        """,
      right: """
        "class": "execute",
        "reason": "`run` in the name",
        """),
    DiagnosticExplanation(
      "L4005", "upstream in the lock that the policy lacks", severity: .warning,
      what: "The lock has an upstream that no file of the policy defines.",
      why: "It does nothing, and hides what the lock is for; `latch sync` takes it out.",
      wrong: "name: demo",
      right: """
        name: demo

        upstreams: { old: { command: mcp-server-old } }
        """),
    DiagnosticExplanation(
      "L4006", "tool with a reserved name",
      what: "A server has a tool whose name begins with `@`.",
      why: "Such names stand for resources, prompts and completions; a server must not be able to pass for them.",
      wrong: """
        "name": "@read/all",
        """,
      right: """
        "name": "read_all",
        """),
    DiagnosticExplanation(
      "L4007", "schema of arguments that cannot be used",
      what: "A tool's locked `inputSchema` is not a JSON Schema that can be used.",
      why: "Arguments could not be held against it, and every call would be denied.",
      wrong: "command: mcp-server-files",
      right: """
        command: mcp-server-files
        tools: { read_file: { schema: ignore } }
        """),
    DiagnosticExplanation(
      "L4008", "argument that cannot be checked", severity: .warning,
      what: "A tool's locked `inputSchema` has a pattern for an argument that no automaton can be made of.",
      why: "The proxy cannot tell whether the argument is as the schema wants it, and denies every call that gives it.",
      wrong: "command: mcp-server-files",
      right: """
        command: mcp-server-files
        tools: { read_file: { schema: ignore } }
        """),
  ]
}
