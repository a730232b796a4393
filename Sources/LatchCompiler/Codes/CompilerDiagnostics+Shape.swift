import LatchSource

extension CompilerDiagnostics {
  /// What the shape of a policy file can be wrong in.
  static let shape: [DiagnosticExplanation] = [
    DiagnosticExplanation(
      "L1001", "unknown key",
      what: "A map has a key that the language does not know there.",
      why:
        "A misspelled key would otherwise be passed over in silence, and with it the condition or the effect that it "
        + "was to give.",
      wrong: "efect: deny",
      right: "effect: deny"),
    DiagnosticExplanation(
      "L1002", "wrong type",
      what: "A value is text where a list is wanted, a number where text is wanted, and the like.",
      why: "Latch does not guess: a value of another type may mean something else than its author thinks.",
      wrong: "enabled: yes",
      right: "enabled: true"),
    DiagnosticExplanation(
      "L1003", "missing key",
      what: "A key that must be there is not: `version` in every file, `name` in latch.yaml, `id` and `effect` in a "
        + "rule.",
      why: "Without it nobody can say what is meant or name it in a message.",
      wrong: """
        - id: no-writes
          class: write
        """,
      right: """
        - id: no-writes
          effect: deny
          class: write
        """),
    DiagnosticExplanation(
      "L1004", "value that is not one of those possible",
      what: "A value must be one of a few words, and is another.",
      why: "An effect or a class that is not known cannot decide anything.",
      wrong: "effect: alow",
      right: "effect: allow"),
    DiagnosticExplanation(
      "L1005", "value in the wrong form",
      what: "A name, an id or a duration is not written as the language asks.",
      why: "Ids stand in messages, files and commands; one simple form keeps them safe and the same everywhere.",
      wrong: "id: No Writes!",
      right: "id: no-writes"),
    DiagnosticExplanation(
      "L1006", "number out of range",
      what: "A number is smaller or larger than the language allows.",
      why: "Bounds keep a policy from switching off the limits that protect the proxy.",
      wrong: "depth: 100000",
      right: "depth: 256"),
    DiagnosticExplanation(
      "L1007", "empty list, map or text",
      what: "A list, map or text that must hold something is empty.",
      why: "An empty condition would hold always and an empty list never; neither is what its author wanted to say.",
      wrong: "when: {}",
      right: "when: { branch: main }"),
    DiagnosticExplanation(
      "L1008", "key that stands in latch.yaml only",
      what: "An included file has a key that speaks for the whole project.",
      why: "Who reads latch.yaml sees what holds for all; no included file can change it from afar.",
      wrong: "defaults: { effect: allow }",
      right: "rules: []"),
    DiagnosticExplanation(
      "L1010", "key or matcher of a later version",
      what: "The language has it, this version of Latch does not act on it yet.",
      why: "To pass over it in silence would let through what its author meant to hold back.",
      wrong: "accept: { poisoned-description: it is an example }",
      right: "hidden: true"),
    DiagnosticExplanation(
      "L1011", "argument path that cannot be read",
      what: "A key of `when:` or `unless:` is not an argument path.",
      why: "A path is names with `.` between them and `[0]` for an element; a name with other characters is written as "
        + "a JSON string.",
      wrong: "when: { 'files[first]': a.txt }",
      right: "when: { 'files[0]': a.txt }"),
    DiagnosticExplanation(
      "L1012", "element listed twice",
      what: "A list that is a set has the same element twice.",
      why: "The second one says nothing; most often another name was meant.",
      wrong: "class: [write, write]",
      right: "class: [write, send]"),
    DiagnosticExplanation(
      "L1013", "matcher that does not go with `**`",
      what: "Under `**` stands a matcher that asks for more than the bytes of a string.",
      why: "`**` looks at every string of the arguments, names included; most are no paths, addresses or numbers.",
      wrong: "when: { '**': { within: /etc } }",
      right: "when: { '**': { prefix: /etc/ } }"),
  ]
}
